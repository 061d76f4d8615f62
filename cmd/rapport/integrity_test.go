//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport/indexer/datadir"
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

// TestVerifyAndBackupWhileReplaced: a rebuild that takes the place of what is
// verified or copied is neither damage nor an error.
func TestVerifyAndBackupWhileReplaced(t *testing.T) {
	data, docs := ferries(t)
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ended := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 6 && err == nil; i++ {
			_, err = s.Index(t.Context(), indexJob{Sources: []string{docs}, Rebuild: true}, nil)
		}
		ended <- err
	}()
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
		if check, err := s.Verify(t.Context(), true); err != nil || len(check.Damage) > 0 {
			t.Errorf("verify: %+v, %v", check.Damage, err)
		}
		var archive bytes.Buffer
		if err := s.Backup(t.Context(), &archive); err != nil {
			t.Errorf("backup: %v", err)
			continue
		}
		other, err := datadir.Open(filepath.Join(t.TempDir(), "restored"))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = other.Restore(t.Context(), &archive, nil)
		if err := errors.Join(err, other.Close()); err != nil {
			t.Errorf("restore: %v", err)
		}
		again, err := openStore(t.Context(), other.Path())
		if err != nil {
			t.Errorf("the backup: %v", err)
			continue
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestServerWithOtherLayoutSaysSo: an index of another version is not called
// damaged, by pages, by commands or by a server without sources.
func TestServerWithOtherLayoutSaysSo(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.data, _ = ferries(t)
	makeOlder(t, p.data)
	s := p.serve()
	if code, body := s.get("/readyz"); code != 503 || !strings.Contains(body, "another layout") {
		t.Errorf("/readyz: %d %s", code, body)
	}
	for _, path := range []string{"/", "/api/v1/search?q=ferry"} {
		if code, body := s.get(path); code != 503 || strings.Contains(body, "damaged") || !strings.Contains(body, "another version") || !strings.Contains(body, "index --rebuild") {
			t.Errorf("%s: %d %.300s", path, code, body)
		}
	}
	for _, verb := range []string{"search ferry", "verify", "backup -"} {
		if _, said, code := p.run(strings.Fields(verb)...); code != exitFailed || strings.Contains(said, "damaged") || !strings.Contains(said, "--rebuild") {
			t.Errorf("%s: exit %d: %s", verb, code, said)
		}
	}
	p.ok("index", "--rebuild")
	if code, _ := s.get("/search?q=ferry"); code != 200 || !s.ready() {
		t.Errorf("rebuilt, it answers %d", code)
	}
}

// makeOlder makes an index say that it was written in another layout.
func makeOlder(t *testing.T, data string) {
	t.Helper()
	file := filepath.Join(data, "generations", "0001", "index", "root.bolt")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	older := regexp.MustCompile(`schema[0-9]`).ReplaceAll(content, []byte("schema0"))
	if bytes.Equal(older, content) {
		t.Fatal("the index does not say which layout it has")
	}
	if err := os.WriteFile(file, older, 0o600); err != nil {
		t.Fatal(err)
	}
}
