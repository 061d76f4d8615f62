//go:build linux

package main

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestSoak searches, changes documents under --watch, rebuilds, backs up and
// reads every kind of page for as long as RAPPORT_SOAK says, and watches the
// heap: its least of the last third of the time is no more than a quarter above
// that of the second third, and no goroutine is left behind.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("RAPPORT_SOAK"))
	if err != nil {
		t.Skip("RAPPORT_SOAK, such as 30m, says how long: make soak")
	}
	p := newProgram(t)
	docs := newVersions(t)
	for range 5 {
		docs.change(t)
	}
	p.ok("index", docs.folder, "--force")
	s := p.serve(docs.folder, "--watch")
	paths := []string{"/", "/search?q=Japan", "/search?q=" + url.QueryEscape(`"sent word" version`), "/facts", "/matrix", "/report", "/partners",
		"/api/v1/search?q=2007&limit=100", "/search.csv", "/search.atom", "/report.atom", "/search?q=zzzz", "/search?q=ver*", "/nope", "/metrics"}
	archive := filepath.Join(t.TempDir(), "b.tar")
	var samples []usage
	began, minute := time.Now(), -1
	for i := 0; time.Since(began) < long; i++ {
		code, body := s.get(paths[i%len(paths)])
		if code != 200 && (code != 404 || paths[i%len(paths)] != "/nope") {
			t.Fatalf("after %s: %s answers %d: %.300s", time.Since(began), paths[i%len(paths)], code, body)
		}
		if i%200 == 0 {
			docs.change(t)
		}
		if i%100 == 0 {
			samples = append(samples, usage{s.metric("go_memstats_heap_alloc_bytes") / 1e6, s.metric("go_goroutines"), s.metric("process_resident_memory_bytes") / 1e6, s.metric("process_open_fds")})
		}
		if now := int(time.Since(began) / (20 * time.Second)); now != minute {
			minute = now
			if _, said, code := p.run("index", docs.folder, "--rebuild", "--force"); code != exitOK && !strings.Contains(said, "under way") {
				t.Errorf("a rebuild ends with %d: %s", code, said)
			}
			p.ok("backup", archive)
			p.ok("verify")
		}
		time.Sleep(20 * time.Millisecond)
	}
	third := len(samples) / 3
	if third == 0 {
		t.Fatal("too short to say anything")
	}
	second, last := samples[third:2*third], samples[2*third:]
	for i, name := range []string{"heap MB", "goroutines", "resident MB", "open files"} {
		a, b := least(second, i), least(last, i)
		t.Logf("%-11s least of the second third %.1f, of the last third %.1f", name, a, b)
		if b > 1.25*a+2 {
			t.Errorf("%s grew from %.1f to %.1f", name, a, b)
		}
	}
}

// usage is heap, goroutines, resident memory and open files at a time.
type usage [4]float64

func least(samples []usage, i int) float64 {
	return slices.MinFunc(samples, func(a, b usage) int { return int((a[i] - b[i]) * 1000) })[i]
}

// metric reads a number from /metrics.
func (s *server) metric(name string) float64 {
	s.Helper()
	_, body := s.get("/metrics")
	for line := range strings.Lines(body) {
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			if err != nil {
				s.Fatal(err)
			}
			return v
		}
	}
	s.Fatalf("there is no metric %s", name)
	return 0
}
