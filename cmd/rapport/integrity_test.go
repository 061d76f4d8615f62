//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/search"
)

// ferries indexes some documents, one of them in two versions, and returns the
// data directory and the folder of the documents. The engine may still have to
// merge what two runs wrote.
func ferries(t *testing.T) (data, docs string) {
	t.Helper()
	data, docs = filepath.Join(t.TempDir(), "data"), t.TempDir()
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for version := range 2 {
		for i := range 20 - 19*version {
			text := fmt.Sprintf("Ferry %d in version %d\n\nA ferry crosses the river.", i, version)
			if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return data, docs
}

// TestNoAnswerFromDamagedFiles: a process that answers once and ends refuses an
// index of which any byte of a file is wrong, wherever that is.
func TestNoAnswerFromDamagedFiles(t *testing.T) {
	whole, _ := ferries(t)
	var files []string
	for _, pattern := range []string{"index/*.zap", "taxonomy/*.yaml"} {
		found, err := filepath.Glob(filepath.Join(whole, "generations", "*", pattern))
		if err != nil || len(found) == 0 {
			t.Fatal(found, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		name, err := filepath.Rel(whole, file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 12 {
			data := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(data, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(filepath.Join(data, name))
			if err != nil {
				t.Fatal(err)
			}
			at := (len(content) - 1) * i / 11
			content[at] ^= 1 << (i % 8)
			if err := os.WriteFile(filepath.Join(data, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
			if !refuses(t, data, filepath.Base(name)) {
				t.Errorf("%s: byte %d of %d is wrong, and it answers", name, at, len(content))
			}
		}
	}
	if s, err := openStore(t.Context(), whole); err != nil {
		t.Errorf("whole, it says %v", err)
	} else if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// refuses reports whether a data directory is refused as damaged, or does not
// need the file: a segment that was merged into another may still be there.
func refuses(t *testing.T, data, file string) bool {
	t.Helper()
	s, err := openStore(t.Context(), data)
	if err != nil {
		if !errors.Is(err, search.ErrDamaged) {
			t.Errorf("%s is damaged: %v", file, err)
		}
		return true
	}
	defer s.Close()
	_, index, _ := s.state()
	used, err := index.Files()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Ext(file) == ".zap" && !slices.Contains(used, file)
}

// TestDamagedReportsAreNamed: verify names lines of the report log that cannot
// be read, the index answers all the same, and the next run says that it drops
// them.
func TestDamagedReportsAreNamed(t *testing.T) {
	data, docs := ferries(t)
	file := filepath.Join(data, "reports.jsonl")
	log, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	log[0] ^= 1
	log = append(log, `{"added":7`...) // cut off by a crash, which is no damage
	if err := os.WriteFile(file, log, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check, err := s.Verify(t.Context(), true)
	if err != nil || len(check.Damage) != 1 || !strings.HasPrefix(check.Damage[0].What, "line 1 cannot be read") {
		t.Errorf("found %+v, %v", check.Damage, err)
	}
	if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); err != nil {
		t.Fatal(err)
	}
	reports, err := s.dir.Reports(10)
	if err != nil || len(reports) != 2 || len(reports[0].Warnings) == 0 || !strings.Contains(reports[0].Warnings[len(reports[0].Warnings)-1], "1 reports of former runs") {
		t.Errorf("reports %+v, %v", reports, err)
	}
	if check, err = s.Verify(t.Context(), true); err != nil || len(check.Damage) != 0 {
		t.Errorf("found %+v, %v", check.Damage, err)
	}
}
