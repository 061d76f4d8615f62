package search

import (
	"fmt"
	"unicode/utf8"
)

// The limits of a question. What is within them is answered in bounded time;
// a page of prose is.
const (
	// MaxText is the length of a question in characters.
	MaxText = 10_000
	// MaxTerms is the number of words and values that are searched for.
	MaxTerms = 1_000
	// MaxDepth is how deep a question nests And, Or, Not and NEAR.
	MaxDepth = 64
)

// Check returns an error that wraps ErrTooExpensive when a question, as typed
// and as Parse read it, is too long or nests too deep. One of too many words is
// answered for the first of them, with a warning.
func Check(text string, q Query) error {
	if len(text) > MaxText {
		if n := utf8.RuneCountInString(text); n > MaxText {
			return fmt.Errorf("%w: it has %d characters, and at most %d are read; shorten it", ErrTooExpensive, n, MaxText)
		}
	}
	if n := depth(q); n > MaxDepth {
		return fmt.Errorf("%w: its parentheses are %d deep, and at most %d are followed; take some away", ErrTooExpensive, n, MaxDepth)
	}
	return nil
}

// depth returns the height of a query.
func depth(q Query) int {
	deepest := -1
	for _, c := range clausesOf(q) {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}
