package searchtest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/search"
)

// testOrder walks through the pages of answers in every order.
func testOrder(t *testing.T, on engine) {
	p := newPair(t, on)
	for _, b := range batches(Records(300, 2), 70) {
		p.apply(t, b)
	}
	index, reference := p.snapshots(t)
	for _, by := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.ByTitle} {
		t.Run(string(by), rapid.MakeCheck(func(t *rapid.T) {
			k := rapid.SampledFrom([]search.Kind{search.Documents, search.Facts}).Draw(t, "kind")
			if by == search.ByTitle {
				k = search.Documents
			}
			plan := search.Plan{Kind: k, Query: rapid.OneOf(word(), rapid.Just[search.Query](search.All{})).Draw(t, "question"), Sort: by}
			walk(t, index, reference, plan)
		}))
	}
	t.Run("strange positions", func(t *testing.T) { testStrangePositions(t, on) })
	t.Run("beyond ten thousand", func(t *testing.T) { testDeepPaging(t, on) })
}

// walk goes through all pages: together they are the one long page, every hit
// comes once, and keys are in order.
func walk(t *rapid.T, index, reference search.Snapshot, p search.Plan) {
	p.Limit = everything
	whole, want := find(t, index, p), find(t, reference, p)
	if whole.Total != want.Total || len(whole.Hits) != want.Total {
		t.Fatalf("%s by %s: %d hits of %d, want %d", show(p.Query), p.Sort, len(whole.Hits), whole.Total, want.Total)
	}
	keys := map[string]string{}
	for _, h := range want.Hits {
		keys[idOf(h)] = h.Position.Key
	}
	if p.Sort != search.ByRelevance { // its keys are floating point numbers
		for i, h := range whole.Hits {
			if keys[idOf(h)] != want.Hits[i].Position.Key {
				t.Fatalf("%s by %s: hit %d is %s with key %q, want key %q", show(p.Query), p.Sort, i, idOf(h),
					keys[idOf(h)], want.Hits[i].Position.Key)
			}
		}
	}
	for i := 1; i < len(whole.Hits); i++ {
		a, b := whole.Hits[i-1], whole.Hits[i]
		equal := a.Score == b.Score
		if p.Sort != search.ByRelevance {
			equal = keys[idOf(a)] == keys[idOf(b)]
		}
		if equal && a.Fact != nil && a.Fact.Extracted != "" && b.Fact.Extracted == "" {
			t.Fatalf("%s by %s: %s, which a program found, comes before %s, which is equal", show(p.Query), p.Sort, idOf(a), idOf(b))
		}
	}
	p.Limit = rapid.IntRange(15, 150).Draw(t, "page")
	var seen []string
	for {
		page := find(t, index, p)
		if page.Total != whole.Total {
			t.Fatalf("total %d on a later page, %d on the first", page.Total, whole.Total)
		}
		seen = append(seen, ids(page.Hits)...)
		if len(page.Hits) < p.Limit || len(seen) > whole.Total {
			break
		}
		p.After = &page.Hits[len(page.Hits)-1].Position
	}
	if !slices.Equal(seen, ids(whole.Hits)) {
		t.Fatalf("%s by %s in pages of %d:\ngot  %v\nwant %v", show(p.Query), p.Sort, p.Limit, seen, ids(whole.Hits))
	}
}

// testStrangePositions asks for what follows a place that no hit has.
func testStrangePositions(t *testing.T, on engine) {
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	s := acquire(t, index)
	for _, order := range []search.Sort{"", search.ByRelevance, search.Newest, search.Oldest} {
		for _, key := range []string{"x", "NaN", "1.182=w24443648358"} {
			_, err := s.Search(t.Context(), search.Plan{Limit: 1, Sort: order, After: &search.Position{Key: key}})
			if !errors.Is(err, search.ErrPosition) {
				t.Errorf("after %q in the order %q: error %v, want ErrPosition", key, order, err)
			}
		}
	}
}

// testDeepPaging asks for a page behind hit 10,000 of equal hits.
func testDeepPaging(t *testing.T, on engine) {
	const n = 12000
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	records := make([]corpus.Record, n)
	for i := range records {
		id := corpus.NewID("many", string(rune('a'+i%26))+corpus.Digest([]byte{byte(i), byte(i >> 8)}))
		records[i] = corpus.Record{
			Entry:    corpus.Entry{ID: id, Source: "many", Path: string(id), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: id, Title: "Note", Body: "same words", Source: "many", Path: string(id)},
		}
	}
	for _, b := range batches(records, 4000) {
		if err := index.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	s := acquire(t, index)
	p := search.Plan{Query: search.Word{Text: "same"}, Limit: 3000}
	seen := map[string]bool{}
	for {
		found, err := s.Search(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		if found.Total != n {
			t.Fatalf("total %d, want %d", found.Total, n)
		}
		for _, h := range found.Hits {
			if seen[idOf(h)] {
				t.Fatalf("%s comes twice", idOf(h))
			}
			seen[idOf(h)] = true
		}
		if len(found.Hits) == 0 {
			break
		}
		p.After = &found.Hits[len(found.Hits)-1].Position
	}
	if len(seen) != n {
		t.Fatalf("pages hold %d hits, want %d", len(seen), n)
	}
}
