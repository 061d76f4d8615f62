package datadir

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rapport/corpus"
)

func open(t *testing.T, path string) *Dir {
	t.Helper()
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestGenerationsAreCommittedOrGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	d := open(t, path)
	if Exists(path) {
		t.Error("a directory without a generation counts as data")
	}
	first, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.SaveTaxonomy(fstest.MapFS{"partners.yaml": {Data: []byte("title: x\n")}}); err != nil {
		t.Fatal(err)
	}
	want := Manifest{ID: "abc", Documents: 3, Sources: []string{"docs"}, Indexed: time.Unix(1, 0).UTC()}
	if err := errors.Join(first.SaveManifest(want), d.Commit(first)); err != nil {
		t.Fatal(err)
	}
	left, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if left.Name == first.Name {
		t.Fatal("two generations of one name")
	}
	d.Close()

	d = open(t, path) // as after a crash during a rebuild
	current, ok, err := d.Current()
	if err != nil || !ok || current.Name != first.Name {
		t.Fatalf("current generation is %q, %v, %v", current.Name, ok, err)
	}
	if m, ok, err := current.Manifest(); err != nil || !ok || m.ID != want.ID || m.Documents != 3 || !m.Indexed.Equal(want.Indexed) {
		t.Errorf("manifest %+v, %v, %v", m, ok, err)
	}
	if data, err := os.ReadFile(filepath.Join(path, "generations", first.Name, "taxonomy", "partners.yaml")); err != nil || string(data) != "title: x\n" {
		t.Errorf("taxonomy %q, %v", data, err)
	}
	if _, err := os.Stat(filepath.Join(path, "generations", left.Name)); !os.IsNotExist(err) {
		t.Error("a generation that was not committed is still there")
	}
	if err := d.Remove(current); err == nil {
		t.Error("the current generation was removed")
	}
}

func TestOneOwner(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	if _, err := Open(path); !errors.Is(err, ErrLocked) {
		t.Fatalf("second owner: %v", err)
	}
	d.Close()
	open(t, path)
}

func TestOtherFoldersAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		file, content string
		want          error
		text          string
	}{
		"somebody's folder": {"letter.txt", "x", ErrForeign, `it holds "letter.txt"`},
		"newer":             {"FORMAT", "rapport data directory 99\n", ErrFormat, "use a newer program"},
		"older":             {"FORMAT", "rapport data directory 0\n", ErrFormat, "index into a new directory"},
		"not ours":          {"FORMAT", "hello", ErrDamaged, "restore a backup"},
		"empty":             {"FORMAT", "", ErrDamaged, "restore a backup"},
	} {
		path := t.TempDir()
		if err := os.WriteFile(filepath.Join(path, c.file), []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamagedPointerAndFiles(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	for _, content := range []string{"", "../..", "0042"} {
		if err := os.WriteFile(filepath.Join(path, "current"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Current(); !errors.Is(err, ErrDamaged) {
			t.Errorf("pointer %q: %v", content, err)
		}
	}
	if err := os.WriteFile(filepath.Join(path, "ledger.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	var v map[string]int
	if _, err := d.LoadLedger(&v); !errors.Is(err, ErrDamaged) {
		t.Errorf("ledger: %v", err)
	}
	if err := d.SaveLedger(map[string]int{"a": 1}); err != nil {
		t.Fatal(err)
	}
	if ok, err := d.LoadLedger(&v); err != nil || !ok || v["a"] != 1 {
		t.Errorf("ledger: %v, %v, %v", v, ok, err)
	}
}

// A file that a merge has made since the manifest was written is counted once it
// is named, and one of the manifest is not counted twice.
func TestVerifyCountsFilesThatMergesMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(g.Index(), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(g.Index(), name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("kept.zap", "four")
	if err := errors.Join(g.SaveManifest(Manifest{ID: "abc"}, "kept.zap"), d.Commit(g)); err != nil {
		t.Fatal(err)
	}
	write("merged.zap", "seven..")
	check, err := Verify(t.Context(), path, true)
	if err != nil {
		t.Fatal(err)
	}
	before := check
	check.CountMerged(g, []string{"kept.zap", "merged.zap", "removed.zap"})
	if check.Files != before.Files+1 || check.Bytes != before.Bytes+7 {
		t.Errorf("%d files of %d bytes became %d of %d", before.Files, before.Bytes, check.Files, check.Bytes)
	}
}

func TestReportsNewestFirstAndBounded(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	long := []string{strings.Repeat("x", 1<<20)}
	for i := range 30 {
		if err := d.AddReport(corpus.Report{Added: i, Warnings: long}); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(path, "reports.jsonl")
	if info, err := os.Stat(file); err != nil || info.Size() > maxLog+2<<20 {
		t.Errorf("the log has %d bytes, %v", info.Size(), err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"added":9`) // a crash in the middle of a line
	f.Close()
	if err := d.AddReport(corpus.Report{Added: 30}); err != nil {
		t.Fatal(err)
	}
	reports, err := d.Reports(3)
	if err != nil || len(reports) != 3 || reports[0].Added != 30 || reports[1].Added != 29 {
		t.Errorf("%d reports, %v", len(reports), err)
	}
}

func TestSocketAddressIsShortEnough(t *testing.T) {
	if s := Socket("/data"); s != "/data/control.sock" {
		t.Error(s)
	}
	if s := Socket("/" + strings.Repeat("x", 200)); len(s) >= maxSocket {
		t.Errorf("%d bytes", len(s))
	}
}
