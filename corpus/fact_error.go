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
	if near := nearest(value, legal); near != "" {
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

// Nearest returns the legal value that somebody may have meant who typed
// value, or "" when none is near.
func Nearest(value string, legal []string) string { return nearest(value, legal) }

// nearest returns the legal value within the smallest number of typing
// mistakes from value, when they are at most a third of its letters, or "".
// Of several equally near, the first counts.
func nearest[T ~string](value string, legal []T) string {
	folded := strings.ToLower(strings.TrimSpace(value))
	best, least := "", max(1, len(folded)/3)+1
	if len(folded) > 64 {
		return ""
	}
	for _, l := range legal {
		if d := typingDistance(folded, strings.ToLower(string(l))); d < least {
			best, least = string(l), d
		}
	}
	return best
}

// typingDistance counts the insertions, deletions, replacements and swaps of
// neighbouring bytes that lead from a to b.
func typingDistance(a, b string) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
