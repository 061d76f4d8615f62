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
	// MaxTerms is the number of words, phrases and values in a question.
	MaxTerms = 2_000
	// MaxDepth is how deep a question nests And, Or, Not and NEAR.
	MaxDepth = 64
)

// Check returns an error that wraps ErrTooExpensive when a question, as typed
// and as Parse read it, is beyond the limits. A question is answered as a
// whole or not at all: nothing of it is cut off.
func Check(text string, q Query) error {
	if len(text) > MaxText {
		if n := utf8.RuneCountInString(text); n > MaxText {
			return fmt.Errorf("%w: it has %d characters, and at most %d are read; shorten it", ErrTooExpensive, n, MaxText)
		}
	}
	terms, depth := size(q)
	if terms > MaxTerms {
		return fmt.Errorf("%w: it has %d words, phrases and values, and at most %d are searched; shorten it", ErrTooExpensive, terms, MaxTerms)
	}
	if depth > MaxDepth {
		return fmt.Errorf("%w: its parentheses are %d deep, and at most %d are followed; take some away", ErrTooExpensive, depth, MaxDepth)
	}
	return nil
}

// size returns the number of leaves of a query and its height.
func size(q Query) (terms, depth int) {
	var list []Query
	switch q := q.(type) {
	case And:
		list = q.Clauses
	case Or:
		list = q.Clauses
	case AtLeast:
		list = q.Clauses
	case Either:
		list = q.Forms
	case Not:
		list = []Query{q.Clause}
	case Near:
		list = []Query{q.Left, q.Right}
	default:
		return 1, 0
	}
	for _, c := range list {
		n, d := size(c)
		terms, depth = terms+n, max(depth, d)
	}
	return terms, depth + 1
}
