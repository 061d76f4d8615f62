package bleve_test

import (
	"testing"

	"rapport/corpus"
	"rapport/search/bleve"
	"rapport/search/searchtest"
)

// TestConformance leaves the segments of every other index apart: else small ones
// are merged into one at moments of the store's choice. Half of the indexes are
// lazy.
func TestConformance(t *testing.T) {
	n := 0
	searchtest.Run(t, func(t *testing.T, taxonomy *corpus.Taxonomy) searchtest.Index {
		o := bleve.Options{Taxonomy: taxonomy, Lazy: n%4 < 2}
		if n++; n%2 == 1 {
			o = bleve.Apart(o)
		}
		x, err := bleve.Create(t.TempDir(), o)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}, searchtest.Exact())
}
