package bleve_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// TestVerifyReadsFacetsBack: an index after many changes is what its records
// say, and a facet of the wrong records is noticed though all checksums agree.
func TestVerifyReadsFacetsBack(t *testing.T) {
	x := createIn(t, t.TempDir())
	defer x.Close()
	r := rand.New(rand.NewPCG(5, 5))
	for range 12 {
		var b corpus.Batch
		for range 20 {
			b.Put = append(b.Put, randomRecord(r, fmt.Sprintf("d%d", r.IntN(80))))
		}
		apply(t, x, b)
	}
	if err := x.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	rec := corpus.Record{Entry: corpus.Entry{ID: "wrong", Kind: corpus.DocumentEntry}, Document: &corpus.Document{ID: "wrong", Body: "x"}}
	if err := bleve.PutMistaken(x, rec); err != nil {
		t.Fatal(err)
	}
	if err := x.Verify(t.Context()); !errors.Is(err, search.ErrDamaged) || !strings.Contains(err.Error(), `"mistaken" of the facet partner`) {
		t.Errorf("got %v", err)
	}
}
