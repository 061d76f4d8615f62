package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/web"
)

// countingEngine counts the questions that it is asked.
type countingEngine struct {
	search.Engine
	questions *atomic.Int32
}

func (e countingEngine) Acquire(ctx context.Context) (search.Snapshot, error) {
	s, err := e.Engine.Acquire(ctx)
	return countingSnapshot{s, e.questions}, err
}

type countingSnapshot struct {
	search.Snapshot
	questions *atomic.Int32
}

func (s countingSnapshot) Search(ctx context.Context, p search.Plan) (*search.Found, error) {
	s.questions.Add(1)
	return s.Snapshot.Search(ctx, p)
}

// manyEngine is an index of more documents than an export asks for at a time.
func manyEngine() search.Engine {
	var records []corpus.Record
	for i := range 600 {
		records = append(records, corpus.Record{Document: &corpus.Document{ID: corpus.ID("many-" + string(rune('a'+i/26)) + string(rune('a'+i%26))), Title: "Fund", Body: "A fund."}})
	}
	return index("many", records)
}

// HEAD on what is long is answered with its headers, and the rest is not made.
func TestHeadOfWhatIsLong(t *testing.T) {
	var questions atomic.Int32
	server := serveEngine(t, countingEngine{manyEngine(), &questions}, func(o *web.Options) {
		o.Original = func(context.Context, corpus.ID) (io.ReadCloser, string, error) {
			return io.NopCloser(failing{t}), "file", nil
		}
	})
	head := func(path string) http.Header {
		res, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("HEAD %s: %s", path, res.Status)
		}
		return res.Header
	}
	getWith(t, server, "/search.csv", nil)
	get := questions.Swap(0)
	if rows := head("/search.csv").Get("X-Rapport-Rows"); rows != "600" || questions.Load() != get-1 {
		t.Errorf("%s rows, %d questions; GET asks %d, the last for the second batch of rows", rows, questions.Load(), get)
	}
	head("/api/v1/documents/x/original")
}

// failing is a file that must not be read.
type failing struct{ t *testing.T }

func (f failing) Read([]byte) (int, error) {
	f.t.Error("HEAD reads the file")
	return 0, io.EOF
}

// A problem says the id under which the log has its cause.
func TestProblemsSayTheirRequest(t *testing.T) {
	var log bytes.Buffer
	server := serveEngine(t, brokenEngine{func(context.Context) error { return errors.New("the cause") }}, func(o *web.Options) {
		o.Status = func(context.Context) (web.Status, error) { return web.Status{}, nil }
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	for _, path := range []string{"/api/v1/search", "/search.csv", "/api/v1/nowhere"} {
		log.Reset()
		res, body := getWith(t, server, path, http.Header{"X-Request-Id": {"of-a-proxy-1"}})
		var p struct{ Request string }
		if err := json.Unmarshal([]byte(body), &p); err != nil || p.Request != "of-a-proxy-1" || res.Header.Get("X-Request-Id") != p.Request {
			t.Errorf("%s: %s (%v)", path, body, err)
		}
		if res.StatusCode == 500 && !strings.Contains(log.String(), `msg="request failed" request=of-a-proxy-1 code=internal error="the cause"`) {
			t.Errorf("%s: the log has\n%s", path, log.String())
		}
	}
}

// The log and the metrics name what was asked.
func TestHeadIsNamed(t *testing.T) {
	var log bytes.Buffer
	server := serve(t, func(o *web.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, path := range []string{"/help", "/search.csv", "/api/v1/status", "/nowhere"} {
		log.Reset()
		res, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if !strings.Contains(log.String(), "method=HEAD path="+path+" ") {
			t.Errorf("%s: the log has\n%s", path, log.String())
		}
	}
	_, metrics := getWith(t, server, "/metrics", nil)
	if !strings.Contains(metrics, `rapport_http_requests_total{code="200",method="HEAD",route="/help"} 1`) || strings.Contains(metrics, `method="GET",route="/help"`) {
		t.Errorf("the metrics have\n%s", metrics)
	}
}
