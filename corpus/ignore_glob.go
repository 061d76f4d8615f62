package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// globExpression translates a pattern of an ignore file, without "!" before
// and "/" after it, to a regular expression for relative paths: "*" and "?"
// stop at slashes, "**" between slashes is any number of folders, a pattern
// without a slash matches at every depth. It reports false for a pattern that
// cannot match anything.
func globExpression(glob string) (string, bool) {
	if glob == "" {
		return "", false
	}
	anchored := strings.Contains(glob, "/")
	glob = strings.TrimPrefix(glob, "/")
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	if !anchored {
		b.WriteString(`(?:.*/)?`)
	}
	for i := 0; i < len(glob); {
		rest := glob[i:]
		first := i == 0 || glob[i-1] == '/'
		switch {
		case first && strings.HasPrefix(rest, "**/"):
			b.WriteString(`(?:.*/)?`)
			i += 3
		case first && i > 0 && rest == "**":
			b.WriteString(`.+`)
			i += 2
		case rest[0] == '*':
			b.WriteString(`[^/]*`)
			i += len(rest) - len(strings.TrimLeft(rest, "*"))
		case rest[0] == '?':
			b.WriteString(`[^/]`)
			i++
		case rest[0] == '[':
			class, n := globClass(rest)
			if n == 0 {
				return "", false
			}
			b.WriteString(class)
			i += n
		case rest[0] == '\\':
			if len(rest) == 1 {
				return "", false
			}
			b.WriteString(regexp.QuoteMeta(rest[1:2]))
			i += 2
		default:
			n := len(rest)
			if at := strings.IndexAny(rest, `*?[\/`); at > 0 {
				n = at
			} else if at == 0 {
				n = 1
			}
			b.WriteString(regexp.QuoteMeta(rest[:n]))
			i += n
		}
	}
	b.WriteString(`\z`)
	return b.String(), true
}

// globClass translates the bracket expression at the start of s, such as
// "[a-z]" or "[!0-9]", and returns its length, which is 0 when it has no end.
func globClass(s string) (string, int) {
	var b strings.Builder
	b.WriteString(`[`)
	i := 1
	if i < len(s) && (s[i] == '!' || s[i] == '^') {
		b.WriteString(`^/`)
		i++
	}
	var before rune // that a range may begin with
	for start := i; i < len(s); {
		c, size := s[i], 0
		switch {
		case c == ']' && i > start:
			return b.String() + `]`, i + 1
		case c == '[' && strings.HasPrefix(s[i:], "[:"):
			end := strings.Index(s[i:], ":]")
			if end < 0 {
				return "", 0
			}
			b.WriteString(s[i : i+end+2])
			before, size = 0, end+2
		case c == '-' && before != 0 && i+1 < len(s) && s[i+1] != ']':
			last, n := classChar(s[i+1:])
			if n == 0 {
				return "", 0
			}
			if before <= last { // else only the first character of the range matches
				b.WriteString(`-` + classQuote(last))
			}
			before, size = 0, 1+n
		default:
			if before, size = classChar(s[i:]); size == 0 {
				return "", 0
			}
			b.WriteString(classQuote(before))
		}
		i += size
	}
	return "", 0
}

// classChar returns the character at the beginning of s, which a backslash may
// stand before, and their length, 0 when there is none.
func classChar(s string) (rune, int) {
	quoted := 0
	if s[0] == '\\' {
		quoted = 1
	}
	c, size := utf8.DecodeRuneInString(s[quoted:])
	if size == 0 {
		return 0, 0
	}
	return c, quoted + size
}

// classQuote writes a character so that it stands for itself within brackets.
func classQuote(c rune) string {
	if strings.ContainsRune(`[]^-&~\`, c) {
		return `\` + string(c)
	}
	return string(c)
}
