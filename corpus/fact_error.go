package corpus

import (
	"fmt"
	"strings"
)

// FactError is something wrong with a fact or with a facts file.
type FactError struct {
	File string // as given to the reader
	Line int    // from 1; 0 when no line is to blame
	// Fact is the fact's id, or "#3" for the third fact of the file when it
	// has none. It is empty when the file itself is to blame.
	Fact    string
	Message string // what is wrong, what was expected, and the nearest legal value
}

// Error returns file, line, fact and message, for instance
//
//	facts.yaml:360: fact "jp2012-013": unknown kind "vist"; did you mean "visit"?
func (e *FactError) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File)
		if e.Line > 0 {
			fmt.Fprintf(&b, ":%d", e.Line)
		}
		b.WriteString(": ")
	}
	switch {
	case strings.HasPrefix(e.Fact, "#"):
		b.WriteString("fact " + e.Fact + ": ")
	case e.Fact != "":
		fmt.Fprintf(&b, "fact %q: ", e.Fact)
	}
	b.WriteString(e.Message)
	return b.String()
}

// unknown says that value is not one of the legal ones, and which is nearest.
// Without one near it names them all when they are few.
func unknown[T ~string](what, value string, legal []T) string {
	msg := fmt.Sprintf("unknown %s %q", what, value)
	if near := Nearest(value, legal); near != "" {
		return msg + fmt.Sprintf("; did you mean %q?", near)
	}
	if len(legal) > 40 {
		return msg
	}
	names := make([]string, len(legal))
	for i, l := range legal {
		names[i] = string(l)
	}
	return msg + "; want one of " + strings.Join(names, ", ")
}
