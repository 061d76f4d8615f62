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
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/net/html"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
	"rapport/web"
)

var taxonomyFiles = fstest.MapFS{
	"partners.yaml": {Data: []byte(`title: Partnerships
partners:
  - {id: JP, name: Japan, official: State of Japan, demonyms: [Japanese]}
  - {id: TJ, name: Tajikistan}
  - {id: KR, name: Republic of Korea, aliases: [South Korea, ROK]}
  - {id: MN, name: Mongolia}
`)},
	"topics.yaml": {Data: []byte(`groups:
  - {id: human, label: Human security}
  - {id: political, label: Political dialogue}
topics:
  - {id: human.funds, label: Trust funds, group: human, triggers: [trust fund]}
  - {id: human.demining, label: Demining, group: human, triggers: [demining, mines]}
  - {id: political.visits, label: Visits, group: political, triggers: [visited]}
`)},
	"synonyms.yaml": {Data: []byte("synonyms:\n  - [demining, mine clearance]\n")},
}

const loan = "The trust fund paid for literacy. Japan gave 20 million dollars in February 2012, and visited Tokyo in 2007."

// documents is a small corpus with what pages must get right, and what
// documents must not be able to do.
func documents() []corpus.Document {
	day := func(s string) corpus.Date {
		d, err := corpus.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	list := []corpus.Document{
		{ID: "japan", Title: "Cooperation with Japan", Publisher: "Press office", Type: "topic page", Language: "en", URL: "https://example.org/japan",
			Body:  "Opening words about partners.\n\n" + loan + "\n\nPractical cooperation\n\nA trust fund helped demining in Tajikistan in 2005.",
			Pages: []corpus.Page{{Label: "1", Title: "Practical cooperation", Level: 1, Offset: 31 + len(loan) + 2}}},
		{ID: "pledge", Title: "A pledge", Publisher: "Press office", Type: "press release", Language: "en", Published: day("2012-02-21"),
			Body: "Japan pledged money to the trust fund in 2012. Mine clearance goes on."},
		{ID: "tajikistan", Title: "Demining in Tajikistan", Type: "report", Language: "en", Published: day("2004"),
			Body: "Demining removed 1,250 mines from Tajikistan in 2004.\nSee also the trust fund of 2003."},
		{ID: "korea", Title: "Talks in Seoul", Publisher: "Agency", Type: "press release", Language: "fr", Published: day("2013-04"),
			Body: "South Korea signed an agreement in 2012 after dialogue in the 1990s."},
		{ID: "bare", Title: "Nothing stated", Body: "Words without a year or a place."},
	}
	for i := range 26 {
		list = append(list, corpus.Document{ID: corpus.ID(fmt.Sprintf("note-%02d", i)), Title: fmt.Sprintf("Note %02d", i), Type: "note",
			Language: "en", Published: day(fmt.Sprintf("20%02d-03-01", i)), Body: fmt.Sprintf("Note on cooperation in 20%02d. Mongolia took part.", i)})
	}
	return list
}

// hostile documents try to run scripts and to break the page.
func hostile() []corpus.Document {
	return []corpus.Document{
		{ID: "hostile", Title: "<script>alert(\"title\")</script>\u202egnol " + strings.Repeat("long title ", 90_000),
			Publisher: `"><img src=x onerror=alert("publisher")>`, Type: `<svg onload=alert("type")>`, Language: "en", URL: `javascript:alert("url")`,
			Author: `'-alert("author")-'`, Path: `../<b>&.html`,
			Body:  "cooperation </article><script>alert(\"body\")</script> \u202e reversed\n\n{{.Secret}} ${1} " + strings.Repeat("x", 40_000),
			Pages: []corpus.Page{{Label: `"><script>alert("label")</script>`, Title: `</title><script>alert("section")</script>`, Level: 1}}},
		{ID: `odd id?&#/"<>`, Title: "Odd identifier", Body: "cooperation under an odd name", URL: "data:text/html,<script>alert(1)</script>"},
	}
}

func facts() []corpus.Fact {
	on := func(s string) corpus.FactDate {
		d, err := corpus.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return corpus.FactDate{Date: d, Mode: "on"}
	}
	quote := "gave 20 million dollars in February 2012"
	at := 31 + strings.Index(loan, quote)
	return []corpus.Fact{
		{ID: "gift", Kind: "contribution", Statement: "Japan gave $20 million to the trust fund.", Partners: []corpus.PartnerID{"JP"}, Topics: []corpus.TopicID{"human.funds"},
			Date: on("2012-02"), Event: "ev-gift", Amount: &corpus.Amount{Value: decimal.New(20, 6), Currency: "USD", Text: "$20 million", Stage: "disbursed", Measure: "single-transaction"},
			Evidence: corpus.Evidence{Document: "japan", Exact: quote, Offset: at, End: at + len(quote), Status: corpus.AnchorExact, Page: "1"}},
		{ID: "pledge", Kind: "contribution", Statement: "Japan pledged $20 million to the trust fund.", Partners: []corpus.PartnerID{"JP"},
			Date: on("2012-02-21"), Event: "ev-gift", Amount: &corpus.Amount{Value: decimal.New(20, 6), Currency: "USD", Text: "$20 million", Stage: "pledged", Measure: "single-transaction"},
			Evidence: corpus.Evidence{Document: "pledge", Exact: "Japan pledged money", Offset: 0, End: 19, Status: corpus.AnchorExact}},
		{ID: "mines", Kind: "outcome", Statement: `1,250 mines were removed <script>alert("fact")</script>.`, Partners: []corpus.PartnerID{"TJ"}, Topics: []corpus.TopicID{"human.demining"},
			Date: on("2004"), Sources: []string{"javascript:alert(1)", "https://example.org/source"},
			Evidence: corpus.Evidence{Document: "tajikistan", Exact: "removed 1,300 mines", Status: corpus.AnchorChanged, Now: "removed 1,250 mines"}},
		{ID: "talks", Kind: "dialogue", Statement: "Talks were held in the 1990s.", Partners: []corpus.PartnerID{"KR"}, Date: on("199X"),
			Evidence: corpus.Evidence{Document: "korea", Exact: "dialogue in the 1990s", Offset: 46, End: 67, Status: corpus.AnchorExact}},
		{ID: "undated", Kind: "policy", Statement: "Nothing is known of the date."},
	}
}

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
var engine = sync.OnceValue(func() *bleve.Index { return indexOf("corpus", documents()) })

// hostileEngine is an index of the corpus and the hostile documents.
var hostileEngine = sync.OnceValue(func() *bleve.Index { return indexOf("hostile", append(documents(), hostile()...)) })

// indexOf makes an index of documents with their facts.
func indexOf(name string, list []corpus.Document) *bleve.Index {
	byDocument := map[corpus.ID][]corpus.Fact{}
	for _, f := range facts() {
		byDocument[f.Evidence.Document] = append(byDocument[f.Evidence.Document], f)
	}
	var records []corpus.Record
	for _, d := range list {
		if d.Path == "" {
			d.Path = string(d.ID) + ".txt"
		}
		records = append(records, corpus.Record{Document: &d, Facts: byDocument[d.ID]})
	}
	loose := corpus.Entry{ID: "loose", Source: "test", Path: "loose.facts.yaml", Kind: corpus.FactsEntry}
	return index(name, append(records, corpus.Record{Entry: loose, Facts: byDocument[""]}))
}

// index makes an index of records.
func index(name string, records []corpus.Record) *bleve.Index {
	taxonomy, err := corpus.ParseTaxonomy(taxonomyFiles)
	if err != nil {
		panic(err)
	}
	x, err := bleve.Create(filepath.Join(folder, name), bleve.Options{Taxonomy: taxonomy})
	if err != nil {
		panic(err)
	}
	for i, r := range records {
		if d := r.Document; d != nil {
			d.Source, d.Format, d.Digest = "test", "text", corpus.Digest([]byte(d.Body))
			d.Tags = taxonomy.Tag(d)
			records[i].Entry = corpus.Entry{ID: d.ID, Source: "test", Path: d.Path, Digest: d.Digest, Kind: corpus.DocumentEntry, Claims: []string{"test"}}
		}
	}
	if err := x.Apply(context.Background(), corpus.Batch{Put: records}); err != nil {
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
				Indexed:      time.Date(2026, 11, 24, 4, 10, 0, 0, time.UTC),
				SkippedFiles: []corpus.Skip{{Path: "test/<script>.pdf", Reason: corpus.SkipEncrypted}}}, nil
		},
		Reports: func(context.Context, int) ([]corpus.Report, error) {
			return []corpus.Report{{Started: time.Date(2026, 11, 24, 4, 9, 0, 0, time.UTC), Seconds: 1.5, Sources: []string{"test"}, Added: 2,
				Paths: corpus.Changes{Added: []string{"test/a", "test/<b>"}},
				Moved: []corpus.Moved{{Facet: "partner", Value: "JP", Label: "Japan", Before: 3, After: 1}}}}, nil
		},
		Original: func(_ context.Context, id corpus.ID) (io.ReadCloser, string, error) {
			if id == "nope" {
				return nil, "", fmt.Errorf("%s: %w", id, search.ErrNotFound)
			}
			return io.NopCloser(strings.NewReader("<script>alert(1)</script>")), `folder/ja"pan.html`, nil
		},
		Limits: web.Limits{Timeout: time.Minute, Queue: time.Minute}, // how busy the machine is, is not asked here
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
