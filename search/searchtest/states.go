package searchtest

import (
	"context"
	"errors"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// testStates looks at snapshots, generations and cancelled questions.
func testStates(t *testing.T, on engine) {
	t.Run("a snapshot stays as it is", func(t *testing.T) { testIsolation(t, on) })
	t.Run("generation", func(t *testing.T) { testGeneration(t, on) })
	t.Run("cancelled", func(t *testing.T) { testCancelled(t, on) })
	t.Run("closed", func(t *testing.T) {
		index := on.open(t, Taxonomy(t))
		if err := index.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := index.Acquire(t.Context()); !errors.Is(err, search.ErrClosed) {
			t.Errorf("acquire after close: error %v", err)
		}
	})
	t.Run("empty", func(t *testing.T) {
		s := build(t, on, nil)
		found := mustFind(t, s, search.Plan{Query: search.All{}, Limit: 10, Facets: []search.FacetRequest{{Field: search.FieldPartner}}})
		if found.Total != 0 || len(found.Hits) != 0 || found.Facets[0].Total != 0 {
			t.Errorf("an empty index finds %+v", found)
		}
		if g := s.Generation(); g.ID == "" || g.Documents != 0 || g.Facts != 0 || g.Pending {
			t.Errorf("generation of an empty index: %+v", g)
		}
	})
}

func testIsolation(t *testing.T, on engine) {
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	records := Records(40, 9)
	apply := func(b corpus.Batch) {
		t.Helper()
		if err := index.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	apply(corpus.Batch{Put: records[:20]})
	before, err := index.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer before.Release()
	all := search.Plan{Query: search.All{}, Limit: everything}
	first, generation := mustFind(t, before, all), before.Generation()
	gone := corpus.Batch{Put: records[20:]}
	for _, r := range records[:10] {
		gone.Delete = append(gone.Delete, r.Entry.ID)
	}
	apply(gone)
	again := mustFind(t, before, all)
	if again.Total != first.Total || before.Generation() != generation {
		t.Errorf("a snapshot changed: %d documents before, %d after", first.Total, again.Total)
	}
	for _, h := range again.Hits {
		if _, err := before.Document(t.Context(), h.Document.ID); err != nil {
			t.Errorf("a document of an older snapshot: %v", err)
		}
	}
	after := acquire(t, index)
	if after.Generation() == generation || mustFind(t, after, all).Total == first.Total {
		t.Error("a new snapshot shows the old content")
	}
}

func testGeneration(t *testing.T, on engine) {
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	generation := func() search.Generation {
		t.Helper()
		s, err := index.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Release()
		return s.Generation()
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	records := Records(10, 10)
	empty := generation()
	must(index.Begin(t.Context()))
	must(index.Apply(t.Context(), corpus.Batch{Put: records}))
	if g := generation(); !g.Pending || g.ID != empty.ID || g.String() != empty.ID+"+" {
		t.Errorf("during a run: %+v, want pending %s", g, empty.ID)
	}
	must(index.End(t.Context()))
	full := generation()
	if full.Pending || full.ID == empty.ID || full.Documents != 9 {
		t.Errorf("after a run: %+v", full)
	}
	changed := records[0]
	d := *changed.Document
	d.Body += " more"
	changed.Document = &d
	must(index.Apply(t.Context(), corpus.Batch{Put: []corpus.Record{changed}}))
	if generation().ID == full.ID {
		t.Error("another text has the same generation")
	}
	must(index.Apply(t.Context(), corpus.Batch{Put: records[:1]}))
	if g := generation(); g != full {
		t.Errorf("the same content again: %+v, want %+v", g, full)
	}
	claimed := records[0]
	claimed.Entry.Claims = append(claimed.Entry.Claims, "another source")
	must(index.Apply(t.Context(), corpus.Batch{Put: []corpus.Record{claimed}}))
	if g := generation(); g != full {
		t.Errorf("the same content, claimed by another source too: %+v, want %+v", g, full)
	}
}

func testCancelled(t *testing.T, on engine) {
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	if err := index.Apply(t.Context(), corpus.Batch{Put: Records(50, 11)}); err != nil {
		t.Fatal(err)
	}
	s := acquire(t, index)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := search.Plan{Query: search.Word{Text: "fund"}, Limit: 10}
	calls := map[string]func() error{
		"search":     func() error { _, err := s.Search(ctx, p); return err },
		"levels":     func() error { _, err := s.Levels(ctx, []search.Query{p.Query}); return err },
		"matrix":     func() error { _, err := s.Matrix(ctx, p, search.FieldPartner, search.FieldYear); return err },
		"document":   func() error { _, err := s.Document(ctx, "doc-000"); return err },
		"facts":      func() error { _, err := s.Facts(ctx, "doc-000"); return err },
		"highlights": func() error { _, err := s.Highlights(ctx, "doc-000", p.Query); return err },
		"terms":      func() error { _, err := s.Terms(ctx, search.Lookup{Prefix: "fun", Limit: 5}); return err },
		"apply":      func() error { return index.Apply(ctx, corpus.Batch{Put: Records(1, 12)}) },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want that of the context", name, err)
		}
	}
	if err := errors.Join(index.Begin(t.Context()), index.End(ctx)); err != nil {
		t.Errorf("the end of a run that was cancelled: %v", err)
	}
	if g := acquire(t, index).Generation(); g.Pending {
		t.Errorf("after the end of a run that was cancelled: %+v", g)
	}
}
