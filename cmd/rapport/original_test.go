package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"rapport/corpus"
	"rapport/indexer"
)

// An original is sent as long as it holds what was indexed, and nothing is
// kept in memory of it.
func TestOriginal(t *testing.T) {
	folder := t.TempDir()
	content := bytes.Repeat([]byte("What was read. "), 2<<20)
	file := filepath.Join(folder, "a.txt")
	write := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(content)
	source, digest := indexer.KnownSource{Place: folder, Folder: true}, corpus.Digest(content)

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	original, err := openOriginal(source, "a.txt", digest)
	if err != nil {
		t.Fatal(err)
	}
	defer original.Close()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("%d bytes of memory for a file of %d", took, len(content))
	}
	if got, err := io.ReadAll(original); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v", len(got), err)
	}

	t.Run("longer while it is sent", func(t *testing.T) {
		original, err := openOriginal(source, "a.txt", digest)
		if err != nil {
			t.Fatal(err)
		}
		defer original.Close()
		write(append(content, "More."...))
		if got, err := io.ReadAll(original); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		write(content)
	})
	t.Run("another while it is sent", func(t *testing.T) {
		original, err := openOriginal(source, "a.txt", digest)
		if err != nil {
			t.Fatal(err)
		}
		defer original.Close()
		write(bytes.ToUpper(content))
		if _, err := io.Copy(io.Discard, original); !errors.Is(err, errChanged) {
			t.Errorf("read to its end: %v", err)
		}
	})
	t.Run("another", func(t *testing.T) {
		if _, err := openOriginal(source, "a.txt", digest); !errors.Is(err, errChanged) {
			t.Errorf("opened: %v", err)
		}
	})
	for _, path := range []string{"../a.txt", "b.txt", ".", "a.txt!1"} {
		if _, err := openOriginal(source, path, digest); err == nil || errors.Is(err, errChanged) {
			t.Errorf("%s opened: %v", path, err)
		}
	}
}
