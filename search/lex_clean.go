package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/search/analysis"
)

// source is a question made readable: valid UTF-8, without control
// characters, full-width forms of ASCII narrowed, with gershayim for quotation
// marks in Hebrew words.
type source struct {
	text string
	// at holds, for every byte of text and its end, the offset in the
	// question as typed. It is nil when text is the question itself.
	at []int
}

// offset returns the place in the question as typed of byte i of the text.
func (s *source) offset(i int) int {
	if s.at == nil {
		return i
	}
	return s.at[i]
}

// newSource cleans a question, and returns the offset of the first byte that
// is not UTF-8, or -1.
func newSource(typed string) (source, int) {
	if isClean(typed) {
		return source{text: typed}, -1
	}
	invalid := -1
	text := make([]byte, 0, len(typed))
	at := make([]int, 0, len(typed)+1)
	for i := 0; i < len(typed); {
		r, n := utf8.DecodeRuneInString(typed[i:])
		if r == utf8.RuneError && n == 1 && invalid < 0 {
			invalid = i
		}
		switch r = cleaned(r); {
		case isGershayim(typed, i, r, n):
			r = gershayim
		case isSpace(r) && breaksWord(typed, i):
			r = -1
		}
		if r >= 0 {
			text = utf8.AppendRune(text, r)
			for len(at) < len(text) {
				at = append(at, i)
			}
		}
		i += n
	}
	at = append(at, len(typed))
	return source{text: string(text), at: at}, invalid
}

// isClean reports whether cleaning a question changes nothing.
func isClean(typed string) bool {
	for i := 0; i < len(typed); {
		if b := typed[i]; b < utf8.RuneSelf && b != '"' {
			if b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7F || b == '\n' && breaksWord(typed, i) {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(typed[i:])
		if cleaned(r) != r || isGershayim(typed, i, r, n) {
			return false
		}
		i += n
	}
	return true
}

// longestBreak is how many bytes of white space a line ends and begins with, at
// most, where a word goes on over its end.
const longestBreak = 8

// breaksWord reports whether the white space at byte i is the end of a line at
// which a word was hyphenated, as in text pasted from a PDF: "part-\nnership". The
// hyphen stays: words with one are found with it and without.
func breaksWord(text string, i int) bool {
	const spaces = " \t\r\n"
	from, to := i, i
	for from > 0 && i-from < longestBreak && strings.IndexByte(spaces, text[from-1]) >= 0 {
		from--
	}
	for to < len(text) && to-i < longestBreak && strings.IndexByte(spaces, text[to]) >= 0 {
		to++
	}
	return strings.Contains(text[from:to], "\n") && hyphenated(text[:from], text[to:])
}

// hyphenated reports whether a hyphen after a letter ends one text, and a lower
// case letter begins the other.
func hyphenated(before, after string) bool {
	stem, ok := strings.CutSuffix(before, "-")
	if !ok {
		stem, ok = strings.CutSuffix(before, "\u2010")
	}
	last, _ := utf8.DecodeLastRuneInString(stem)
	first, _ := utf8.DecodeRuneInString(after)
	return ok && unicode.IsLetter(last) && unicode.IsLower(first)
}

// gershayim is the sign before the last letter of Hebrew abbreviations, for
// which most keyboards have but a quotation mark.
const gershayim = '\u05F4'

// isGershayim reports whether the n bytes of r at byte i of a text are a
// quotation mark between two Hebrew letters.
func isGershayim(text string, i int, r rune, n int) bool {
	if quoteFamily(r) != doubleQuote {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(text[:i])
	right, _ := utf8.DecodeRuneInString(text[i+n:])
	return isHebrew(left) && isHebrew(right)
}

func isHebrew(r rune) bool { return r >= 0x05D0 && r <= 0x05EA }

// cleaned returns the character that is read in the place of r, or -1 for
// none: control characters, replacement characters, long dashes and the
// commas and full stops of Chinese and Japanese separate words; full-width
// forms stand for ASCII; marks of writing direction, soft hyphens and byte
// order marks are invisible and stand for nothing.
func cleaned(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return r
	case r < ' ' || r >= 0x7F && r <= 0x9F:
		return ' '
	case r < 0x7F:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	}
	switch r {
	case utf8.RuneError, '\u3000', '\u200B', '\u2014', '\u2015', '\u3001', '\u3002', '\uFF64', '\uFF61':
		return ' '
	case '\u2212', '\uFE63': // minus signs
		return '-'
	case '\u00AD', '\u200E', '\u200F', '\u061C', '\uFEFF':
		return -1
	}
	if r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 {
		return -1
	}
	return r
}

// isWordy reports whether the text holds anything that is in an index: a
// letter, a digit, an ideograph or an emoji.
func isWordy(text string) bool {
	ascii := true
	for i := range len(text) {
		if isASCIILetter(text[i]) || isDigit(rune(text[i])) {
			return true
		}
		ascii = ascii && text[i] < utf8.RuneSelf
	}
	if ascii {
		return false
	}
	var s analysis.Scanner
	s.Reset(text)
	return s.Next(&analysis.Token{})
}

// letters counts the letters and digits of a text.
func letters(text string) int {
	n := 0
	for _, r := range text {
		if isLetter(r) {
			n++
		}
	}
	return n
}

// isLetter reports whether r is a letter or a digit of any script.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || isDigit(r)
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// The families of quotation marks: a phrase ends at the next mark of the
// family that it began with.
const (
	noQuote = iota
	doubleQuote
	angleQuote
	cornerQuote
	whiteCornerQuote
	quoteFamilies
)

// quoteFamily returns the family of a quotation mark.
func quoteFamily(r rune) int {
	switch r {
	case '"', '“', '”', '„', '‟':
		return doubleQuote
	case '«', '»':
		return angleQuote
	case '「', '」':
		return cornerQuote
	case '『', '』':
		return whiteCornerQuote
	}
	return noQuote
}

// leads reports whether r before a word is no part of it.
func leads(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', '…', '\'', '’', '‘', '‚', '‹', '›', '[', ']', '{', '}', '<', '>', '¿', '¡', '+', '•', '·', '*', '~', '`', '_':
		return true
	}
	return false
}

// trails reports whether r after a word is no part of it.
func trails(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', '…', '\'', '’', '‘', '‚', '‹', '›', '[', ']', '{', '}', '<', '>', '•', '·', '-', '–', '/', '\\', '=', '|', '`', '_':
		return true
	}
	return false
}
