package corpus

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// number is a number in a text, in digits or in words, with the word of
// magnitude that follows it.
type number struct {
	value      decimal.Decimal
	start, end int
	scaled     bool // a word of magnitude belongs to it
	spelled    bool // in words
}

// maxDigits bounds the digits of a number. Longer ones are codes.
const maxDigits = 18

// nextNumber returns where the next number in digits or words may begin at or
// after at, or -1. Numbers begin at the start of a word.
func nextNumber(text string, at int) int {
	for ; at < len(text); at++ {
		c := text[at]
		if isDigit(c) {
			return at
		}
		if !isLetter(c) || at > 0 && isWordByte(text[at-1]) {
			continue
		}
		if _, _, ok := smallNumber(text[at:]); ok {
			return at
		}
	}
	return -1
}

// numberAt reads the number that begins at byte at. With money set, "m", "bn"
// and "k" are words of magnitude too. When it is no number, or one that
// cannot be read with certainty, it still returns where its digits end.
func numberAt(text string, at int, money bool) (number, bool) {
	n := number{start: at, end: at}
	comma := false
	if isDigit(text[at]) {
		var ok bool
		n.value, n.end, comma, ok = digitsAt(text, at)
		if !ok || at > 0 && !numberMayFollow(text[:at]) {
			return n, false
		}
	} else {
		v, size, ok := spelledNumber(text[at:])
		if !ok {
			return n, false
		}
		n.value, n.end, n.spelled = decimal.NewFromInt(v), at+size, true
	}
	exp, end := magnitudeAt(text, n.end, money)
	if end == 0 {
		exp, end = addedMagnitude(text, n.end)
	}
	if end > 0 {
		n.value, n.end, n.scaled = n.value.Shift(exp), end, true
	}
	if strings.HasPrefix(text[n.end:], "-,") { // "14-, 15,000"
		return n, false
	}
	if comma && !n.scaled { // "1,4" without a magnitude may be two numbers
		return n, false
	}
	if n.end < len(text) && isWordByte(text[n.end]) && !n.scaled && !glued(text[n.end:]) {
		return n, false // "5th", "22nd", "3D"
	}
	return n, true
}

// numberMayFollow reports whether a number in digits can begin after the
// text: not inside a word, a code ("A-10") or a longer number.
func numberMayFollow(before string) bool {
	r, size := utf8.DecodeLastRuneInString(before)
	rest := before[:len(before)-size]
	switch {
	case r < utf8.RuneSelf && isWordByte(byte(r)):
		return codeEnds(before)
	case r == '.' || r == ',' || r == '/' || r == ':' || r == '#' || r == '\'':
		return false
	case isDash(r):
		return rest == "" || !isWordByte(rest[len(rest)-1])
	}
	return true
}

// codeEnds reports whether the text ends in a currency code standing alone,
// which may be glued to its number: "EUR20".
func codeEnds(before string) bool {
	if len(before) < 3 || len(before) > 3 && isWordByte(before[len(before)-4]) {
		return false
	}
	return majorCurrencies[before[len(before)-3:]]
}

// glued reports whether the text begins with a currency that may be written
// without a space after a number: "20EUR", "20euro".
func glued(text string) bool {
	for _, w := range []string{"euro", "yen", "dollars"} {
		if hasPrefixFold(text, w) {
			return true
		}
	}
	return len(text) >= 3 && majorCurrencies[text[:3]] && (len(text) == 3 || !isWordByte(text[3]))
}

// digitsAt reads digits with their separators: "1,100", "2.49", "1.234.567".
// It reports a decimal comma, and false when the form is ambiguous ("1.400",
// "1,23,4") or too long for a number.
func digitsAt(text string, at int) (value decimal.Decimal, end int, comma, ok bool) {
	var groups []string
	var seps []rune
	end = at
	for {
		start := end
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		groups = append(groups, text[start:end])
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isSeparator(r) || end+size >= len(text) || !isDigit(text[end+size]) || len(groups) > maxDigits {
			break
		}
		seps = append(seps, r)
		end += size
	}
	digits := strings.Join(groups, "")
	if len(digits) > maxDigits {
		return value, end, false, false
	}
	fraction, comma, ok := fractionDigits(groups, seps)
	if !ok {
		return value, end, false, false
	}
	value, err := decimal.NewFromString(digits)
	return value.Shift(-int32(fraction)), end, comma, err == nil
}

// fractionDigits tells from groups of digits and the separators between them
// how many of the last digits are a fraction.
func fractionDigits(groups []string, seps []rune) (n int, comma, ok bool) {
	last := len(groups) - 1
	if last == 0 {
		return 0, false, true
	}
	threes := func(groups []string) bool {
		for _, g := range groups {
			if len(g) != 3 {
				return false
			}
		}
		return true
	}
	same := func(seps []rune) bool {
		for _, s := range seps {
			if s != seps[0] {
				return false
			}
		}
		return true
	}
	whole := len(groups[0]) <= 3
	switch {
	case same(seps) && seps[0] == '.':
		if last == 1 { // "1.400" is 1400 in half of Europe
			return len(groups[1]), false, len(groups[1]) != 3 || groups[0] == "0"
		}
		return 0, false, whole && threes(groups[1:])
	case same(seps) && seps[0] == ',' && last == 1 && len(groups[1]) < 3:
		return len(groups[1]), true, true
	case same(seps):
		return 0, false, whole && threes(groups[1:])
	case same(seps[:last-1]) && (seps[last-1] == '.' || seps[last-1] == ',' && seps[0] == '.'):
		return len(groups[last]), false, whole && threes(groups[1:last])
	}
	return 0, false, false
}

var smallNumbers = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// longestSmallNumber is the length of "seventeen", the longest name in
// smallNumbers.
const longestSmallNumber = 9

// smallNumber reads one word that is a number from one to ninety.
func smallNumber(text string) (value int64, size int, ok bool) {
	var word [longestSmallNumber]byte
	for size < len(text) && isLetter(text[size]) {
		if size == len(word) {
			return 0, 0, false
		}
		word[size] = text[size] | 0x20
		size++
	}
	if size < len(text) && isWordByte(text[size]) {
		return 0, 0, false
	}
	value, ok = smallNumbers[string(word[:size])]
	return value, size, ok
}

// spelledNumber reads a number in words below one hundred, "twenty" or
// "twenty-five".
func spelledNumber(text string) (value int64, size int, ok bool) {
	value, size, ok = smallNumber(text)
	if !ok || value < 20 || size >= len(text) || text[size] != '-' {
		return value, size, ok
	}
	if ones, more, ok := smallNumber(text[size+1:]); ok && ones < 10 {
		return value + ones, size + 1 + more, true
	}
	return value, size, true
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isWordByte reports whether a byte is a part of a word in ASCII, or of any
// letter beyond ASCII.
func isWordByte(c byte) bool { return isDigit(c) || isLetter(c) || c == '_' }

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

// isSeparator reports whether r can stand between the digits of a number.
func isSeparator(r rune) bool {
	return r == ',' || r == '.' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

func isDash(r rune) bool { return r == '-' || '\u2010' <= r && r <= '\u2015' || r == '\u2212' }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
