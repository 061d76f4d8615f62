//go:build unix

package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// TestMergesAreNotedAtOnce: after a crash that follows a run, or a merge of a
// server, there is no file of which it is not known what is deleted.
func TestMergesAreNotedAtOnce(t *testing.T) {
	data, docs := ferries(t)
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, index, _ := s.state()
	unknown := func() []string {
		m, _, err := g.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		now, err := index.Deleted()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for name := range now {
			if _, noted := m.Deleted[name]; !noted {
				names = append(names, name)
			}
		}
		return names
	}
	for run := range 4 { // the third merges everything, since none of the files holds half of the records
		for i := range 100 {
			text := fmt.Appendf(nil, "More ferries\n\nFerry %d of run %d.", i, run)
			if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(run, "-", i, ".txt")), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); err != nil {
			t.Fatal(err)
		}
		if names := unknown(); len(names) > 0 {
			t.Errorf("after run %d nothing is known of %v", run, names)
		}
	}
	if err := g.NoteDeleted(nil); err != nil { // as if a merge had made all files
		t.Fatal(err)
	}
	s.noted = nil
	stop := s.followMerges(t.Context())
	defer stop()
	for began := time.Now(); len(unknown()) > 0; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > hanging {
			t.Fatalf("beside a server nothing is known of %v", unknown())
		}
	}
}

// TestMergesAreNotedAfterRebuild: the files of a new generation are named as
// those of the former, of which something was noted.
func TestMergesAreNotedAfterRebuild(t *testing.T) {
	data, _ := ferries(t)
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.noteMerges()
	g, index, taxonomy := s.state()
	fresh, empty, err := s.create(g.Taxonomy(), taxonomy)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(empty.Close(), fresh.SaveManifest(datadir.Manifest{ID: generationOf(index)})); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.generation = fresh
	s.mu.Unlock()
	s.noteMerges()
	m, _, err := fresh.Manifest()
	if now, e := index.Deleted(); err != nil || e != nil || len(m.Deleted) < len(now) {
		t.Errorf("deleted are %v, by the manifest %v; %v, %v", now, m.Deleted, err, e)
	}
}

// TestMergesAreNoted: what is deleted in files that a merge made after the run
// is in the manifest, and compared from then on.
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
