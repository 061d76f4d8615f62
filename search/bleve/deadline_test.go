package bleve_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// countdown is a context whose deadline is over after some looks at it.
type countdown struct {
	context.Context
	left, seen int
}

func (c *countdown) Err() error {
	if c.seen++; c.seen > c.left {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDeadlineInOneDocument checks that questions about frequent words look at
// the deadline while they read a single long document, and stop when it is
// over.
func TestDeadlineInOneDocument(t *testing.T) {
	x := create(t)
	body := strings.Repeat("the of and to the of and in ", 20_000)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("long", "", body)}})
	s := acquire(t, x)
	defer s.Release()
	phrase := strings.TrimSpace(strings.Repeat("the of and ", 300))
	for name, q := range map[string]search.Query{
		"phrase": search.Phrase{Text: phrase},
		"sloppy": search.Phrase{Text: "of and the to in", Slop: 3},
		"near":   search.Near{Left: search.Word{Text: "the"}, Right: search.Word{Text: "of"}, Distance: 3},
	} {
		all := &countdown{Context: t.Context(), left: 1 << 30}
		if _, err := s.Search(all, search.Plan{Query: q}); err != nil && !errors.Is(err, search.ErrTooExpensive) {
			t.Errorf("%s: %v", name, err)
		}
		if all.seen < 6 {
			t.Errorf("%s: looked at the deadline %d times", name, all.seen)
		}
		late := &countdown{Context: t.Context(), left: all.seen - 2}
		if _, err := s.Search(late, search.Plan{Query: q}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v after the deadline", name, err)
		}
		late = &countdown{Context: t.Context(), left: 4}
		if _, err := s.Highlights(late, "long", q); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v from snippets after the deadline", name, err)
		}
	}
}
