package bleve_test

import (
	"testing"

	"rapport/corpus"
	"rapport/search/bleve"
	"rapport/search/searchtest"
)

func TestConformance(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, taxonomy *corpus.Taxonomy) searchtest.Index {
		x, err := bleve.Create(t.TempDir(), bleve.Options{Taxonomy: taxonomy})
		if err != nil {
			t.Fatal(err)
		}
		return x
	})
}
