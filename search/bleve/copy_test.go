package bleve

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rapport/corpus"
)

func TestCopyIsWholeAndOpens(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := Create(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	ctx := t.Context()
	put := func(from, to int) {
		t.Helper()
		if err := x.Begin(ctx); err != nil {
			t.Fatal(err)
		}
		for i := from; i < to; i++ {
			id := corpus.ID(fmt.Sprint("d", i))
			rec := corpus.Record{
				Entry:    corpus.Entry{ID: id, Source: "s", Path: string(id), Kind: corpus.DocumentEntry},
				Document: &corpus.Document{ID: id, Title: "title", Body: "words of a body", Source: "s", Path: string(id)},
			}
			if err := x.Apply(ctx, corpus.Batch{Put: []corpus.Record{rec}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.End(ctx); err != nil {
			t.Fatal(err)
		}
	}
	put(0, 20)
	before, err := x.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer before.Release()
	copied := filepath.Join(t.TempDir(), "copy")
	segments, err := x.CopyTo(copied)
	if err != nil || len(segments) == 0 {
		t.Fatalf("segments %q, %v", segments, err)
	}
	put(20, 25)
	if err := present(copied, segments); err != nil {
		t.Error(err)
	}
	// A merge may take files away at any moment, until there is nothing to merge.
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		files, err := x.Files()
		if err == nil {
			err = present(dir, files)
		}
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("files %q, %v", files, err)
		}
	}
	y, err := Open(copied, Options{Verify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer y.Close()
	after, err := y.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer after.Release()
	if before.Generation() != after.Generation() || after.Generation().Documents != 20 {
		t.Errorf("copied %+v, got %+v", before.Generation(), after.Generation())
	}
}

// present returns an error for files that a folder lacks.
func present(folder string, files []string) error {
	for _, name := range files {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}
