package bleve_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
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

// TestDeadlineWhileGrouping checks that a search that has to find near-copies
// stops at its deadline, while it looks and while another one does, and that
// the next search finds them.
func TestDeadlineWhileGrouping(t *testing.T) {
	x := create(t)
	var put []corpus.Record
	for i := range 50 {
		put = append(put, document(strconv.Itoa(i), "", strings.Repeat("the same words again and again, ", 40)+strconv.Itoa(i/2)))
	}
	apply(t, x, corpus.Batch{Put: put})
	all := &countdown{Context: t.Context(), left: 1 << 30}
	if found, err := bleve.FindNear(all, x); err != nil || !found {
		t.Fatalf("found near-copies: %v, error %v", found, err)
	}
	if all.seen < 8 {
		t.Errorf("looked at the deadline %d times", all.seen)
	}
	for left := range all.seen {
		if _, err := bleve.FindNear(&countdown{Context: t.Context(), left: left}, x); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("done after %d looks: %v", left, err)
		}
	}
	s := acquire(t, x)
	defer s.Release()
	p := search.Plan{Query: search.All{}, Limit: 1, Collapse: search.CollapseNear}
	release := bleve.HoldNear(s)
	late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := s.Search(late, p); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for another search: %v", err)
	}
	release()
	found, err := s.Search(t.Context(), p)
	if err != nil || found.Folded == 0 {
		t.Errorf("folded %d, error %v", found.Folded, err)
	}
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
