//go:build unix

package main

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// While a server reads its sources for the first time it lives and is not ready,
// and nobody waits for its answers.
func TestServerLivesWhileItReadsItsSources(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no shell")
	}
	p := newProgram(t)
	folder := t.TempDir()
	gate, config, docs := filepath.Join(folder, "gate"), filepath.Join(folder, "rapport.yaml"), filepath.Join(folder, "docs")
	for name, text := range map[string]string{
		config:                           "converters: {.slow: {command: [sh, -c, 'while ! test -e " + gate + "; do sleep 0.05; done; echo A ferry']}}\n",
		filepath.Join(docs, "a.slow"):    "\x00\x01binary",
		filepath.Join(docs, "other.txt"): "Another ferry.",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	start := func() (*server, *exec.Cmd) {
		cmd, _ := p.command(t.Context(), "serve", docs, "--addr", addr, "--config", config)
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		s := &server{T: t, url: "http://" + addr, said: &lockedBuffer{}}
		cmd.Stderr = s.said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _ = cmd.Wait(); !cmd.ProcessState.Success() {
				t.Errorf("the server ended with %s:\n%s", cmd.ProcessState, s.said)
			}
		})
		s.until("the server listens", func() bool {
			conn, err := net.Dial("tcp", addr)
			if err == nil {
				_ = conn.Close()
			}
			return err == nil
		})
		return s, cmd
	}
	s, cmd := start()
	if err := cmd.Process.Signal(os.Interrupt); err != nil { // it ends well while it reads
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("told to end, it ended with %v:\n%s", err, s.said)
	}
	s, _ = start()
	if code, body := s.get("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %s", code, body)
	}
	for _, path := range []string{"/readyz", "/", "/api/v1/search?q=ferry", "/metrics"} {
		if code, body := s.get(path); code != http.StatusServiceUnavailable || !strings.Contains(body, "starting") {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.until("the server is ready", s.ready)
	if code, body := s.get("/api/v1/search?q=ferry"); code != http.StatusOK || !strings.Contains(body, `"total":2`) {
		t.Errorf("%d %s", code, body)
	}
}
