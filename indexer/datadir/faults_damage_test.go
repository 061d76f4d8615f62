//go:build unix

package datadir

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/corpus"
)

// TestDamageIsNamed flips or cuts every file and looks at what Verify says.
func TestDamageIsNamed(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("x")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"current", "ledger.json", "generations/0001/manifest.json", "generations/0001/index/segment", "generations/0001/taxonomy/partners.yaml"} {
		file := filepath.Join(path, name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flipped := bytes.Clone(whole)
		flipped[0] ^= 0x55
		for what, content := range map[string][]byte{"flipped": flipped, "cut": whole[:len(whole)/2], "empty": {}, "missing": nil} {
			if content == nil {
				err = os.Remove(file)
			} else {
				err = os.WriteFile(file, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			check, err := Verify(t.Context(), path, true)
			damaged := err != nil || check.Err() != nil
			// No pointer: the newest generation counts. No ledger: no run yet. No
			// segment: merged into another, or the engine says so.
			harmless := what == "missing" && (name == "ledger.json" || name == "current" || strings.Contains(name, "/index/"))
			if damaged == harmless {
				t.Errorf("%s %s: damaged %v", name, what, damaged)
			}
			if damaged && (!errors.Is(check.Err(), ErrDamaged) || !strings.Contains(check.Err().Error(), name)) {
				t.Errorf("%s %s: %v", name, what, check.Err())
			}
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if check, err := Verify(t.Context(), path, true); err != nil || check.Err() != nil {
		t.Errorf("put right again: %v, %v", check.Err(), err)
	}
}

// TestDamagedBackupIsRefused flips every so many bytes of a backup, and cuts it.
func TestDamagedBackupIsRefused(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("ledger"), d.AddReport(corpus.Report{Added: 7})); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if _, err := d.Backup(t.Context(), &archive, g, copyOf(g)); err != nil {
		t.Fatal(err)
	}
	other := open(t, filepath.Join(t.TempDir(), "other"))
	whole := archive.Bytes()
	for at := 0; at < len(whole); at += 499 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		_, _, err := other.Restore(t.Context(), bytes.NewReader(damaged), nil)
		if err == nil && !sameContent(t, other, g) {
			t.Fatalf("byte %d flipped: restored, and not the same", at)
		}
		if _, _, err := other.Restore(t.Context(), io.LimitReader(bytes.NewReader(whole), int64(at)), nil); err == nil && !sameContent(t, other, g) {
			t.Fatalf("cut at %d of %d: restored, and not the same", at, len(whole))
		}
	}
	refused := errors.New("it does not open")
	before, had, _ := other.Current()
	if _, _, err := other.Restore(t.Context(), bytes.NewReader(whole), func(Generation) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if now, ok, err := other.Current(); err != nil || ok != had || now != before {
		t.Errorf("a refused backup was put in place: %v, %v", now, err)
	}
	info, restored, err := other.Restore(t.Context(), bytes.NewReader(whole), nil)
	if err != nil || info.Manifest.ID != g.Name || !sameContent(t, other, g) {
		t.Fatalf("%+v, %v, %v", info, restored, err)
	}
	var ledger string
	if _, err := other.LoadLedger(&ledger); err != nil || ledger != "ledger" {
		t.Errorf("ledger %q, %v", ledger, err)
	}
	if reports, err := other.Reports(1); err != nil || len(reports) != 1 || reports[0].Added != 7 {
		t.Errorf("reports %v, %v", reports, err)
	}
}

// sameContent reports whether the directory's current generation is as the
// other one.
func sameContent(t *testing.T, d *Dir, g Generation) bool {
	t.Helper()
	now, ok, err := d.Current()
	if err != nil || !ok {
		t.Fatal(err)
	}
	for _, name := range []string{"index/segment", "taxonomy/partners.yaml"} {
		a, err1 := os.ReadFile(now.file(name))
		b, err2 := os.ReadFile(g.file(name))
		if err1 != nil || err2 != nil || !bytes.Equal(a, b) {
			return false
		}
	}
	check, err := Verify(t.Context(), d.Path(), true)
	return err == nil && check.Err() == nil
}
