//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
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
