package bleve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// TestTheEndOfARunLeavesALargeSegment looks at the segments after a run of many
// batches, and at answers before and after they were merged.
func TestTheEndOfARunLeavesALargeSegment(t *testing.T) {
	x, err := bleve.Create(t.TempDir(), bleve.Apart(bleve.Options{Taxonomy: taxonomy()}))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	r := rand.New(rand.NewPCG(5, 5))
	if err := x.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range 7 {
		var b corpus.Batch
		for j := range 20 {
			b.Put = append(b.Put, randomRecord(r, fmt.Sprintf("d%d", 15*i+j))) // some are put twice
		}
		apply(t, x, b)
	}
	var queries []search.Query
	for range 100 {
		queries = append(queries, randomQuery(r, 2))
	}
	before := answers(t, x, queries)
	if sizes, err := bleve.SegmentSizes(x); err != nil || len(sizes) != 7 {
		t.Errorf("segments of %v, %v, want seven", sizes, err)
	}
	if err := x.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sizes, err := bleve.SegmentSizes(x); err != nil || len(sizes) != 1 {
		t.Errorf("segments of %v after the run, %v, want one", sizes, err)
	}
	if n := bleve.KnownSegments(x); n != 1 {
		t.Errorf("columns of %d segments are kept, want those of one", n)
	}
	after := answers(t, x, queries)
	if !slices.Equal(before, after) {
		t.Errorf("answers changed with the merge:\n%v\n%v", before, after)
	}
}

// answers returns totals, facets and the hits with their scores.
func answers(t *testing.T, x *bleve.Index, queries []search.Query) []string {
	t.Helper()
	s, err := x.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	var list []string
	for _, q := range queries {
		found, err := s.Search(context.Background(), search.Plan{Query: q, Limit: 10, Facets: threeFacets})
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		line := fmt.Sprint(q, found.Total, found.Facets)
		for _, h := range found.Hits {
			line += fmt.Sprint(" ", h.Document.ID, h.Score)
		}
		list = append(list, line)
	}
	return list
}
