//go:build unix

package main

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rapport/corpus"
)

// gated is a folder of which files "*.slow" are read once a gate is open.
type gated struct {
	*program
	docs, config, gate string
}

func newGated(t *testing.T, files map[string]string) *gated {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no shell")
	}
	folder := t.TempDir()
	g := &gated{newProgram(t), filepath.Join(folder, "docs"), filepath.Join(folder, "rapport.yaml"), filepath.Join(folder, "gate")}
	g.write(g.config, "converters: {.slow: {command: [sh, -c, 'while ! test -e "+g.gate+"; do sleep 0.05; done; echo A slow ferry']}}\n")
	for name, text := range files {
		g.write(filepath.Join(g.docs, name), text)
	}
	return g
}

func (g *gated) write(name, text string) {
	g.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		g.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		g.Fatal(err)
	}
}

// slow is the content of a file that only the converter reads.
const slow = "\x00\x01binary"

// start starts a server and waits until it is there, not until it answers.
func (g *gated) start(args ...string) (*server, *exec.Cmd) {
	g.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free
	if err != nil {
		g.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		g.Fatal(err)
	}
	cmd, _ := g.command(g.Context(), append([]string{"serve", "--addr", addr, "--config", g.config}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	s := &server{T: g.T, url: "http://" + addr, said: &lockedBuffer{}}
	cmd.Stderr = s.said
	if err := cmd.Start(); err != nil {
		g.Fatal(err)
	}
	g.Cleanup(func() {
		_ = cmd.Wait()
		if ended, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ended.Signaled() && ended.Signal() == syscall.SIGKILL {
			return // by the test
		}
		if !cmd.ProcessState.Success() {
			g.Errorf("the server ended with %s:\n%s", cmd.ProcessState, s.said)
		}
	})
	s.until("the server is there", func() bool {
		text := s.said.String()
		return strings.Contains(text, "rapport listens at") || strings.Contains(text, "rapport answers at")
	})
	return s, cmd
}

// says checks what a page answers.
func (s *server) says(path string, code int, texts ...string) {
	s.Helper()
	got, body := s.get(path)
	if got != code {
		s.Errorf("%s: %d, want %d: %.300s", path, got, code, body)
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			s.Errorf("%s does not say %q: %.600s", path, text, body)
		}
	}
}

// A server that is started again answers from the index that it has at once, as
// do commands through it, while the sources are read; it ends well meanwhile, and
// in the end it has read them.
func TestServerAnswersAtOnceWhenStartedAgain(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	g.ok("index", g.docs, "--config", g.config)
	g.write(filepath.Join(g.docs, "b.slow"), slow)
	for _, end := range []bool{true, false} {
		s, cmd := g.start(g.docs)
		if !s.ready() || !strings.Contains(s.said.String(), "rapport answers at") {
			t.Errorf("it is not ready: %s", s.said)
		}
		s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":1,`)
		s.says("/search?q=ferry", http.StatusOK, "1 document", "The sources are being read")
		s.until("the files are counted", func() bool { _, body := s.get("/api/v1/status"); return strings.Contains(body, `"total":2}`) })
		s.says("/api/v1/status", http.StatusOK, `"reading":{"incomplete":false,"done":1,"seen":2,"total":2}`)
		if out := g.ok("search", "ferry"); !strings.Contains(out, "1 document,") {
			t.Errorf("a search through it: %s", out)
		}
		if out := g.ok("status"); !strings.Contains(out, "reading     1 of 2 files") {
			t.Errorf("status: %s", out)
		}
		if _, said, code := g.run("index", g.docs); code != exitFailed || !strings.Contains(said, "a run of the indexer is under way") {
			t.Errorf("another run: exit %d: %s", code, said)
		}
		if end {
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("told to end, it ended with %v:\n%s", err, s.said)
			}
			continue
		}
		g.write(g.gate, "")
		s.until("the run has ended", func() bool { return strings.Contains(s.said.String(), "indexed the sources") })
		s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":2,`)
		if _, body := s.get("/api/v1/status"); strings.Contains(body, "reading") || strings.Contains(body, "failed") {
			t.Errorf("afterwards the status is %s", body)
		}
	}
}

