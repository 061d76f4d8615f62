// Package pagestest renders pages over a small corpus in memory, for the tests
// of pages, and has that corpus for the tests of the service around them.
package pagestest

import (
	"context"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/searchtest"
	"rapport/web/pages"
)

// Render returns the HTML of a page at an address, over the small corpus and
// the hostile documents.
func Render(t *testing.T, p pages.Page, address string) string {
	t.Helper()
	view, status := show(t, p, address)
	return HTML(t, p, view, status)
}

// MovedTo returns the canonical address that a page says an address has; empty
// when it is that already.
func MovedTo(t *testing.T, p pages.Page, address string) string {
	t.Helper()
	_, err := p.Show(t.Context(), visit(t, address))
	to, _ := pages.IsMoved(err)
	return to
}

// Error returns why a page cannot be shown.
func Error(t *testing.T, p pages.Page, address string) error {
	t.Helper()
	_, err := p.Show(t.Context(), visit(t, address))
	return err
}

// HTML returns the HTML of a view.
func HTML(t *testing.T, p pages.Page, view *pages.View, status pages.Status) string {
	t.Helper()
	renderer, err := pages.NewRenderer("", p)
	if err != nil {
		t.Fatal(err)
	}
	page, err := renderer.Render(view, status)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, string(page))
	return string(page)
}

// Want checks that a page, its entities resolved, holds what it should.
func Want(t *testing.T, page string, wants map[string]string) {
	t.Helper()
	page = html.UnescapeString(page)
	for what, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s: %q", what, want)
		}
	}
}

func show(t *testing.T, p pages.Page, address string) (*pages.View, pages.Status) {
	t.Helper()
	v := visit(t, address)
	view, err := p.Show(t.Context(), v)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return view, v.Status
}

// visit is a request for a page at an address.
func visit(t *testing.T, address string) *pages.Visit {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := engine().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshot.Release)
	escaped := u.EscapedPath()
	name, err := url.PathUnescape(path.Base(escaped))
	if err != nil {
		t.Fatal(err)
	}
	g := snapshot.Generation()
	return &pages.Visit{
		Snapshot: snapshot, Reports: Reports, Path: escaped, Name: name, Params: u.Query(),
		Base: "http://127.0.0.1", HasOriginal: func(d *corpus.Document) bool { return d.ID != "bare" },
		Status: pages.Status{Generation: g.String(), Documents: g.Documents, Facts: g.Facts, Skipped: 1, Sources: []string{"test"},
			Indexed: Indexed(), SkippedFiles: SkippedFiles(),
			Partial: []corpus.Partial{{Path: "test/<b>bare.pdf", Lacks: []string{"corrupt: page 3 of 8 <cannot> be read"}}}},
	}
}

// engine holds the small corpus and the hostile documents, in memory.
var engine = sync.OnceValue(func() search.Engine {
	taxonomy := Taxonomy()
	e := searchtest.NewReference(taxonomy)
	if err := e.Apply(context.Background(), corpus.Batch{Put: Records(taxonomy, append(Documents(), Hostile()...))}); err != nil {
		panic(err)
	}
	return e
})

// wellFormed checks what holds for every page: no identifier twice, and no
// element that a document has brought in.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "img" || n.Data == "iframe" || n.Data == "style" {
			t.Errorf("an element that no template has: %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id" && seen[a.Val]:
				t.Errorf("two elements have the identifier %q", a.Val)
			case a.Key == "id":
				seen[a.Val] = true
			case strings.HasPrefix(a.Key, "on") || a.Key == "style":
				t.Errorf("attribute %s=%q", a.Key, a.Val)
			}
		}
	}
}

// Attributes returns the values of an attribute of all elements with a tag.
func Attributes(t *testing.T, page, tag, attribute string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != tag {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == attribute {
				values = append(values, a.Val)
			}
		}
	}
	return values
}

// Next returns the address of the page that follows; empty on the last one.
func Next(t *testing.T, page string) string {
	t.Helper()
	if before, _, found := strings.Cut(page, `" rel="next"`); found {
		return html.UnescapeString(before[strings.LastIndexByte(before, '"')+1:])
	}
	return ""
}
