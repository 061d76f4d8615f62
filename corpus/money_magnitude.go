package corpus

import (
	"strings"
	"unicode/utf8"
)

// magnitudes are the words that multiply a number by a power of ten. The
// short ones are only read beside a currency.
var magnitudes = []struct {
	word  string
	exp   int32
	money bool
}{
	{"hundred", 2, false}, {"thousand", 3, false}, {"million", 6, false}, {"millions", 6, false},
	{"billion", 9, false}, {"billions", 9, false}, {"trillion", 12, false}, {"trillions", 12, false},
	{"mln", 6, true}, {"mn", 6, true}, {"bln", 9, true}, {"bn", 9, true}, {"tn", 12, true},
	{"m", 6, true}, {"b", 9, true}, {"k", 3, true}, {"t", 12, true},
}

// maxGap is how many bytes of white space may stand between a number and the
// words that belong to it: a space at the end of a line and its break.
const maxGap = 4

// magnitudeAt reads a word of magnitude that follows a number at byte at,
// after white space or a hyphen. It returns its exponent and end, or 0, 0.
func magnitudeAt(text string, at int, money bool) (int32, int) {
	size := 0
	r, n := utf8.DecodeRuneInString(text[at:])
	if r == '-' {
		size = n
	}
	for next := r; isSpace(next) && size < maxGap; next, n = utf8.DecodeRuneInString(text[at+size:]) {
		size += n
	}
	space, rest := size > 0, text[at+size:]
	for _, m := range magnitudes {
		if m.money && (!money || r == '-') || !hasPrefixFold(rest, m.word) {
			continue
		}
		if len(m.word) == 1 && space { // "$5 m" is too little to go by
			continue
		}
		after := rest[len(m.word):]
		if after != "" && isWordByte(after[0]) && (m.money || !glued(after)) {
			continue
		}
		return m.exp, at + size + len(m.word)
	}
	return 0, 0
}

// addedMagnitude does what magnitudeAt does for a word that an editor has
// added: "$3 [billion]".
func addedMagnitude(text string, at int) (int32, int) {
	rest, ok := strings.CutPrefix(text[at:], " [")
	if !ok {
		return 0, 0
	}
	for _, m := range magnitudes {
		if !m.money && hasPrefixFold(rest, m.word+"]") {
			return m.exp, at + len(" [") + len(m.word) + len("]")
		}
	}
	return 0, 0
}
