package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A rebuild that is interrupted leaves nothing behind, and says no other:
// neither its error nor its report tells of a state that never was.
func TestInterruptedRebuildSaysThatNothingWasKept(t *testing.T) {
	docs := t.TempDir()
	for i := range 40 {
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), fmt.Appendf(nil, "Word %d\n\nIn 2007 Japan sent word %d.\n", i, i), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := takeStore(t.Context(), filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	first, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	begins := func(progress) bool { return true }
	ends := func(p progress) bool { return p.Done == 40 } // when only the whole is left to be verified, or a little before
	for name, run := range map[string]struct {
		job  indexJob
		when func(progress) bool
	}{
		"rebuild":         {indexJob{Sources: []string{docs}, Rebuild: true}, begins},
		"rebuild, at end": {indexJob{Sources: []string{docs}, Rebuild: true}, ends},
		"dry run":         {indexJob{Sources: []string{docs}, Rebuild: true, DryRun: true}, begins},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		if run.job.DryRun {
			cancel() // it says nothing before it begins
		}
		_, err = s.Index(ctx, run.job, func(p progress) {
			if run.when(p) {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, errNothingKept) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	reports, err := s.reports(t.Context(), 10)
	if err != nil || len(reports) != 3 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	last := reports[0]
	if last.Generation.Before != first.Generation.After || last.Generation.After != first.Generation.After || last.Added+last.Changed+last.Removed+last.Unchanged+len(last.Moved) > 0 {
		t.Errorf("the report tells of %+v", last)
	}
	if len(last.Warnings) == 0 || !strings.Contains(last.Warnings[0], "nothing of this run was kept") {
		t.Errorf("the report has the warnings %q", last.Warnings)
	}
	if status, err := s.status(t.Context()); err != nil || status.Generation != first.Generation.After || status.Documents != 40 {
		t.Errorf("the index is %+v, %v", status, err)
	}
}

// A process that rebuilds and ends leaves one generation on the disk.
func TestRebuildLeavesOneGeneration(t *testing.T) {
	docs, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(filepath.Join(docs, "a.txt"), []byte("Words\n\nIn 2007 Japan sent words.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, rebuild := range []bool{false, true, true} {
		s, err := takeStore(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Index(t.Context(), indexJob{Sources: []string{docs}, Rebuild: rebuild}, nil)
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(filepath.Join(data, "generations"))
		if err != nil || len(left) != 1 {
			t.Errorf("left are %v, %v", left, err)
		}
	}
}
