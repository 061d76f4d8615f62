package searchtest

import (
	"errors"
	"slices"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// testSimilar compares what is similar to each document, and asks the question
// behind it.
func testSimilar(t *testing.T, on engine) {
	p := newPair(t, on)
	for _, b := range batches(Records(50, 11), 20) {
		p.apply(t, b)
	}
	index, reference := p.snapshots(t)
	some := 0
	for _, h := range mustFind(t, reference, search.Plan{Query: search.All{}, Limit: everything}).Hits {
		id := h.Document.ID
		got, want := similarTo(t, index, id), similarTo(t, reference, id)
		if !slices.Equal(got.Words, want.Words) || got.Least != want.Least || got.Total != want.Total {
			t.Fatalf("similar to %s:\ngot  %v, %d of them, %d documents\nwant %v, %d of them, %d documents", id,
				got.Words, got.Least, got.Total, want.Words, want.Least, want.Total)
		}
		if len(got.Words) == 0 {
			continue
		}
		listed := 0
		for _, hit := range got.Hits {
			listed += 1 + hit.Folded
		}
		if listed != got.Total {
			t.Fatalf("%d of %d documents similar to %s are listed or folded", listed, got.Total, id)
		}
		for _, hit := range got.Hits {
			some++
			i := slices.IndexFunc(want.Hits, func(w search.SimilarHit) bool { return w.Document.ID == hit.Document.ID })
			switch {
			case hit.Document.ID == id:
				t.Fatalf("%s is similar to itself", id)
			case i < 0 || !on.demands.equal(hit.Score, want.Hits[i].Score) || !slices.Equal(hit.Shared, want.Hits[i].Shared):
				t.Fatalf("%s, similar to %s, with score %v for %v", hit.Document.ID, id, hit.Score, hit.Shared)
			case len(hit.Shared) < got.Least:
				t.Fatalf("%s shares %v with %s, want %d", hit.Document.ID, hit.Shared, id, got.Least)
			}
		}
		asked, err := search.Ask(t.Context(), index, got.Request())
		if err != nil {
			t.Fatal(err)
		}
		if asked.Total != got.Total || len(asked.Read.Warnings) > 0 {
			t.Fatalf("%q finds %d documents, want %d similar to %s: %v", got.Request().Text, asked.Total, got.Total, id, asked.Read.Warnings)
		}
	}
	if some == 0 {
		t.Error("no document is similar to another")
	}
	if _, err := search.Similar(t.Context(), index, "nowhere", 1); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("similar to a document that is not there: error %v", err)
	}
}

func similarTo(t *testing.T, s search.Snapshot, id corpus.ID) *search.Similarity {
	t.Helper()
	l, err := search.Similar(t.Context(), s, id, everything)
	if err != nil {
		t.Fatalf("similar to %s: %v", id, err)
	}
	return l
}
