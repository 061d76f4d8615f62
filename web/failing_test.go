package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
	"rapport/web"
)

// countBytes counts what it reads.
type countBytes int

func (c *countBytes) ReadFrom(r io.Reader) (int64, error) {
	n, err := io.Copy(io.Discard, r)
	*c += countBytes(n)
	return n, err
}

// largeEngine is an index of a document of ten megabytes with three hits.
var largeEngine = sync.OnceValue(func() *bleve.Index {
	filler := strings.Repeat("Words that fill the page and say nothing. ", 40) + "\n\n"
	third := strings.Repeat(filler, 3_400_000/len(filler))
	d := corpus.Document{ID: "large", Title: "Large", Source: "test", Path: "large.txt", Body: "First needle.\n\n" + third + "\n\nSecond needle.\n\n" + third + "\n\nThird needle.\n\n" + third}
	d.Body = strings.Replace(d.Body, "Second needle.", "Other.", 1)
	half := len(d.Body)/2 + 200_000
	half += strings.IndexByte(d.Body[half:], '\n')
	d.Body = d.Body[:half] + "\n\nSecond needle.\n\n" + d.Body[half:]
	for at := 0; at < len(d.Body); at += len(d.Body) / 300 {
		d.Pages = append(d.Pages, corpus.Page{Label: "x", Offset: at})
	}
	return index("large", []corpus.Record{{Document: &d}})
})

// brokenEngine fails in a way of the test's choice.
type brokenEngine struct{ acquire func(context.Context) error }

func (b brokenEngine) Acquire(ctx context.Context) (search.Snapshot, error) {
	if err := b.acquire(ctx); err != nil {
		return nil, err
	}
	return engine().Acquire(ctx)
}

func plainOptions(o *web.Options) { o.Status = nil }

// TestFailures checks that every failure has its status and is contained to
// its request.
func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		code int
		want string
	}{
		"damaged":   {search.ErrDamaged, 503, "index_damaged"},
		"outdated":  {search.ErrLayout, 503, "index_outdated"},
		"closed":    {search.ErrClosed, 503, "shutting_down"},
		"expensive": {search.ErrTooExpensive, 400, "too_expensive"},
		"deadline":  {context.DeadlineExceeded, 503, "timed_out"},
		"unknown":   {errors.New("secret detail"), 500, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			server := serveEngine(t, brokenEngine{func(context.Context) error { return c.err }}, plainOptions)
			for _, path := range []string{"/api/v1/search", "/search", "/api/v1/documents/x", "/search.csv"} {
				res, body := getWith(t, server, path, http.Header{"Accept": {"application/json"}})
				if res.StatusCode != c.code || !strings.Contains(body, `"code":"`+c.want+`"`) || strings.Contains(body, "secret") {
					t.Errorf("%s: %s %s", path, res.Status, body)
				}
				if c.code == 503 && res.Header.Get("Retry-After") == "" {
					t.Errorf("%s does not say when to come back", path)
				}
			}
			if res, body := get(t, server, "/search"); res.StatusCode != c.code || !strings.Contains(body, "<h1>") {
				t.Errorf("page: %s %.200s", res.Status, body)
			}
		})
	}
}

// TestPanic checks that a panic fails its request alone and is counted.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	server := serveEngine(t, brokenEngine{func(context.Context) error { panic("boom") }}, func(o *web.Options) {
		o.Status = func(context.Context) (web.Status, error) { return web.Status{}, nil }
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	for _, path := range []string{"/search", "/api/v1/search"} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != 500 || strings.Contains(body, "boom") {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
	}
	_, metrics := getWith(t, server, "/metrics", nil)
	if !strings.Contains(metrics, "rapport_panics_total 2") || !strings.Contains(metrics, `rapport_http_requests_total{code="500",method="GET",route="/search"} 1`) {
		t.Errorf("metrics lack the panics:\n%s", metrics)
	}
	if !strings.Contains(log.String(), "boom") {
		t.Error("the log lacks the panic")
	}
}

