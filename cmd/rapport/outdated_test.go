//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIndexOfAnotherLayoutIsRebuilt checks that an index which another version
// wrote is refused with a way out, and made anew from all its sources as soon
// as one of them is indexed.
func TestIndexOfAnotherLayoutIsRebuilt(t *testing.T) {
	p := newProgram(t)
	folder := t.TempDir()
	for _, name := range []string{"one/a.txt", "two/b.txt"} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("Japan gave money in 2007."), 0o600); err != nil {
			t.Fatal(err)
		}
		p.ok("index", filepath.Dir(file))
	}
	makeOlder(t, p.data)
	if _, said, code := p.run("search", "Japan"); code != exitFailed || !strings.Contains(said, "another layout") || !strings.Contains(said, "--rebuild") {
		t.Errorf("search: exit %d: %s", code, said)
	}
	if said := p.ok("index", filepath.Join(folder, "one")); !strings.Contains(said, "added 2") || !strings.Contains(said, "another layout") {
		t.Errorf("index: %s", said)
	}
	if said := p.ok("search", "Japan"); !strings.Contains(said, "2 documents") {
		t.Errorf("search: %s", said)
	}
}
