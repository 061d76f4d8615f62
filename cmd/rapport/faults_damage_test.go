//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/indexer/datadir"
	"rapport/indexer/datadir/datadirtest"
)

// TestDamagedFilesAreNamedAndMended flips, cuts, empties and removes every
// kind of file of a data directory. Either all is answered as before, or the
// damage is told; nothing crashes or hangs, and a rebuild mends it.
func TestDamagedFilesAreNamedAndMended(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := newVersions(t)
	for range 3 {
		docs.change(t)
		p.ok("index", "--force", docs.folder)
	}
	whole := p.data
	kinds := filesByKind(t, whole)
	ways := []string{"flipped", "cut", "empty", "missing"}
	tries := max(1, datadirtest.Faults(0)/len(kinds))
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for range tries {
			name, how := kinds[kind][docs.dice.IntN(len(kinds[kind]))], ways[docs.dice.IntN(len(ways))]
			p.data = filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(p.data, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			damage(t, docs.dice, filepath.Join(p.data, name), how)
			p.livesWith(docs, name+" "+how)
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d faults in %d kinds of files; the slowest command took %s", tries*len(kinds), len(kinds), p.slowest)
}

// livesWith asks a damaged directory, and mends it.
func (p *program) livesWith(docs *versions, what string) {
	p.Helper()
	out, said, code := p.run("search", "--json", "--limit", "100", "version")
	if code == exitFailed {
		if !isTold(said) {
			p.Errorf("%s: search fails with %q", what, said)
		}
	} else if now := p.titlesIn(out); !maps.Equal(now, docs.titles()) {
		p.Errorf("%s: search finds %d documents, and there are %d", what, len(now), len(docs.of))
	}
	verified, said, code := p.run("verify")
	if code == exitNothing && !strings.Contains(verified, ":") || code == exitFailed && !isTold(said) {
		p.Errorf("%s: verify says %q, %q", what, verified, said)
	}
	if code == exitNothing && !strings.HasPrefix(verified, "reports.jsonl:") { // a run in place would mix with the damage, or hide it
		if _, said, code := p.run("index", docs.folder, "--force"); code != exitFailed || !strings.Contains(said, "damaged") {
			p.Errorf("%s: a run in place ends with %d: %s", what, code, said)
		}
	}
	if _, said, code := p.run("index", docs.folder, "--rebuild", "--force"); strings.Contains(said, datadir.ErrFormat.Error()) {
		return // flipped into another version, which is refused for good reason
	} else if code != exitOK {
		p.Errorf("%s: a rebuild ends with %d: %s", what, code, said)
		return
	}
	p.ok("verify")
	if now := p.titles(); len(now) != len(docs.of) {
		p.Errorf("%s: mended, it has %d documents, want %d", what, len(now), len(docs.of))
	}
}

// isTold reports whether a message says that something is damaged, or of another
// version, as a flipped byte can make it.
func isTold(said string) bool {
	return strings.Contains(said, "damaged") || strings.Contains(said, "there is no index") || strings.Contains(said, "has another layout")
}

// filesByKind returns the files of a data directory by the pattern of their
// names.
func filesByKind(t *testing.T, dir string) map[string][]string {
	t.Helper()
	kinds := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		kind := name
		if ext := filepath.Ext(name); ext == ".zap" || ext == ".yaml" {
			kind = ext
		}
		kinds[kind] = append(kinds[kind], name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(kinds) < 8 {
		t.Fatalf("the data directory has files of %d kinds: %v", len(kinds), kinds)
	}
	return kinds
}

// damage does something to a file that nobody should.
func damage(t *testing.T, dice *rand.Rand, path, how string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch how {
	case "flipped":
		data = bytes.Clone(data)
		for range 1 + dice.IntN(8) {
			if len(data) > 0 {
				data[dice.IntN(len(data))] ^= byte(1 + dice.IntN(255))
			}
		}
	case "cut":
		data = data[:dice.IntN(len(data)+1)]
	case "empty":
		data = nil
	case "missing":
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestNewerDirectoryIsRefused: neither a rebuild nor anything else touches a
// directory of a newer program.
func TestNewerDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := t.TempDir()
	if err := os.WriteFile(filepath.Join(docs, "a.txt"), []byte("A ferry crosses the river."), 0o600); err != nil {
		t.Fatal(err)
	}
	p.ok("index", docs)
	newer := fmt.Sprintf("rapport data directory %d\n", datadir.Format+1)
	if err := os.WriteFile(filepath.Join(p.data, "FORMAT"), []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status"}, {"index", docs}, {"index", docs, "--rebuild"}, {"verify"}, {"serve", "--addr", "127.0.0.1:0"}} {
		if _, said, code := p.run(args...); code != exitFailed || !strings.Contains(said, "use a newer program") {
			t.Errorf("%v: exit %d: %s", args, code, said)
		}
	}
}
