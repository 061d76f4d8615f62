//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"rapport/web"
)

// load returns how much a test does: little in every run of the tests, and the
// number in RAPPORT_LOAD for make load.
func load(little int) int {
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_LOAD")); err == nil {
		return n
	}
	return little
}

// loadAnswer is what is looked at of an answer under load.
type loadAnswer struct {
	Generation string `json:"generation"`
	Total      int    `json:"total"`
	Hits       []struct {
		Title string `json:"title"`
	} `json:"hits"`
	Facets map[string]struct {
		Total  int                   `json:"total"`
		Values []struct{ Count int } `json:"values"`
	} `json:"facets"`
}

// TestSwapsUnderLoad: while eight clients search without a pause, the index is
// rebuilt and swapped again and again, with runs in place between, and files come
// that cannot be read and go again. No request fails, and every answer is that of
// one generation, as its own number says.
func TestSwapsUnderLoad(t *testing.T) {
	defer noneLeft(t, goleak.IgnoreCurrent())
	defer http.DefaultClient.CloseIdleConnections()
	docs := newVersions(t)
	s, err := takeStore(t.Context(), filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	known := map[string]map[string]bool{} // titles by generation
	index := func(rebuild bool) {
		docs.change(t)
		unreadable := filepath.Join(docs.folder, fmt.Sprintf("unreadable %d.txt", len(known)))
		if err := os.WriteFile(unreadable, []byte{0, 1, 2}, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := s.Index(t.Context(), indexJob{Sources: []string{docs.folder}, Rebuild: rebuild, Force: true}, nil)
		if err := errors.Join(err, os.Remove(unreadable)); err != nil {
			t.Fatal(err)
		}
		if len(r.Skipped) != 1 {
			t.Errorf("left out %v, want one file", r.Skipped)
		}
		known[r.Generation.After] = docs.titles()
	}
	index(false)
	limits := web.Limits{Timeout: hanging, Queue: hanging} // how fast it is, is not asked here
	site, err := s.site(web.Options{Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(site)
	server.Config = web.NewServer(site, limits)
	server.Start()
	defer server.Close()

	var stop atomic.Bool
	var clients sync.WaitGroup
	found := make([][]loadAnswer, 8)
	for i := range found {
		clients.Go(func() {
			for !stop.Load() && !t.Failed() {
				found[i] = append(found[i], askUnderLoad(t, server.URL, len(found[i])))
			}
		})
	}
	clients.Go(func() { // which files were left out is said here
		for !stop.Load() && !t.Failed() {
			resp, err := http.Get(server.URL + "/report")
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := io.Copy(io.Discard, resp.Body); resp.StatusCode != http.StatusOK || errors.Join(err, resp.Body.Close()) != nil {
				t.Errorf("the report: %s, %v", resp.Status, err)
			}
		}
	})
	for range load(5) {
		index(true)
		index(false)
	}
	stop.Store(true)
	clients.Wait()
	answers, settled := 0, 0
	for _, list := range found {
		for _, a := range list {
			answers++
			settled += checkAnswer(t, a, known)
		}
	}
	t.Logf("%d rebuilds and as many runs in place under %d answers, %d of them of a settled generation", load(5), answers, settled)
}

// askUnderLoad asks for all documents, by another order each time.
func askUnderLoad(t *testing.T, url string, n int) (a loadAnswer) {
	sort := []string{"newest", "oldest", "title"}[n%3]
	resp, err := http.Get(url + "/api/v1/search?limit=100&sort=" + sort)
	if err != nil {
		t.Error(err)
		return a
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode == http.StatusOK {
		err = json.Unmarshal(body, &a)
	}
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("%s, %v: %.300s", resp.Status, err, body)
	}
	return a
}

// checkAnswer holds an answer against the generation that it names, and
// returns 1 when that is one of which everything is known.
func checkAnswer(t *testing.T, a loadAnswer, known map[string]map[string]bool) int {
	t.Helper()
	sources := 0
	for _, v := range a.Facets["source"].Values {
		sources += v.Count
	}
	if len(a.Hits) != a.Total || sources != a.Total || a.Facets["partner"].Total != a.Total {
		t.Errorf("generation %s: total %d, %d hits, %d by source, %d in the partner facet", a.Generation, a.Total, len(a.Hits), sources, a.Facets["partner"].Total)
	}
	if strings.HasSuffix(a.Generation, "+") {
		return 0 // changes are coming in, batch by batch
	}
	titles, ok := known[a.Generation]
	if !ok {
		t.Errorf("generation %q never was", a.Generation)
	}
	if len(titles) != a.Total {
		t.Errorf("generation %s has %d documents, and an answer %d", a.Generation, len(titles), a.Total)
	}
	for _, h := range a.Hits {
		if !titles[h.Title] {
			t.Errorf("generation %s has no %q, and an answer does", a.Generation, h.Title)
		}
	}
	return 1
}

// TestManyCommandsAtOneServer runs ten commands at a time against a server
// that is indexing.
func TestManyCommandsAtOneServer(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := newVersions(t)
	docs.change(t)
	p.ok("index", docs.folder)
	p.serve()
	var busy atomic.Int64
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			own := &program{T: t, binary: p.binary, data: p.data}
			for range load(2) {
				switch {
				case i == 0:
					own.ok("backup", filepath.Join(t.TempDir(), fmt.Sprint(i, ".tar")))
				case i < 4:
					if _, said, code := own.run("index", docs.folder, "--rebuild"); code == exitFailed && strings.Contains(said, "under way") {
						busy.Add(1)
					} else if code != exitOK {
						t.Errorf("index: exit %d: %s", code, said)
					}
				default:
					if now := own.titles(); len(now) != len(docs.of) {
						t.Errorf("%d documents, want %d", len(now), len(docs.of))
					}
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d runs were told that another one is under way", busy.Load())
}