// While the sources are read for the first time nothing says that there is
// nothing: first there is no answer, then what there is with a mark on it.
func TestFirstRunShowsWhatItHas(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river.", "b.slow": slow})
	s, _ := g.start(g.docs, "--watch")
	s.until("a document is there", func() bool { code, _ := s.get("/api/v1/search?q=ferry"); return code == http.StatusOK })
	const remark = "The sources are being read: 1 of 2 files. What has not been read yet is missing here."
	s.says("/search?q=ferry", http.StatusOK, "1 document", remark)
	s.says("/search?q=raft", http.StatusOK, "Nothing found", remark)
	s.says("/", http.StatusOK, remark)
	for _, path := range []string{"/api/v1/search?q=raft", "/api/v1/facts", "/api/v1/matrix", "/api/v1/facets/year", "/api/v1/status"} {
		s.says(path, http.StatusOK, `"reading":{"incomplete":true,"done":1,"seen":2,"total":2}`)
	}
	s.says("/api/v1/search?q=raft", http.StatusOK, `+","total":0`)
	for _, path := range []string{"/readyz", "/search.csv?q=ferry", "/matrix.csv", "/search.atom?q=ferry"} {
		s.says(path, http.StatusServiceUnavailable, "The sources are being read", "1 of 2 files")
	}
	s.says("/metrics", http.StatusOK, "rapport_ready 0")
	if out, said, code := g.run("search", "raft"); code != exitNothing || !strings.Contains(said, "1 of 2 files. What has not been read yet is missing here") {
		t.Errorf("search: exit %d: %s%s", code, out, said)
	}
	if out := g.ok("status"); strings.Contains(out, "last run") || !strings.Contains(out, "sources     docs") {
		t.Errorf("before a run has ended, the status says\n%s", out)
	}
	g.write(filepath.Join(g.docs, "c.txt"), "A raft drifts.") // behind the run's back
	g.write(g.gate, "")
	s.until("the server is ready", s.ready)
	s.says("/search.csv?q=ferry", http.StatusOK, "a.txt", "b.slow")
	s.until("what came meanwhile is there", func() bool { _, body := s.get("/api/v1/search?q=raft"); return strings.Contains(body, `"total":1,`) })
}