// TestLimits checks that time, turns and bodies end.
func TestLimits(t *testing.T) {
	release := make(chan struct{})
	entered := make(chan struct{}, 2)
	var once sync.Once
	defer once.Do(func() { close(release) })
	server := serveEngine(t, brokenEngine{func(ctx context.Context) error {
		select {
		case entered <- struct{}{}:
		default:
		}
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}, func(o *web.Options) {
		o.Status = func(context.Context) (web.Status, error) { return web.Status{}, nil }
		o.Limits = web.Limits{Concurrency: 1, Queue: 30 * time.Millisecond, Timeout: 3 * time.Second}
	})
	codes := make(chan string, 2)
	for i := range 2 {
		if i == 1 {
			<-entered // so that the second request finds the turn taken
		}
		go func() {
			res, err := http.Get(server.URL + "/search")
			if err != nil {
				codes <- err.Error()
				return
			}
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			if res.StatusCode == 503 && strings.Contains(string(body), "timed_out") {
				codes <- "timed out"
			} else if res.StatusCode == 503 && strings.Contains(string(body), "busy") {
				codes <- "busy"
			} else {
				codes <- res.Status
			}
		}()
	}
	if a, b := <-codes, <-codes; a+b != "busytimed out" {
		t.Errorf("two requests for one turn: %q and %q", a, b)
	}
	if res, _ := getWith(t, server, "/healthz", nil); res.StatusCode != 200 {
		t.Errorf("healthz while busy: %s", res.Status)
	}
	res, err := http.Post(server.URL+"/search", "text/plain", strings.NewReader(strings.Repeat("x", 2<<20)))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusRequestEntityTooLarge && res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("large body: %s", res.Status)
	}
	once.Do(func() { close(release) })
	if res, _ := getWith(t, server, "/search", nil); res.StatusCode != 200 {
		t.Errorf("afterwards: %s", res.Status)
	}
}

// TestReady checks that readiness is more than being alive.
func TestReady(t *testing.T) {
	server := serve(t, func(o *web.Options) { o.Ready = func() error { return errors.New("a segment is damaged") } })
	if res, body := getWith(t, server, "/readyz", nil); res.StatusCode != 503 || !strings.Contains(body, "a segment is damaged") {
		t.Errorf("%s %s", res.Status, body)
	}
	server = serve(t, nil)
	if res, _ := getWith(t, server, "/readyz", nil); res.StatusCode != 200 {
		t.Errorf("%s", res.Status)
	}
}

// Pages answer when what is known of the last run cannot be read: they show the
// counts of what they answer from, and leave the rest out. The page about the
// index, which would have to say that nothing was left out, fails.
func TestPagesWithoutStatus(t *testing.T) {
	server := serve(t, func(o *web.Options) {
		o.Status = func(context.Context) (web.Status, error) {
			return web.Status{}, errors.New("the manifest cannot be read")
		}
	})
	for _, path := range []string{"/", "/search?q=fund", "/facts", "/matrix", "/help"} {
		if body := page(t, server, path); !strings.Contains(body, "Generation <code>") || strings.Contains(body, " 0 documents") || strings.Contains(body, "indexed <time") {
			_, footer, _ := strings.Cut(body, "<footer>")
			t.Errorf("%s: %.400s", path, footer)
		}
	}
	if res, body := get(t, server, "/report"); res.StatusCode != http.StatusInternalServerError || strings.Contains(body, "0 documents") {
		t.Errorf("/report: %s %s", res.Status, body)
	}
}

// What is counted beside an answer is what the answer comes from, though a run
// has changed the index since.
func TestCountsAreOfTheAnswersGeneration(t *testing.T) {
	server := serve(t, func(o *web.Options) {
		o.Status = func(context.Context) (web.Status, error) {
			return web.Status{Generation: "later", Documents: 98765432, Facts: 98765432}, nil
		}
	})
	for _, path := range []string{"/", "/search?q=fund", "/report", "/api/v1/status"} {
		if _, body := get(t, server, path); strings.Contains(strings.ReplaceAll(body, ",", ""), "98765432") || // 777 may be in a port
			strings.Contains(body, "later") {
			t.Errorf("%s tells of another generation", path)
		}
	}
}
