package analysis

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns text in lower case, without accents and in compatibility form,
// everything else unchanged: what Scanner does to a word.
func Fold(text string) string {
	return string(appendFolded(make([]byte, 0, len(text)), text, true))
}

// appendFolded appends the folded form of a text. With keep, characters that
// belong to no word are kept.
func appendFolded(buf []byte, text string, keep bool) []byte {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			buf = append(buf, byte(r))
		default:
			n := len(buf)
			buf = appendRune(buf, r)
			if keep && len(buf) == n && classOf(r) == classOther {
				buf = utf8.AppendRune(buf, r)
			}
		}
	}
	return buf
}

// appendRune appends the folded form of a character beyond ASCII: nothing for
// an accent or a character that belongs to no word.
func appendRune(buf []byte, r rune) []byte {
	switch {
	case r >= 0x300 && r <= 0x36f:
		return combine(buf, r)
	case isDiacritic(r) || classOf(r) == classIgnored:
		return buf
	}
	r = unicode.ToLower(r)
	if s, ok := special[r]; ok {
		return append(buf, s...)
	}
	switch {
	case r < utf8.RuneSelf:
		return append(buf, byte(r))
	case unicode.Is(unicode.Cyrillic, r) || isIdeograph(r):
		return utf8.AppendRune(buf, r)
	case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
		if isEmoji(r) {
			return utf8.AppendRune(buf, r)
		}
		return buf
	}
	var char [utf8.UTFMax]byte
	n := utf8.EncodeRune(char[:], r)
	decomposed := norm.NFKD.Properties(char[:n]).Decomposition()
	if decomposed == nil {
		return utf8.AppendRune(buf, r)
	}
	for len(decomposed) > 0 {
		d, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		if d >= 0x300 && d <= 0x36f || isDiacritic(d) {
			continue
		}
		d = unicode.ToLower(d)
		if s, ok := special[d]; ok {
			buf = append(buf, s...)
		} else if unicode.IsLetter(d) || unicode.IsNumber(d) || unicode.IsMark(d) {
			buf = utf8.AppendRune(buf, d)
		}
	}
	return buf
}

// combine applies a combining mark to the letter before it. Marks are accents
// and vanish, except where they make another letter of the Cyrillic alphabet.
func combine(buf []byte, mark rune) []byte {
	switch {
	case mark == 0x306 && bytes.HasSuffix(buf, []byte("и")):
		return append(buf[:len(buf)-2], "й"...)
	case mark == 0x308 && bytes.HasSuffix(buf, []byte("і")):
		return append(buf[:len(buf)-2], "ї"...)
	}
	return buf
}

// isDiacritic reports the optional vowel signs of Arabic and Hebrew.
func isDiacritic(r rune) bool {
	return r >= 0x64b && r <= 0x65f || r == 0x670 || r >= 0x591 && r <= 0x5c7 && unicode.IsMark(r)
}

// special lists lower case letters whose plain form is no decomposition.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l",
	'þ': "th", 'ħ': "h", 'ŋ': "n", 'ı': "i", 'ŧ': "t", 'ς': "σ", 'ё': "е", 'ѐ': "е", 'ѝ': "и",
}
