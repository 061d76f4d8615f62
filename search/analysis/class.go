package analysis

import "unicode"

// class is what a character means to the scanner.
type class uint8

const (
	classOther     class = iota // separates words
	classWord                   // letter, digit or mark of a word
	classIdeograph              // written without spaces: Han, kana, Hangul, Thai
	classEmoji
	classIgnored // stands inside a word and is not part of it
)

var asciiClass = func() (t [128]class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = classWord
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = classWord, classWord
	}
	return t
}()

// What a byte is to plain words. Bytes beyond ASCII are nothing.
const (
	roleLetter = 1 << iota
	roleApart  // stands between words
	roleEnd    // ends the word before it, whatever follows
)

var asciiRole = func() (t [256]uint8) {
	for c, class := range asciiClass {
		switch {
		case class != classWord:
			t[c] = roleApart
			if !isHyphen(rune(c)) && !isApostrophe(rune(c)) && c != '&' && c != '+' && c != '#' {
				t[c] |= roleEnd
			}
		case c > '9':
			t[c] = roleLetter
		}
	}
	return t
}()

// classOf returns the class of any rune.
func classOf(r rune) class {
	if r < 128 {
		return asciiClass[r]
	}
	switch {
	case r == 0xad || r == 0x200c || r == 0x200d || r == 0x2060 || r == 0xfeff || r == 0x0640:
		return classIgnored // soft hyphen, joiners, byte order mark, tatweel
	case r >= 0xfe00 && r <= 0xfe0f:
		return classIgnored // variation selectors
	case r < 0x2e80 && isEmoji(r):
		return classEmoji
	case r >= 0xe00 && isIdeograph(r):
		return classIdeograph
	case isEmoji(r):
		return classEmoji
	}
	if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
		return classWord
	}
	return classOther
}

// isIdeograph reports characters of scripts that are written without spaces
// between words or, as Hangul, with endings that vary.
func isIdeograph(r rune) bool {
	switch {
	case r >= 0x3041 && r <= 0x30ff: // kana, with the prolonged sound mark
		return r != 0x30fb // middle dot
	case r >= 0xe01 && r <= 0xe4e, r >= 0xe81 && r <= 0xecd: // Thai and Lao, without digits
		return true
	case r >= 0x1000 && r <= 0x103f, r >= 0x1780 && r <= 0x17d3: // Burmese and Khmer, without digits
		return true
	case r >= 0x31f0 && r <= 0x31ff, r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff:
		return true
	case r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff:
		return true
	case r == 0x3005 || r == 0x3007: // iteration mark, zero
		return true
	case r >= 0x20000 && r <= 0x3134f:
		return true
	}
	return false
}

// isEmoji reports pictographs. Signs such as © and → are separators.
func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf
}

// isApostrophe reports the characters that people type for an apostrophe.
func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == 'ʼ' || r == '＇'
}

// isHyphen reports hyphens that join the parts of a word. Dashes do not.
func isHyphen(r rune) bool {
	return r == '-' || r == '‐' || r == '‑' || r == '－'
}
