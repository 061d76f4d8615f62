package searchtest

import (
	"context"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// Index is an engine together with the ways to write it that the suite needs.
type Index interface {
	search.Engine
	Apply(ctx context.Context, b corpus.Batch) error
	Begin(ctx context.Context) error
	End(ctx context.Context) error
	Close() error
}

// Open returns a new, empty index. The suite closes it.
type Open func(t *testing.T, taxonomy *corpus.Taxonomy) Index

// Run tests that an engine keeps the contract of package search. It compares
// answers to generated questions with those of Reference, and scores as far as
// is demanded.
func Run(t *testing.T, open Open, d Demands) {
	on := engine{open, d}
	t.Run("answers", func(t *testing.T) { testAnswers(t, on) })
	t.Run("order", func(t *testing.T) { testOrder(t, on) })
	t.Run("long phrases and titles", func(t *testing.T) { testLong(t, on) })
	t.Run("content", func(t *testing.T) { testContent(t, on) })
	t.Run("collapse", func(t *testing.T) { testCollapse(t, on) })
	t.Run("similar documents", func(t *testing.T) { testSimilar(t, on) })
	t.Run("states", func(t *testing.T) { testStates(t, on) })
}

// engine is what is tested, and what its scores must be.
type engine struct {
	open    Open
	demands Demands
}

// pair is the index under test and the reference with the same content.
type pair struct {
	index     Index
	reference *Reference
}

func newPair(t *testing.T, on engine) pair {
	t.Helper()
	p := pair{index: on.open(t, Taxonomy(t)), reference: NewReference(Taxonomy(t))}
	p.reference.demands = on.demands
	t.Cleanup(func() {
		if err := p.index.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return p
}

func (p pair) apply(t *testing.T, b corpus.Batch) {
	t.Helper()
	if err := p.index.Apply(t.Context(), b); err != nil {
		t.Fatalf("apply: %v", err)
	}
	if err := p.reference.Apply(t.Context(), b); err != nil {
		t.Fatalf("apply to the reference: %v", err)
	}
}

// snapshots returns the current states of both, which are released when the
// test ends.
func (p pair) snapshots(t *testing.T) (index, reference search.Snapshot) {
	t.Helper()
	return acquire(t, p.index), acquire(t, p.reference)
}

func acquire(t *testing.T, e search.Engine) search.Snapshot {
	t.Helper()
	s, err := e.Acquire(context.Background())
	if err != nil {
		t.Fatalf("acquire: %v", err)
	}
	t.Cleanup(s.Release)
	return s
}
