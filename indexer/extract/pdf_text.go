package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfLines returns the lines of a page from the characters that the library
// gives: it marks a hyphen that parts a word at the end of a line with U+0002
// or U+FFFE.
func pdfLines(text string) []string {
	text = ligatures.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.NewReplacer("\uFFFE", "\x02", "\u00AD\n", "\x02\n").Replace(text)
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x02")
		b.WriteString(before)
		if !found {
			break
		}
		text = strings.TrimLeft(after, " \n")
		if !joins(text) {
			b.WriteByte('-') // the hyphen of a name or a number
		}
	}
	return strings.Split(b.String(), "\n")
}

// joins reports whether what follows a hyphen at the end of a line is the
// rest of a word.
func joins(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(r)
}

var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")
