package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
	"rapport/web"
	"rapport/web/pages/pagestest"
)

// folder holds the indexes of this run.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "rapport-web-"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(folder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// engine is an index of the corpus.
var engine = sync.OnceValue(func() *bleve.Index { return indexOf("corpus", pagestest.Documents()) })

// hostileEngine is an index of the corpus and the hostile documents.
var hostileEngine = sync.OnceValue(func() *bleve.Index {
	return indexOf("hostile", append(pagestest.Documents(), pagestest.Hostile()...))
})

// indexOf makes an index of documents with their facts.
func indexOf(name string, list []corpus.Document) *bleve.Index {
	return index(name, pagestest.Records(pagestest.Taxonomy(), list))
}

// index makes an index of records.
func index(name string, records []corpus.Record) *bleve.Index {
	taxonomy := pagestest.Taxonomy()
	x, err := bleve.Create(filepath.Join(folder, name), bleve.Options{Taxonomy: taxonomy})
	if err != nil {
		panic(err)
	}
	if err := x.Apply(context.Background(), corpus.Batch{Put: pagestest.Complete(taxonomy, records)}); err != nil {
		panic(err)
	}
	return x
}

// serve starts the service over the corpus.
func serve(t testing.TB, change func(*web.Options)) *httptest.Server {
	t.Helper()
	return serveEngine(t, engine(), change)
}

func serveEngine(t testing.TB, e search.Engine, change func(*web.Options)) *httptest.Server {
	t.Helper()
	o := web.Options{
		Status: func(ctx context.Context) (web.Status, error) {
			s, err := e.Acquire(ctx)
			if err != nil {
				return web.Status{}, err
			}
			defer s.Release()
			g := s.Generation()
			return web.Status{Generation: g.String(), Documents: g.Documents, Facts: g.Facts, Skipped: 1, Sources: []string{"test"},
				Indexed: pagestest.Indexed(), SkippedFiles: pagestest.SkippedFiles()}, nil
		},
		Reports: pagestest.Reports,
		Original: func(_ context.Context, id corpus.ID) (io.ReadCloser, string, error) {
			if id == "nope" {
				return nil, "", fmt.Errorf("%s: %w", id, search.ErrNotFound)
			}
			return io.NopCloser(strings.NewReader("<script>alert(1)</script>")), `folder/ja"pan.html`, nil
		},
		// The slowest answer took 3.7 s with the race detector, beside a load
		// average of 15 on two processors; on a quiet machine it is milliseconds.
		Limits: web.Limits{Timeout: time.Minute},
	}
	if change != nil {
		change(&o)
	}
	h, err := web.New(e, o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

// get asks for a path as a browser does and does not follow redirects.
func get(t testing.TB, server *httptest.Server, path string) (*http.Response, string) {
	t.Helper()
	return getWith(t, server, path, http.Header{"Accept": {"text/html"}})
}

func getWith(t testing.TB, server *httptest.Server, path string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	return res, string(body)
}

// page gets a page that must be there.
func page(t testing.TB, server *httptest.Server, path string) string {
	t.Helper()
	res, body := get(t, server, path)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, location %q\n%.600s", path, res.Status, res.Header.Get("Location"), body)
	}
	return body
}

// ask gets JSON that must be there.
func ask(t *testing.T, server *httptest.Server, path string, into any) {
	t.Helper()
	res, body := getWith(t, server, path, http.Header{"Accept": {"application/json"}})
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s\n%.600s", path, res.Status, body)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("GET %s: %v\n%.600s", path, err, body)
	}
}

// elements returns the elements of a page with the tag.
func elements(t *testing.T, body, tag string) []*html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
