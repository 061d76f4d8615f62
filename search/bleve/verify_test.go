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

// TestVerifyMissesNoValue: a value that a record has and its facet lacks is noticed.
func TestVerifyMissesNoValue(t *testing.T) {
	x := create(t)
	rec := document("a", "", "x")
	rec.Document.Tags.Partners = []corpus.Tag{{Value: "JP", Count: 1}}
	if err := bleve.PutMistaken(x, rec); err != nil {
		t.Fatal(err)
	}
	if err := x.Verify(t.Context()); !errors.Is(err, search.ErrDamaged) || !strings.Contains(err.Error(), "0 of its 1 values") {
		t.Errorf("got %v", err)
	}
}

// TestAnIndexThatHoldsAnotherNumberIsRefused opens an index that holds less than
// it says of itself.
func TestAnIndexThatHoldsAnotherNumberIsRefused(t *testing.T) {
	dir := t.TempDir()
	x := createIn(t, dir)
	apply(t, x, randomPuts(rand.New(rand.NewPCG(8, 8)), 0, 3))
	if err := errors.Join(bleve.Miscount(x), x.Close()); err != nil {
		t.Fatal(err)
	}
	if x, err := bleve.Open(dir, bleve.Options{}); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("opened %v, %v", x, err)
	}
}
