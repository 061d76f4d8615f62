package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a run of letters and digits of a text. Letters with dots between
// them, as in U.A.E., are one word.
type word struct {
	start, end int // bytes of the text
	from, to   int // bytes of the folded form in wordList.folded
	// apart reports that a sentence or a paragraph may end before the word, so
	// that no name goes on across the gap.
	apart bool
}

// wordList is a text cut into words. It is reused from chunk to chunk.
type wordList struct {
	text   string
	words  []word
	folded []byte
	before int // words of the text before this part of it
}

// fold returns the folded form of word i: lower case, without accents.
func (l *wordList) fold(i int) []byte { return l.folded[l.words[i].from:l.words[i].to] }

// span returns the text from word i up to and with word j.
func (l *wordList) span(i, j int) string { return l.text[l.words[i].start:l.words[j].end] }

// spaced reports whether nothing but white space is before word i.
func (l *wordList) spaced(i int) bool {
	return strings.TrimSpace(l.text[l.words[i-1].end:l.words[i].start]) == ""
}

// read cuts a text into words.
func (l *wordList) read(text string) {
	l.text, l.words, l.folded = text, l.words[:0], l.folded[:0]
	last, dotted := 0, false
	for at := 0; at < len(text); {
		r, size := decode(text, at)
		if !inWord(r) {
			at += size
			continue
		}
		w := word{start: at, from: len(l.folded)}
		w.apart = len(l.words) > 0 && apart(text[last:at], dotted)
		dotted = false
		letters := 0
		for at < len(text) {
			if c := text[at]; plainByte[c] != 0 {
				l.folded = append(l.folded, plainByte[c])
				letters++
				at++
				continue
			}
			r, size = decode(text, at)
			if inWord(r) {
				l.folded = appendPlain(l.folded, r)
				letters++
			} else if next, _ := decode(text, at+1); r == '.' && letters == 1 && unicode.IsUpper(next) && !letterAfter(text, at+1) {
				dotted, letters = true, 0 // U.A.E.
			} else {
				break
			}
			at += size
		}
		w.end, w.to = at, len(l.folded)
		if w.to > w.from {
			l.words = append(l.words, w)
			last = at
		}
	}
}

// letterAfter reports that the character at a place is followed by a letter.
func letterAfter(text string, at int) bool {
	_, size := decode(text, at)
	next, _ := decode(text, at+size)
	return inWord(next)
}

// decode returns the character at a place, 0 beyond the end.
func decode(text string, at int) (rune, int) {
	if at >= len(text) {
		return 0, 1
	}
	if c := text[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[at:])
}

// plainByte is the lower case form of each ASCII letter and digit, 0 for any
// other byte.
var plainByte = func() (table [256]byte) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			table[c] = byte(c) + 'a' - 'A'
		}
	}
	return table
}()

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return plainByte[byte(r)] != 0
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// apart reports whether the text between two words may end a sentence or a
// paragraph. A dot after an abbreviation does not.
func apart(gap string, dotted bool) bool {
	if len(gap) == 1 {
		return !strings.Contains(" -'’&/,\t\r\n", gap) && gap != "."
	}
	if dotted && strings.HasPrefix(gap, ".") {
		gap = gap[1:]
	}
	return strings.ContainsAny(gap, ".!?;:()[]{}\"“”|•") || blankLine(gap)
}

// blankLine reports whether two line ends have nothing but white space between
// them.
func blankLine(gap string) bool {
	ended := false
	for _, r := range gap {
		switch {
		case r == '\n' && ended:
			return true
		case r == '\n':
			ended = true
		case !unicode.IsSpace(r):
			ended = false
		}
	}
	return false
}

// appendPlain appends the lower case form of a character without its accents.
func appendPlain(buf []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(buf, plainByte[byte(r)])
	}
	if unicode.Is(unicode.Mn, r) && r < 0x370 {
		return buf
	}
	r = unicode.ToLower(r)
	if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Greek, r) {
		return utf8.AppendRune(buf, r)
	}
	var char [utf8.UTFMax]byte
	n := utf8.EncodeRune(char[:], r)
	if d := norm.NFD.Properties(char[:n]).Decomposition(); d != nil {
		for len(d) > 0 {
			part, size := utf8.DecodeRune(d)
			if !unicode.Is(unicode.Mn, part) {
				buf = utf8.AppendRune(buf, part)
			}
			d = d[size:]
		}
		return buf
	}
	return utf8.AppendRune(buf, r)
}

// splitWords returns the folded words of a short text.
func splitWords(text string) []string {
	var l wordList
	l.read(text)
	folded := make([]string, len(l.words))
	for i := range l.words {
		folded[i] = string(l.fold(i))
	}
	return folded
}

// foldName returns what two ways to write a name have in common: its folded
// words with one space between them.
func foldName(name string) string { return strings.Join(splitWords(name), " ") }
