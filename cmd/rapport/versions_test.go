//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/indexer/datadir/datadirtest"
)

// versions is a folder of documents in versions, as titles that name both.
type versions struct {
	folder string
	of     map[int]int // version by document
	dice   *rand.Rand
}

// newVersions makes a folder without documents.
func newVersions(t *testing.T) *versions {
	t.Helper()
	docs := &versions{folder: filepath.Join(t.TempDir(), "docs"), of: map[int]int{}, dice: datadirtest.Dice(t)}
	if err := os.Mkdir(docs.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return docs
}

// change gives some documents a new version, makes some and removes some.
func (v *versions) change(t *testing.T) {
	t.Helper()
	for range 1 + v.dice.IntN(12) {
		n := v.dice.IntN(60)
		path := filepath.Join(v.folder, fmt.Sprintf("%02d.txt", n))
		if _, there := v.of[n]; there && v.dice.IntN(6) == 0 {
			delete(v.of, n)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		v.of[n] = v.dice.IntN(1e9)
		text := v.title(n) + "\n\n" + strings.Repeat(fmt.Sprintf("In 2007 Japan sent word %d of %d.\n", n, v.of[n]), 1+v.dice.IntN(40))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (v *versions) title(n int) string { return fmt.Sprintf("Document %d version %d", n, v.of[n]) }

func (v *versions) titles() map[string]bool {
	titles := map[string]bool{}
	for n := range v.of {
		titles[v.title(n)] = true
	}
	return titles
}