// A server whose index can answer does so while one of its sources is away, says
// so, and reads the others.
func TestServerAnswersWhileASourceIsAway(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	more := filepath.Join(filepath.Dir(g.docs), "more")
	g.write(filepath.Join(more, "b.txt"), "A raft drifts.")
	g.ok("index", g.docs, more)
	g.write(filepath.Join(more, "c.txt"), "Another raft drifts.")
	for _, how := range []string{"gone", "empty"} {
		if err := os.Rename(g.docs, g.docs+".away"); err != nil {
			t.Fatal(err)
		}
		if how == "empty" {
			if err := os.Mkdir(g.docs, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		s, cmd := g.start(g.docs, more)
		s.until("the run has ended", func() bool { return strings.Contains(s.said.String(), "not read as they should be") })
		if !s.ready() {
			t.Errorf("%s: it is not ready", how)
		}
		s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":1,`)
		s.says("/api/v1/search?q=raft", http.StatusOK, `"total":2,`)
		s.says("/", http.StatusOK, "The last run left something undone")
		s.says("/report", http.StatusOK, "The last run left something undone: <bdi>source docs", "check that the disk is mounted")
		s.says("/metrics", http.StatusOK, "rapport_last_run_failed 1")
		for _, verb := range []string{"status", "report"} {
			if out := g.ok(verb); !strings.Contains(out, "undone") || !strings.Contains(out, "source docs") || strings.Contains(out, g.docs) {
				t.Errorf("%s: %s says %s", how, verb, out)
			}
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // see start
		_ = os.Remove(g.docs)
		if err := os.Rename(g.docs+".away", g.docs); err != nil {
			t.Fatal(err)
		}
	}
	g.ok("index", g.docs)
	if out := g.ok("status"); strings.Contains(out, "undone") {
		t.Errorf("mended, the status says %s", out)
	}
}

// An index of another layout is made anew while the server says so.
func TestServerMakesAnOutdatedIndexAnew(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	g.ok("index", g.docs, "--config", g.config)
	makeOlder(t, g.data)
	g.write(filepath.Join(g.docs, "b.slow"), slow)
	s, _ := g.start(g.docs)
	s.until("the files are counted", func() bool { _, body := s.get("/readyz"); return strings.Contains(body, "1 of 2 files") })
	for _, path := range []string{"/readyz", "/", "/search?q=ferry", "/api/v1/search?q=ferry", "/api/v1/status"} {
		s.says(path, http.StatusServiceUnavailable, "being read", "1 of 2 files")
	}
	g.write(g.gate, "")
	s.until("the server is ready", s.ready)
	s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":2,`)
}

// A first run that fails ends the server with what went wrong: one that serves
// nothing is not left running.
func TestFailedFirstRunEndsTheServer(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river.", "taxonomy/partners.yaml": "x: ["})
	for args, want := range map[string]string{
		g.docs + "none": "none cannot be indexed",
		g.docs + " --taxonomy " + g.docs + "/taxonomy":    "the taxonomy has errors",
		g.docs + " --facts " + g.docs + "/none.facts.csv": "none.facts.csv",
	} {
		_, said, code := g.run(append([]string{"serve", "--addr", "127.0.0.1:0"}, strings.Fields(args)...)...)
		if last := said[bytes.LastIndexByte([]byte(strings.TrimSpace(said)), '}')+1:]; code != exitFailed || !strings.Contains(last, "rapport: ") || !strings.Contains(said, want) {
			t.Errorf("%s: exit %d: %s", args, code, said)
		}
		if _, err := os.Stat(g.data); err == nil {
			t.Errorf("%s: a data directory was left", args)
		}
	}
	g.ok("index", g.docs)
	for args, want := range map[string]string{ // which no run could do
		g.docs + "none": "none cannot be indexed",
		g.docs + " --taxonomy " + g.docs + "/taxonomy": "the taxonomy has errors",
	} {
		if _, said, code := g.run(append([]string{"serve", "--addr", "127.0.0.1:0"}, strings.Fields(args)...)...); code != exitFailed || !strings.Contains(said, want) {
			t.Errorf("beside an index, %s: exit %d: %s", args, code, said)
		}
	}
}

// A file that has become a pipe since it was indexed, at whose other end nobody
// is, holds up neither pages nor downloads nor runs.
func TestPipeInPlaceOfAFileHoldsUpNobody(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	facts := filepath.Join(filepath.Dir(g.docs), "more.facts.jsonl")
	g.write(facts, "{}\n")
	g.run("index", g.docs, "--facts", facts)
	s := g.serve()
	id := string(corpus.NewID("docs", "a.txt"))
	s.says("/documents/"+id, http.StatusOK, "Download original")
	for _, name := range []string{filepath.Join(g.docs, "a.txt"), facts} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.says("/documents/"+id, http.StatusOK, "A ferry crosses the river.")
	s.says("/api/v1/documents/"+id+"/original", http.StatusNotFound)
	g.run("index", g.docs, "--facts", facts)
	s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":1,`)
}

// A server whose data directory is moved away answers from what it has open, says
// what it cannot do, and goes on when it is back.
func TestDataDirectoryThatIsMovedWhileServing(t *testing.T) {
	t.Parallel()
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	g.ok("index", g.docs)
	s := g.serve()
	own := g.data
	for _, moved := range []bool{true, false} {
		from, to := own, own+".moved"
		if !moved {
			from, to = to, from
		}
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
		g.data = to
		g.write(filepath.Join(g.docs, "b.txt"), "A raft drifts.")
		out, said, code := g.run("index", g.docs)
		s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":1,`)
		if moved {
			if code != exitFailed || !strings.Contains(said, "the data directory is not where it was") {
				t.Errorf("a run ends with %d: %s%s", code, out, said)
			}
			s.says("/report", http.StatusInternalServerError)
			// Another one in its place is not written to.
			other := &program{T: t, binary: g.binary, data: own}
			other.ok("index", g.docs)
			if _, said, code := g.run("index", "--rebuild"); code != exitFailed || !strings.Contains(said, "the data directory is not where it was") {
				t.Errorf("a rebuild ends with %d: %s", code, said)
			}
			other.ok("verify")
			if err := os.RemoveAll(own); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if code != exitOK || !strings.Contains(out, "added 1") {
			t.Errorf("put back, a run ends with %d: %s%s", code, out, said)
		}
		s.says("/api/v1/search?q=raft", http.StatusOK, `"total":1,`)
		s.says("/report", http.StatusOK, "added")
	}
	g.ok("verify")
}

// What the last run left undone is known though its report could not be written.
func TestFailureOfARunWithoutItsReport(t *testing.T) {
	g := newGated(t, map[string]string{"a.txt": "A ferry crosses the river."})
	g.ok("index", g.docs)
	s, err := takeStore(t.Context(), g.data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	reports := filepath.Join(g.data, "reports.jsonl")
	failed := func(want bool) {
		t.Helper()
		status, err := s.status(t.Context())
		if err != nil || (status.Failed != "") != want {
			t.Errorf("failed: %q, %v, want %t", status.Failed, err, want)
		}
	}
	failed(false)
	if err := errors.Join(os.Rename(reports, reports+".kept"), os.Mkdir(reports, 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Index(t.Context(), indexJob{Sources: []string{g.docs}}, nil); err == nil {
		t.Error("the report was written to a folder")
	}
	if err := errors.Join(os.Remove(reports), os.Rename(reports+".kept", reports)); err != nil {
		t.Fatal(err)
	}
	failed(true)
	for _, job := range []indexJob{{Sources: []string{g.docs}, DryRun: true}, {Sources: []string{g.docs}}} {
		if _, err := s.Index(t.Context(), job, nil); err != nil {
			t.Fatal(err)
		}
		failed(job.DryRun)
	}
}

// An index whose first run ended early says so until a run has come to its end:
// what there is is marked, and nothing is not called nothing.
func TestIndexWhoseFirstRunEndedEarly(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"a.txt", "c.txt"} { // before the file that is waited for, or behind it
		g := newGated(t, map[string]string{first: "A ferry crosses the river.", "b.slow": slow})
		s, cmd := g.start(g.docs)
		if first == "a.txt" {
			s.until("a document is there", func() bool { code, _ := s.get("/api/v1/search?q=ferry"); return code == http.StatusOK })
		} else {
			s.until("the run has begun", func() bool { _, body := s.get("/readyz"); return strings.Contains(body, "of 2 files") })
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // see below
		const why = "have not been read to their end"
		out, said, code := g.run("search", "ferry")
		if there := first == "a.txt"; there && (code != exitOK || !strings.Contains(out, "1 document,")) || !there && (code != exitFailed || out != "") || !strings.Contains(said, why) {
			t.Errorf("%s: a search ends with %d: %s%s", first, code, out, said)
		}
		if out := g.ok("status"); !strings.Contains(out, why) {
			t.Errorf("%s: the status is %s", first, out)
		}
		g.write(g.gate, "")
		g.ok("index", g.docs, "--config", g.config)
		if out, said, _ := g.run("search", "ferry"); !strings.Contains(out, "2 documents,") || strings.Contains(said, why) {
			t.Errorf("%s: completed, a search says %s%s", first, out, said)
		}
	}
}
