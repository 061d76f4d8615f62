package web_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/web"
)

// endless is a file that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// Clients who ask for a download and do not read it hold up other downloads,
// and nobody's questions.
func TestSlowDownloadsHoldNoQuestions(t *testing.T) {
	opened := make(chan struct{}, 8)
	server := serve(t, func(o *web.Options) {
		o.Limits = web.Limits{Concurrency: 4, Queue: 50 * time.Millisecond, Timeout: time.Hour}
		o.Original = func(context.Context, corpus.ID) (io.ReadCloser, string, error) {
			opened <- struct{}{}
			return io.NopCloser(endless{}), "file", nil
		}
	})
	for range 4 {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "GET /api/v1/documents/x/original HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	<-opened // one is being sent, the others wait for its end
	const download = "/api/v1/documents/y/original"
	if res, body := getWith(t, server, download, nil); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "busy") {
		t.Errorf("another download: %s %s", res.Status, body)
	}
	for _, path := range []string{"/search?q=fund", "/api/v1/search?q=fund", "/search.atom?q=fund", "/matrix.csv"} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK {
			t.Errorf("%s beside downloads: %s %.200s", path, res.Status, body)
		}
	}
}

// An answer that is broken off is in the log and the metrics as any other.
func TestBrokenAnswersAreLogged(t *testing.T) {
	logged := make(chan string, 8)
	server := serve(t, func(o *web.Options) {
		o.Logger = slog.New(slog.NewTextHandler(lines(logged), nil))
		o.Original = func(context.Context, corpus.ID) (io.ReadCloser, string, error) {
			return io.NopCloser(endless{}), "file", nil
		}
	})
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET /api/v1/documents/x/original HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := io.CopyN(io.Discard, conn, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if line := <-logged; !strings.Contains(line, "path=/api/v1/documents/x/original status=200") || !strings.Contains(line, "broken_off=true") {
		t.Errorf("the log has %s", line)
	}
	if _, metrics := getWith(t, server, "/metrics", nil); !strings.Contains(metrics, `rapport_http_requests_total{code="200",method="GET",route="/api/v1/documents/:name/original"} 1`) {
		t.Errorf("the metrics have\n%s", metrics)
	}
}

// lines sends what is written to a channel.
type lines chan<- string

func (l lines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

// A feed is no export: it has the time of an answer.
func TestFeedHasTheTimeOfAnAnswer(t *testing.T) {
	for path, want := range map[string]time.Duration{"/search.atom": time.Minute, "/search": time.Minute, "/search.csv": time.Hour, "/facts.ndjson": time.Hour} {
		var left time.Duration
		server := serveEngine(t, brokenEngine{func(ctx context.Context) error {
			end, _ := ctx.Deadline()
			left = time.Until(end)
			return nil
		}}, func(o *web.Options) {
			o.Status = func(context.Context) (web.Status, error) { return web.Status{}, nil }
			o.Limits = web.Limits{Timeout: time.Minute, Export: time.Hour}
		})
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK || left > want || left < want/2 {
			t.Errorf("%s: %s with %s left, want %s\n%.200s", path, res.Status, left, want, body)
		}
	}
}
