package extract

import (
	"html"
	"strings"
)

// The limits of Markdown that is parsed as such.
const (
	maxNesting    = 64      // block quotes and lists in each other
	maxDelimiters = 20_000  // brackets and stars in one paragraph
	maxParagraph  = 1 << 20 // bytes of one paragraph
)

// tooTangled reports whether a text has what takes a parser of Markdown more
// than linear time: blocks in blocks without end, or a paragraph with more
// brackets, stars and back quotes than a person writes.
func tooTangled(source string) bool {
	delimiters, length := 0, 0
	for line := range strings.Lines(source) {
		if nesting(line) > maxNesting {
			return true
		}
		if strings.TrimSpace(line) == "" {
			delimiters, length = 0, 0
			continue
		}
		length += len(line)
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '[', ']', '*', '_', '`', '~', '<', '(', '!':
				delimiters++
			}
		}
		if delimiters > maxDelimiters || length > maxParagraph {
			return true
		}
	}
	return false
}

// nesting counts the marks of block quotes and list items, and the
// indentation in list items, at the beginning of a line.
func nesting(line string) int {
	n, blanks := 0, 0
	for _, c := range line {
		switch c {
		case '>', '-', '+', '*', '.', ')':
			n++
		case ' ':
			blanks++
		case '\t':
			blanks += 4
		default:
			if c < '0' || c > '9' {
				return n
			}
		}
	}
	if strings.Trim(line, "-*+. \t\r\n") == "" {
		return 0 // a rule, or an empty item
	}
	return n
}

// unescapeMarkdown replaces backslash escapes and character references.
func unescapeMarkdown(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '\\' && i+1 < len(s) && isPunctuation(s[i+1]) {
				i++
				if s[i] == '&' { // an escaped reference is none
					b.WriteString("&amp;")
					continue
				}
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s
}

func isPunctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}
