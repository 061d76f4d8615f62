package searchtest

import (
	"context"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// single is an engine as Single allows it: scores have 24 bits, and words near
// each other count once.
type single struct{ *Reference }

func (e single) Acquire(ctx context.Context) (search.Snapshot, error) {
	s, err := e.Reference.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return singleSnapshot{s.(*snapshot)}, nil
}

type singleSnapshot struct{ *snapshot }

func (s singleSnapshot) Search(ctx context.Context, p search.Plan) (*search.Found, error) {
	once := *s.snapshot
	once.once = true
	found, err := once.Search(ctx, p)
	if err != nil {
		return nil, err
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		h.Score = float64(float32(h.Score))
		if h.Explain != nil {
			h.Explain = &search.Explanation{Value: h.Score, What: "score"}
		}
	}
	return found, nil
}

// The suite accepts an engine with scores of its own making, within bounds.
func TestSingle(t *testing.T) {
	open := func(_ *testing.T, taxonomy *corpus.Taxonomy) Index { return single{NewReference(taxonomy)} }
	on := engine{open, Single()}
	// What follows is all that looks at scores.
	t.Run("answers", func(t *testing.T) { testAnswers(t, on) })
	t.Run("batches", func(t *testing.T) { testBatches(t, on) })
	t.Run("similar documents", func(t *testing.T) { testSimilar(t, on) })
}

func TestDemands(t *testing.T) {
	for _, c := range []struct {
		d                Demands
		score, low, high float64
		want             bool
	}{
		{Exact(), 10, 10, 10, true},
		{Exact(), 10 + 1e-9, 10, 10, true},
		{Exact(), 10 + 1e-7, 10, 10, false},
		{Single(), 10 + 1e-7, 10, 10, true},
		{Single(), 10.001, 10, 10, false},
		{Single(), 7, 5, 10, true},
		{Single(), 4.99, 5, 10, false},
		{Single(), 10.01, 5, 10, false},
	} {
		if got := c.d.between(c.score, c.low, c.high); got != c.want {
			t.Errorf("%+v: %v between %v and %v is %v", c.d, c.score, c.low, c.high, got)
		}
	}
}
