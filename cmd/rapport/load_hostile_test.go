//go:build linux

package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestHostileClients lets a process of hostile clients loose on a server, one
// kind after the other, while good ones ask. The server stays, its memory is
// bounded, and the good ones are answered. How fast is logged.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := t.TempDir()
	for i := range 200 {
		text := fmt.Sprintf("A ferry crosses the river number %d.\n%s", i, strings.Repeat("In 2007 Japan gave $5 million. ", 20))
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.ok("index", docs)
	s := p.serve()
	long, connections := time.Duration(min(10, load(1)))*time.Second, min(5000, 200*load(1)*load(1))
	calm := s.goodClients(func() string { time.Sleep(long); return "0" })
	t.Logf("%-13s %s", "nobody", calm)
	for _, kind := range slices.Sorted(maps.Keys(hostilities)) {
		t.Run(kind, func(t *testing.T) {
			got := s.goodClients(func() string { return p.hostile(kind, strings.TrimPrefix(s.url, "http://"), connections, long) })
			t.Logf("%-13s %s, most memory %d MB", kind, got, s.peak())
			if got.failed > 0 {
				t.Errorf("of %d good requests %d failed", got.count, got.failed)
			}
			if m := s.peak(); m > 512 {
				t.Errorf("the server takes %d MB", m)
			}
		})
	}
}

// hostile runs the process of hostile clients and returns how often they did
// what they do.
func (p *program) hostile(kind, addr string, connections int, long time.Duration) string {
	cmd := exec.CommandContext(p.Context(), p.binary)
	cmd.Args = []string{"hostile", kind, addr, strconv.Itoa(connections), long.String()} // the name says what the binary does
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.Errorf("the hostile clients: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// served is how good clients fared.
type served struct {
	count, failed int
	p50, p99      time.Duration
	attacks       string
}

func (s served) String() string {
	return fmt.Sprintf("%6s times beside %4d good requests, %d failed, p50 %s, p99 %s", s.attacks, s.count, s.failed, s.p50.Round(10*time.Microsecond), s.p99.Round(10*time.Microsecond))
}

// goodClients asks 40 times a second while something goes on.
func (s *server) goodClients(meanwhile func() (attacks string)) served {
	done := make(chan string)
	go func() { done <- meanwhile() }()
	client := &http.Client{Timeout: hanging}
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	var got served
	var took []time.Duration
	for over := false; !over; {
		began := time.Now()
		resp, err := client.Get(s.url + "/api/v1/search?q=ferry&partner=JP")
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		if took = append(took, time.Since(began)); err != nil || resp.StatusCode != http.StatusOK {
			got.failed++
		}
		select {
		case got.attacks = <-done:
			over = true
		case <-tick.C:
		}
	}
	slices.Sort(took)
	got.count, got.p50, got.p99 = len(took), took[len(took)/2], took[len(took)*99/100]
	return got
}

// peak returns the most memory that the server has had resident, in megabytes.
func (s *server) peak() int {
	s.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	if err != nil {
		s.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			if err != nil {
				s.Fatal(err)
			}
			return kb >> 10
		}
	}
	return 0
}
