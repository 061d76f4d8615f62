//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rapport/indexer"
)

// server is a running rapport serve.
type server struct {
	*testing.T
	url  string
	pid  int
	said *lockedBuffer
}

// lockedBuffer is what a process says, to be read while it runs.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

var answersAt = regexp.MustCompile(`rapport answers at (http://[^\s"]+)`)

// serve starts a server that ends, well, with the test. Its own limits of time
// are as patient as the test is.
func (p *program) serve(args ...string) *server {
	p.Helper()
	cmd, _ := p.command(p.Context(), append([]string{"serve", "--addr", "127.0.0.1:0", "--timeout", hanging.String(), "--queue", hanging.String()}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	s := &server{T: p.T, said: &lockedBuffer{}}
	cmd.Stderr = s.said
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	s.pid = cmd.Process.Pid
	p.Cleanup(func() {
		if _ = cmd.Wait(); !cmd.ProcessState.Success() || strings.Contains(s.said.String(), "goroutine ") {
			p.Errorf("the server ended with %s:\n%s", cmd.ProcessState, s.said)
		}
	})
	s.until("the server answers", func() bool {
		found := answersAt.FindStringSubmatch(s.said.String())
		if found != nil {
			s.url = found[1]
		}
		return found != nil
	})
	return s
}

// until waits for something that must come.
func (s *server) until(what string, ok func() bool) {
	s.Helper()
	for began := time.Now(); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > hanging {
			s.Fatalf("waiting in vain until %s:\n%s", what, s.said)
		}
	}
}

// get returns the status and the body of a page.
func (s *server) get(path string) (int, string) {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), http.MethodGet, s.url+path, http.NoBody)
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func (s *server) ready() bool { code, _ := s.get("/readyz"); return code == http.StatusOK }

// TestServerWithDamagedIndexSaysSo: damage that is found before the start, and
// damage that only the checksums show, in the background. Both are mended
// through the server.
func TestServerWithDamagedIndexSaysSo(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := t.TempDir()
	for i := range 30 {
		text := fmt.Sprintf("A ferry crosses the river number %d.\n%s", i, strings.Repeat("Water flows and flows. ", 50))
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	whole := p.data
	p.ok("index", docs)
	for _, at := range []string{"manifest.json", "index/*.zap"} {
		p.data = filepath.Join(t.TempDir(), "data")
		if err := os.CopyFS(p.data, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(p.data, "generations", "*", at))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		data, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/3] ^= 0x55
		if err := os.WriteFile(files[0], data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := p.serve()
		s.until("the damage is found", func() bool { return !s.ready() })
		if code, _ := s.get("/healthz"); code != http.StatusOK {
			t.Errorf("%s: the process says of itself %d", at, code)
		}
		for _, path := range []string{"/", "/search?q=ferry", "/report", "/matrix", "/api/v1/search?q=ferry"} {
			if code, body := s.get(path); code != http.StatusServiceUnavailable || !strings.Contains(body, "rapport index --rebuild") {
				t.Errorf("%s: %s answers %d: %.300s", at, path, code, body)
			}
		}
		if out, _, code := p.run("verify"); code != exitNothing {
			t.Errorf("%s: verify ends with %d: %s", at, code, out)
		}
		p.ok("index", "--rebuild")
		if code, body := s.get("/search?q=ferry"); !s.ready() || code != http.StatusOK || !strings.Contains(body, "30") {
			t.Errorf("%s: mended, it answers %d: %.300s", at, code, body)
		}
		p.ok("verify")
	}
}

// TestIndexingProcessAnswersOthers: a process that indexes without a server
// answers questions of others, and tells those who want to change the index.
func TestIndexingProcessAnswersOthers(t *testing.T) {
	defer noneLeft(t, goleak.IgnoreCurrent())
	p := newProgram(t)
	docs := t.TempDir()
	if err := os.WriteFile(filepath.Join(docs, "a.txt"), []byte("A ferry crosses the river."), 0o600); err != nil {
		t.Fatal(err)
	}
	p.ok("index", docs)
	o, err := claim(t.Context(), &globals{Data: p.data}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := o.(*store)
	s.running.Lock() // as a run does
	if out := p.ok("search", "ferry"); !strings.Contains(out, "1 document") {
		t.Errorf("a search beside it: %s", out)
	}
	p.ok("backup", filepath.Join(t.TempDir(), "b.tar"))
	if _, said, code := p.run("index", docs); code != exitFailed || !strings.Contains(said, "a run of the indexer is under way") {
		t.Errorf("another run: exit %d: %s", code, said)
	}
	s.running.Unlock()
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	p.ok("search", "ferry")
}

// TestClosingEndsARun: an owner that ends does not wait until a run is done.
// What was applied stays, and the next run goes on.
func TestClosingEndsARun(t *testing.T) {
	defer noneLeft(t, goleak.IgnoreCurrent())
	docs := t.TempDir()
	for i := range 3000 {
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), fmt.Appendf(nil, "A ferry crosses the river number %d.", i), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(t.TempDir(), "data")
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	under := make(chan struct{})
	var once sync.Once
	ended := make(chan error, 1)
	go func() {
		_, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, func(p progress) {
			if p.Done > 0 {
				once.Do(func() { close(under) })
				<-s.ending.Done() // however long that takes on a busy machine
			}
		})
		ended <- err
	}()
	<-under
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, indexer.ErrInterrupted) {
		t.Errorf("the run ended with %v", err)
	}
	if s, err = takeStore(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil)
	if err != nil || r.Added+r.Unchanged != 3000 {
		t.Errorf("the next run added %d, unchanged %d, %v", r.Added, r.Unchanged, err)
	}
	t.Logf("%d of 3000 documents were applied", r.Unchanged)
}
