package bleve_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"rapport/search"
	"rapport/search/bleve"
)

// TestNothingHoldsAnIndexThatNobodyAsks calls all that reads an index, with a
// context that is done, too, and sees whether each lets the view go.
func TestNothingHoldsAnIndexThatNobodyAsks(t *testing.T) {
	x := create(t)
	apply(t, x, randomPuts(rand.New(rand.NewPCG(6, 6)), 0, 50))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, ctx := range []context.Context{t.Context(), gone} {
		asks := map[string]func() error{
			"entries": func() error {
				for range x.Entries(ctx) {
					break
				}
				return nil
			},
			"records": func() error {
				for range x.Records(ctx) {
					break
				}
				return nil
			},
			"record":      func() error { _, _, err := x.Record(ctx, "d1"); return err },
			"document":    func() error { _, _, err := x.Document(ctx, "d1"); return err },
			"entry":       func() error { _, _, err := x.FactEntry(ctx, "nothing"); return err },
			"settled":     func() error { _, err := x.Settled(); return err },
			"files":       func() error { _, err := x.Files(); return err },
			"deleted":     func() error { _, err := x.Deleted(); return err },
			"copy":        func() error { _, err := x.CopyTo(filepath.Join(t.TempDir(), "copy")); return err },
			"checksums":   func() error { return x.Checksums(ctx) },
			"verify":      func() error { return x.Verify(ctx) },
			"taxonomy":    func() error { _, err := x.TaxonomyDigest(ctx); return err },
			"apply":       func() error { return x.Apply(ctx, randomPuts(rand.New(rand.NewPCG(7, 7)), 0, 2)) },
			"begin":       func() error { return x.Begin(ctx) },
			"end":         func() error { return x.End(ctx) },
			"questions":   func() error { return askAll(ctx, x) },
			"completions": func() error { _, _, err := bleve.Prepare(x); return err },
			"run":         func() error { return errors.Join(x.Begin(ctx), x.End(ctx)) },
		}
		for name, ask := range asks {
			if err := ask(); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
			// What looks for merges holds the view for a moment, too.
			for deadline := time.Now().Add(time.Minute); bleve.References(x) != 1; time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("%s: %d still hold the view", name, bleve.References(x))
				}
			}
		}
	}
}

// askAll asks everything that a snapshot answers.
func askAll(ctx context.Context, x *bleve.Index) error {
	s, err := x.Acquire(ctx)
	if err != nil {
		return err
	}
	defer s.Release()
	p := search.Plan{Query: search.Word{Text: vocabulary[0]}, Limit: 5, Facets: threeFacets, Collapse: search.CollapseNear}
	_, err1 := s.Search(ctx, p)
	_, err2 := s.Matrix(ctx, p, search.FieldPartner, search.FieldYear)
	_, err3 := s.Document(ctx, "d1")
	_, err4 := s.Facts(ctx, "d1")
	_, err5 := s.Highlights(ctx, "d1", p.Query)
	_, err6 := s.Terms(ctx, search.Lookup{Prefix: "tr", Limit: 3})
	_, err7 := s.Levels(ctx, []search.Query{p.Query})
	return errors.Join(err1, err2, err3, err4, err5, err6, err7)
}
