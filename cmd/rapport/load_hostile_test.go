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
	"sync"
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
	measure := func(t *testing.T, kind string, meanwhile func() (attacks string)) {
		kept, fresh, attacks := s.goodClients(meanwhile)
		t.Logf("%-13s %6s times: connected %s; connecting %s; most memory %d MB", kind, attacks, kept, fresh, s.peak())
		if kept.failed+fresh.failed > 0 {
			t.Error("good requests failed")
		}
		if m := s.peak(); m > 512 {
			t.Errorf("the server takes %d MB", m)
		}
	}
	measure(t, "nobody", func() string { time.Sleep(long); return "0" })
	for _, kind := range slices.Sorted(maps.Keys(hostilities)) {
		t.Run(kind, func(t *testing.T) {
			measure(t, kind, func() string { return p.hostile(kind, strings.TrimPrefix(s.url, "http://"), connections, long) })
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

// served is how a good client fared.
type served struct {
	count, failed int
	p50, p99      time.Duration
}

func (s served) String() string {
	return fmt.Sprintf("%d requests, %d failed, p50 %s, p99 %s", s.count, s.failed, s.p50.Round(10*time.Microsecond), s.p99.Round(10*time.Microsecond))
}

// goodClients asks while something goes on: on a connection that stays open, and
// on a new one each time.
func (s *server) goodClients(meanwhile func() (attacks string)) (kept, fresh served, attacks string) {
	done := make(chan struct{})
	var clients sync.WaitGroup
	clients.Go(func() { kept = s.goodClient(&http.Transport{}, done) })
	clients.Go(func() { fresh = s.goodClient(&http.Transport{DisableKeepAlives: true}, done) })
	attacks = meanwhile()
	close(done)
	clients.Wait()
	return kept, fresh, attacks
}

// goodClient asks 40 times a second until it is done.
func (s *server) goodClient(way *http.Transport, done <-chan struct{}) served {
	defer way.CloseIdleConnections()
	client := &http.Client{Timeout: hanging, Transport: way}
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
		case <-done:
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
