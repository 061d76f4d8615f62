package extract

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// CommonMark takes stars as emphasis only when no blank stands between them
// and the words, and when no punctuation stands between them and a letter. In
// "**IBM: **announced", "** Note:** that" and "**Note:**that" they are left as
// they stand, though people who write so in an editor see bold words, and mean
// them.

// meantStars returns where in the source two or three stars stand that mean
// emphasis though CommonMark leaves them: those of one block, taken in pairs.
// The odd one, those that are escaped, and pairs that stand between blanks, as
// operators do, stay text.
func meantStars(root ast.Node, source []byte) map[int]bool {
	meant := map[int]bool{}
	var block []stars
	pair := func() {
		for ; len(block) >= 2; block = block[2:] {
			if a, b := block[0], block[1]; !a.apart || !b.apart || isBlank(source[a.end:b.start]) {
				meant[a.start], meant[b.start] = true, true
			}
		}
		block = block[:0]
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // which never fails
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering && !n.IsRaw() {
				block = leftStars(block, source, n.Segment.Start, n.Segment.Stop)
			}
		default:
			if n.Type() == ast.TypeBlock {
				pair()
			}
		}
		return ast.WalkContinue, nil
	})
	return meant
}

// stars are two or three stars in the source.
type stars struct {
	start, end int
	apart      bool // they stand between blanks
}

// leftStars appends the stars in source[start:stop], a text, that are not
// escaped.
func leftStars(list []stars, source []byte, start, stop int) []stars {
	for i := start; i < stop; i++ {
		switch source[i] {
		case '\\':
			i++
		case '*':
			end := i + starsAt(source[i:stop])
			if n := end - i; n == 2 || n == 3 {
				list = append(list, stars{i, end, blankBefore(source, i) && blankAfter(source, end)})
			}
			i = end - 1
		}
	}
	return list
}

func isBlank(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

// starsAt counts the stars at the beginning of a text.
func starsAt[T string | []byte](text T) int {
	n := 0
	for n < len(text) && text[n] == '*' {
		n++
	}
	return n
}

func blankBefore(source []byte, at int) bool {
	r, size := utf8.DecodeLastRune(source[:at])
	return size == 0 || unicode.IsSpace(r)
}

func blankAfter(source []byte, at int) bool {
	r, size := utf8.DecodeRune(source[at:])
	return size == 0 || unicode.IsSpace(r)
}
