package bleve_test

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"rapport/corpus"
	"rapport/search/bleve"
)

// TestDeletedTellsSets: the digests of deleted records are those of the sets,
// before and after the index was closed.
func TestDeletedTellsSets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := createIn(t, dir)
	b := randomPuts(rand.New(rand.NewPCG(3, 3)), 0, 20)
	apply(t, x, b)
	whole, err := x.Deleted()
	if err != nil || len(whole) == 0 {
		t.Fatal(whole, err)
	}
	apply(t, x, corpus.Batch{Delete: []corpus.ID{b.Put[3].Entry.ID}})
	fewer, err := x.Deleted()
	if err != nil || maps.Equal(whole, fewer) {
		t.Errorf("before %v, after a deletion %v, %v", whole, fewer, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = bleve.Open(dir, bleve.Options{}); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if again, err := x.Deleted(); err != nil || !maps.Equal(again, fewer) {
		t.Errorf("opened again, %v, want %v, %v", again, fewer, err)
	}
}
