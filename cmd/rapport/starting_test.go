//go:build unix

package main

import (
	"net/http"
	"os"
	"testing"
)

// While a server reads its sources for the first time it lives and is not ready,
// and nobody waits for its answers.
func TestServerLivesWhileItReadsItsSources(t *testing.T) {
	g := newGated(t, map[string]string{"a.slow": slow, "other.txt": "Another ferry."})
	s, cmd := g.start(g.docs)
	if err := cmd.Process.Signal(os.Interrupt); err != nil { // it ends well while it reads
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("told to end, it ended with %v:\n%s", err, s.said)
	}
	s, _ = g.start(g.docs)
	if code, body := s.get("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %s", code, body)
	}
	for _, path := range []string{"/readyz", "/", "/api/v1/search?q=ferry", "/metrics"} {
		s.says(path, http.StatusServiceUnavailable, "starting")
	}
	g.write(g.gate, "")
	s.until("the server is ready", s.ready)
	s.says("/api/v1/search?q=ferry", http.StatusOK, `"total":2`)
}
