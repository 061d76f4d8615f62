package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/search/bleve"
	"rapport/web"
	"rapport/web/pages/pagestest"
)

// While an index is empty because its sources have not been read, nothing says
// that nothing is there, and a page asks again by itself without taking away what
// is being typed.
func TestNothingIsSaidOfAnIndexThatIsBeingMade(t *testing.T) {
	var run atomic.Pointer[web.Reading]
	run.Store(&web.Reading{Incomplete: true, Done: 3, Seen: 1200})
	empty, err := bleve.Create(filepath.Join(t.TempDir(), "index"), bleve.Options{Taxonomy: pagestest.Taxonomy()})
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	server := serveEngine(t, empty, func(o *web.Options) { o.Reading = run.Load })
	for _, path := range []string{"/", "/search?q=fund", "/facts", "/matrix", "/report", "/partners", "/search.csv", "/search.atom", "/metrics", "/readyz", "/documents/x"} {
		res, body := get(t, server, path)
		if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "its sources are still being read, 3 of 1,200 files so far") ||
			strings.Contains(body, "0 documents") || res.Header.Get("Retry-After") == "" || res.Header.Get("Refresh") != "5" || strings.Contains(body, `id="q"`) {
			t.Errorf("%s: %s, refresh %q: %.300s", path, res.Status, res.Header.Get("Refresh"), body)
		}
	}
	for _, path := range []string{"/api/v1/search?q=fund", "/api/v1/facts", "/api/v1/documents/x", "/api/v1/suggest?q=fu"} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, `"code":"starting"`) {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
	}
	if _, body := getWith(t, server, "/api/v1/status", nil); !strings.Contains(body, `"documents":0`) {
		t.Errorf("the status is %s", body)
	}
	run.Store(&web.Reading{Incomplete: true, Ended: true})
	for _, path := range []string{"/", "/search?q=fund", "/readyz", "/search.csv", "/metrics"} {
		res, body := get(t, server, path)
		if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "have not been read to their end") || strings.Contains(body, "0 documents") || res.Header.Get("Refresh") != "" {
			t.Errorf("given up, %s: %s %.300s", path, res.Status, body)
		}
	}
	if _, body := getWith(t, server, "/api/v1/search", nil); !strings.Contains(body, `"code":"incomplete"`) {
		t.Errorf("given up: %s", body)
	}
	run.Store(nil) // it has ended, and there is nothing
	if _, body := getWith(t, server, "/api/v1/search?q=fund", nil); !strings.Contains(body, `"total":0`) || strings.Contains(body, "reading") {
		t.Errorf("of an empty folder: %s", body)
	}
	if res, _ := getWith(t, server, "/readyz", nil); res.StatusCode != http.StatusOK {
		t.Errorf("of an empty folder: %s", res.Status)
	}
}

// What an index holds before its sources have been read to their end is shown
// with a mark, and not given as something whole. A run over an index that was
// complete once is mentioned, and nothing is refused.
func TestAnswersOfAnIndexThatIsBeingMadeAreMarked(t *testing.T) {
	run := web.Reading{Incomplete: true, Done: 1, Seen: 2, Total: 2}
	server := serve(t, func(o *web.Options) { o.Reading = func() *web.Reading { return &run } })
	for _, path := range []string{"/", "/search?q=fund", "/facts", "/matrix", "/partners/JP", "/report"} {
		if _, body := get(t, server, path); !strings.Contains(body, "The sources are being read: 1 of 2 files. What has not been read yet is missing here.") {
			t.Errorf("%s is not marked", path)
		}
	}
	for _, path := range []string{"/api/v1/search?q=fund", "/api/v1/facts", "/api/v1/matrix", "/api/v1/facets/partner"} {
		_, body := getWith(t, server, path, nil)
		var a struct{ Reading *web.Reading }
		if err := json.Unmarshal([]byte(body), &a); err != nil || a.Reading == nil || *a.Reading != run {
			t.Errorf("%s: %v, reading %v", path, err, a.Reading)
		}
	}
	for _, path := range []string{"/search.csv?q=fund", "/facts.csv", "/matrix.csv", "/search.atom?q=fund", "/readyz", "/documents/later", "/api/v1/documents/later", "/api/v1/documents/later/similar"} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "1 of 2 files") {
			t.Errorf("%s: %s %.200s", path, res.Status, body)
		}
	}
	again := web.Reading{Done: 1, Seen: 2, Total: 2}
	server = serve(t, func(o *web.Options) { o.Reading = func() *web.Reading { return &again } })
	for _, path := range []string{"/search.csv?q=fund", "/readyz", "/api/v1/search?q=fund"} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK || strings.Contains(body, "reading") {
			t.Errorf("%s: %s %.200s", path, res.Status, body)
		}
	}
}

// Which files cannot be read is known when all have been looked at.
func TestReportOfAFirstReadingDoesNotPraiseIt(t *testing.T) {
	run := &web.Reading{Incomplete: true, Done: 1, Seen: 2}
	server := serve(t, func(o *web.Options) {
		o.Reading = func() *web.Reading { return run }
		o.Status = func(context.Context) (web.Status, error) { return web.Status{}, nil }
	})
	if body := page(t, server, "/report"); strings.Contains(body, "Every file could be read") || !strings.Contains(body, "Files that cannot be read are listed once all have been looked at.") {
		t.Errorf("the report knows already which files cannot be read: %s", body)
	}
	run = nil
	if body := page(t, server, "/report"); !strings.Contains(body, "Every file could be read.") {
		t.Errorf("the report does not know that every file could be read: %s", body)
	}
}

// What a run left undone is said by the feed of runs.
func TestFeedSaysWhatWasLeftUndone(t *testing.T) {
	server := serve(t, func(o *web.Options) {
		o.Reports = func(context.Context, int) ([]corpus.Report, error) {
			return []corpus.Report{{Failed: "source docs: it is not where it was"}}, nil
		}
	})
	if body := page(t, server, "/report.atom"); !strings.Contains(body, "Something was left undone: source docs: it is not where it was.") {
		t.Errorf("%s", body)
	}
}

// A feed is as new as its newest entry, though the clock was put back and the last
// run is not the newest.
func TestFeedOfRunsWhenTheClockIsPutBack(t *testing.T) {
	at := pagestest.Indexed()
	server := serve(t, func(o *web.Options) {
		o.Reports = func(context.Context, int) ([]corpus.Report, error) {
			return []corpus.Report{{Started: at.AddDate(0, 0, -1)}, {Started: at}}, nil
		}
	})
	_, feed, _ := strings.Cut(page(t, server, "/report.atom"), "<updated>")
	if want := at.UTC().Format(time.RFC3339); !strings.HasPrefix(feed, want) {
		t.Errorf("it is of %.20s, want %s", feed, want)
	}
}
