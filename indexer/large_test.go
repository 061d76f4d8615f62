package indexer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"rapport/corpus"
)

// manyMembers is a reader of a container of 30 members, a megabyte each. It
// calls before ahead of each.
func manyMembers(before func(n int)) func(context.Context, corpus.Item, []byte) iter.Seq2[*corpus.Document, error] {
	text := strings.Repeat("words ", 1<<20/6)
	return func(_ context.Context, item corpus.Item, _ []byte) iter.Seq2[*corpus.Document, error] {
		return func(yield func(*corpus.Document, error) bool) {
			for n := range 30 {
				before(n)
				if !yield(&corpus.Document{Path: fmt.Sprintf("%s!%02d", item.Path, n), Body: text, Digest: fmt.Sprint(n)}, nil) {
					return
				}
			}
		}
	}
}

// A large container is not held as a whole: the first of its members are in the
// index before the last have been read.
func TestLargeContainersAreApartWhileRead(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.zip": "x", "b.zip": "y"})
	applied := 0
	b.index.applied = func() { applied++ }
	b.Options.Workers = 1
	b.Extract = manyMembers(func(n int) {
		if n == 29 {
			b.index.mu.Lock()
			defer b.index.mu.Unlock()
			if applied == 0 {
				t.Error("nothing is in the index when the last member is read")
			}
		}
	})
	report := b.run(b.source(""))
	if report.Added != 60 || len(b.index.all()) != 62 {
		t.Errorf("added %d, holds %d records, want 60 and as many with 2 containers", report.Added, len(b.index.all()))
	}
	if report := b.run(b.source("")); report.Unchanged != 60 {
		t.Errorf("then %d are unchanged", report.Unchanged)
	}
}

// A run that ends while members wait to be put does not hang, and the next one
// completes the container.
func TestRunEndsWithinALargeContainer(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.zip": "x", "b.zip": "y"})
	ctx, cancel := context.WithCancel(t.Context())
	b.Extract = manyMembers(func(n int) {
		if n == 20 {
			cancel()
		}
	})
	if _, err := b.Indexer.Run(ctx, b.source("")); !errors.Is(err, ErrInterrupted) {
		t.Fatalf("the run ended with %v", err)
	}
	b.index.fail = func(corpus.Batch) error { return errors.New("disk full") }
	b.Extract = manyMembers(func(int) {})
	if _, err := b.Indexer.Run(t.Context(), b.source("")); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("with a full disk it ended with %v", err)
	}
	b.index.fail = nil
	if report := b.run(b.source("")); report.Added+report.Unchanged+report.Changed != 60 {
		t.Errorf("then added %d, changed %d, unchanged %d, want 60 in all", report.Added, report.Changed, report.Unchanged)
	}
}
