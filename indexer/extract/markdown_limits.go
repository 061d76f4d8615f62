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

// nesting counts the marks of block quotes and list items at the beginning of a
// line. A rule, an underline of a heading or of columns has none.
func nesting(line string) int {
	line = strings.TrimRight(line, " \t\r\n")
	if line == "" || strings.Trim(line, line[:1]+" \t") == "" && line[0] != '>' {
		return 0
	}
	n := 0
	for i := range len(line) {
		switch c := line[i]; {
		case c == '>':
			n++
		case c == '-' || c == '+' || c == '*' || c == '.' || c == ')':
			if i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' {
				n++
			}
		case c != ' ' && c != '\t' && (c < '0' || c > '9'):
			return n
		}
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
