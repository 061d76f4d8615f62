package corpus

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// foldedText is a text whose quotation marks, dashes and white space have one
// form each, with the way back to the original.
type foldedText struct {
	text string
	// marks are the places where the distance between folded and original
	// offsets changes, in order.
	marks []foldMark
}

// foldMark says that the folded byte at and those after it stand in the
// original at their own offset plus shift.
type foldMark struct{ at, shift int }

// fold returns the text with every run of white space as one space, curly and
// angled quotation marks straight, all dashes as hyphens, an ellipsis as three
// points, and without soft hyphens and other invisible characters. Letters,
// case and digits stay: folding them would hide a changed sum.
func fold(text string) string {
	if !needsFolding(text) {
		return text
	}
	return foldText(text).text
}

// needsFolding reports whether fold would change anything.
func needsFolding(text string) bool {
	space := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return true
		}
		space = c == ' '
	}
	return false
}

// foldText folds a text and keeps the way back.
func foldText(text string) foldedText {
	var b strings.Builder
	b.Grow(len(text))
	var f foldedText
	shift, space := 0, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		kept := foldRune(r, text[i:i+size])
		if kept == " " && space {
			kept = ""
		}
		if kept != "" {
			if s := i - b.Len(); s != shift || len(f.marks) == 0 {
				shift = s
				f.marks = append(f.marks, foldMark{b.Len(), s})
			}
			space = kept == " "
			b.WriteString(kept)
		}
		i += size
	}
	f.text = b.String()
	return f
}

// foldRune returns the form of one character, given with its bytes.
func foldRune(r rune, bytes string) string {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000':
		return " "
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return ""
	case '‘', '’', '‚', '‛', '′', '‹', '›', '`', '´':
		return "'"
	case '“', '”', '„', '‟', '″', '«', '»':
		return `"`
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return "-"
	case '…':
		return "..."
	}
	if '\u2000' <= r && r <= '\u200a' {
		return " "
	}
	return bytes
}

// original returns the offset in the original of the folded byte at.
func (f *foldedText) original(at int) int {
	i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].at > at }) - 1
	if i < 0 {
		return at
	}
	return at + f.marks[i].shift
}

// span returns the bytes of the original text that the folded bytes from
// start to end, at least one, came from.
func (f *foldedText) span(original string, start, end int) (from, to int) {
	from, last := f.original(start), f.original(end-1)
	for from > 0 && !utf8.RuneStart(original[from]) {
		from-- // a point of an ellipsis stands for all of it
	}
	for last > from && !utf8.RuneStart(original[last]) {
		last--
	}
	_, size := utf8.DecodeRuneInString(original[last:])
	return from, last + size
}
