//go:build unix

package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/indexer/datadir"
	"rapport/search"
)

// TestOtherRecordsDeleted: which records are deleted is in a file that changes
// and has no checksum, so the manifest has one of it.
func TestOtherRecordsDeleted(t *testing.T) {
	data, _ := ferries(t)
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	g, index, _ := s.state()
	m, _, err := g.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	now, err := index.Deleted()
	if err != nil || len(now) == 0 {
		t.Fatal(now, err)
	}
	for name, sum := range now {
		if want, ok := m.Deleted[name]; ok && want != sum { // else a merge has made it since
			t.Errorf("%s: deleted are %s, by the manifest %s", name, sum, m.Deleted[name])
		}
	}
	// A merge, which can come at any moment, replaces files of which something
	// is said here; of the next ones it is said again.
	err = nil
	for range 20 {
		if now, err = index.Deleted(); err != nil {
			t.Fatal(err)
		}
		for name, sum := range now {
			m.Deleted[name] = strings.Repeat("0", len(sum))
		}
		if err = agreeOnDeleted(m, index); err != nil {
			break
		}
	}
	if !errors.Is(err, search.ErrDamaged) || !slices.ContainsFunc(slices.Collect(maps.Keys(now)), func(name string) bool { return strings.Contains(err.Error(), name) }) {
		t.Errorf("others are deleted: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestUnusedFilesAreNoDamage: a file that the manifest names and the index has
// merged into another since may be as it likes until it is removed.
func TestUnusedFilesAreNoDamage(t *testing.T) {
	data, _ := ferries(t)
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	g, _, _ := s.state()
	if err := s.Close(); err != nil { // so that no merge removes a file meanwhile
		t.Fatal(err)
	}
	m, _, err := g.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(g.Index(), "merged")
	if err := os.WriteFile(old, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{"merged"}
	segments, err := filepath.Glob(filepath.Join(g.Index(), "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal(segments, err)
	}
	for _, path := range segments {
		names = append(names, filepath.Base(path))
	}
	if err := g.SaveManifest(m, names...); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, []byte("as it is."), 0o600); err != nil {
		t.Fatal(err)
	}
	if check, err := datadir.Verify(t.Context(), data, true); err != nil || len(check.Damage) != 1 {
		t.Errorf("the directory alone: %+v, %v", check.Damage, err)
	}
	if s, err = openStore(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if check, err := s.Verify(t.Context(), true); err != nil || len(check.Damage) != 0 {
		t.Errorf("with the index: %+v, %v", check.Damage, err)
	}
}

// TestMergesAreNoted: what is deleted in files that a merge made after the run
// is in the manifest once a process has ended well, and compared from then on.
func TestMergesAreNoted(t *testing.T) {
	for range 20 {
		if othersAreDeleted(t) {
			return
		}
	}
	t.Error("an index of which other records are deleted than was noted was never refused")
}

// othersAreDeleted lets an index differ from what was noted of it, and reports
// whether it was refused. It may not be when a merge, which can come at any
// moment, has replaced every file of which something was noted.
func othersAreDeleted(t *testing.T) bool {
	t.Helper()
	data, _ := ferries(t)
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	g, index, _ := s.state()
	if err := g.NoteDeleted(nil); err != nil { // as if merges had made all files
		t.Fatal(err)
	}
	now, err := index.Deleted()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	m, _, err := g.Manifest()
	if err != nil || len(m.Deleted) == 0 || len(m.Files) == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	for name, sum := range m.Deleted {
		if want, ok := now[name]; ok && want != sum {
			t.Errorf("%s: %s was noted, and it is %s", name, sum, want)
		}
		m.Deleted[name] = strings.Repeat("0", len(sum))
	}
	if err := g.NoteDeleted(m.Deleted); err != nil {
		t.Fatal(err)
	}
	s, err = openStore(t.Context(), data)
	if err != nil {
		if !errors.Is(err, search.ErrDamaged) {
			t.Errorf("others are deleted: %v", err)
		}
		return true
	}
	_, index, _ = s.state()
	now, err = index.Deleted()
	if err != nil {
		t.Fatal(err)
	}
	for name := range now {
		if _, noted := m.Deleted[name]; noted {
			t.Errorf("others of %s are deleted than was noted, and it is used", name)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return false
}
