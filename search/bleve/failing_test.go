package bleve_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rapport/corpus"
	"rapport/search/bleve"
)

// TestFolderThatVanishesEndsWriting: what cannot be written in the background is
// an error of the batch that waits for it, and of all later ones. What was there
// before is found all the same.
func TestFolderThatVanishesEndsWriting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := bleve.Create(dir, bleve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "", "a ferry")}})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	next := corpus.Batch{Put: []corpus.Record{document("b", "", "a bridge")}}
	if err := x.Apply(t.Context(), next); err == nil {
		t.Error("a batch was written to a folder that is gone")
	}
	if err := x.Apply(t.Context(), next); !errors.Is(err, bleve.ErrFailed) {
		t.Errorf("the next batch: %v", err)
	}
	if _, found, err := x.Document(t.Context(), "a"); err != nil || !found {
		t.Errorf("the document of before: %v, %v", found, err)
	}
}
