package searchtest

import (
	"errors"
	"slices"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// testSimilar compares what is similar to each document, and asks the question
// behind it: it finds the similar documents and the document itself.
func testSimilar(t *testing.T, open Open) {
	p := newPair(t, open)
	for _, b := range batches(Records(50, 11), 20) {
		p.apply(t, b)
	}
	index, reference := p.snapshots(t)
	some := 0
	for _, h := range mustFind(t, reference, search.Plan{Query: search.All{}, Limit: everything}).Hits {
		id := h.Document.ID
		got, want := likeness(t, index, id), likeness(t, reference, id)
		if !slices.Equal(got.Words, want.Words) || got.Least != want.Least || got.Total != want.Total {
			t.Fatalf("similar to %s:\ngot  %v, %d of them, %d documents\nwant %v, %d of them, %d documents", id,
				got.Words, got.Least, got.Total, want.Words, want.Least, want.Total)
		}
		if len(got.Words) == 0 {
			continue
		}
		if len(got.Hits) != got.Total {
			t.Fatalf("%d hits of %d documents similar to %s", len(got.Hits), got.Total, id)
		}
		for _, hit := range got.Hits {
			some++
			i := slices.IndexFunc(want.Hits, func(w search.SimilarHit) bool { return w.Document.ID == hit.Document.ID })
			switch {
			case hit.Document.ID == id:
				t.Fatalf("%s is similar to itself", id)
			case i < 0 || !close(hit.Score, want.Hits[i].Score) || !slices.Equal(hit.Shared, want.Hits[i].Shared):
				t.Fatalf("%s, similar to %s, with score %v for %v", hit.Document.ID, id, hit.Score, hit.Shared)
			case len(hit.Shared) < got.Least:
				t.Fatalf("%s shares %v with %s, want %d", hit.Document.ID, hit.Shared, id, got.Least)
			}
		}
		asked, err := search.Ask(t.Context(), index, got.Request())
		if err != nil {
			t.Fatal(err)
		}
		if asked.Total != got.Total+1 || len(asked.Read.Warnings) > 0 {
			t.Fatalf("%q finds %d documents, want %d and %s itself: %v", got.Request().Text, asked.Total, got.Total, id, asked.Read.Warnings)
		}
	}
	if some == 0 {
		t.Error("no document is similar to another")
	}
	if _, err := search.Similar(t.Context(), index, "nowhere", 1); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("similar to a document that is not there: error %v", err)
	}
}

func likeness(t *testing.T, s search.Snapshot, id corpus.ID) *search.Likeness {
	t.Helper()
	l, err := search.Similar(t.Context(), s, id, everything)
	if err != nil {
		t.Fatalf("similar to %s: %v", id, err)
	}
	return l
}
