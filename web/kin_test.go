package web_test

import (
	"html"
	"strings"
	"sync"
	"testing"

	"rapport/corpus"
	"rapport/search/bleve"
)

const longBody = `The Authority announced that new funding has been made available for the repair of the harbour wall at Kemi.
Grants can be applied for by local companies and by non-profit organizations on a cost-sharing basis. Work must begin
within a year of the decision. Those who received funding before may apply again when their former project has been
completed and accounted for.`

// kinEngine is an index of a notice, two copies of it, a near-copy, and two
// editions of a page.
var kinEngine = sync.OnceValue(func() *bleve.Index {
	on := func(text string) corpus.Date {
		d, err := corpus.ParseDate(text)
		if err != nil {
			panic(err)
		}
		return d
	}
	return indexOf("kin", []corpus.Document{
		{ID: "notice", Title: "Notice", Body: longBody},
		{ID: "copy", Title: "Notice", Body: longBody},
		{ID: "another", Title: "Notice", Body: longBody},
		{ID: "pages", Title: "Notice as printed", Body: longBody + "\n\n1"},
		{ID: "old", Title: "Harbour", URL: "http://e.org/harbour", Published: on("2011-05"), Body: "The harbour was dredged."},
		{ID: "new", Title: "Harbour", URL: "https://e.org/harbour/", Published: on("2013"), Body: "The harbour was widened."},
	})
})

func TestCollapse(t *testing.T) {
	server := serveEngine(t, kinEngine(), nil)
	for _, c := range []struct {
		params        string
		folded, first int // documents not listed, and behind the notice
		hits          int
	}{
		{"", 2, 2, 4}, {"&collapse=same", 2, 2, 4}, {"&collapse=near", 3, 3, 3}, {"&collapse=none", 0, 0, 6},
		{"&collapse=near&-same=notice", 0, 0, 3},
	} {
		var a struct {
			Total, Folded int
			Hits          []struct {
				ID     string
				Folded int
			}
			Facets map[string]struct{ Total int }
		}
		ask(t, server, "/api/v1/search?q=harbour"+c.params, &a)
		total := 6
		if strings.Contains(c.params, "-same") {
			total = 3
		}
		most := 0
		for _, h := range a.Hits {
			most = max(most, h.Folded)
		}
		if a.Total != total || a.Facets["partner"].Total != total || a.Folded != c.folded || len(a.Hits) != c.hits || most != c.first {
			t.Errorf("%q: %+v, want %d found, %d folded, %d listed", c.params, a, total, c.folded, c.hits)
		}
	}
}

// The number beside a hit leads to as many documents.
func TestFoldedHitLeadsToItsFamily(t *testing.T) {
	server := serveEngine(t, kinEngine(), nil)
	for path, want := range map[string]string{
		"/search?q=harbour+wall":               "One of 3 documents made of the same file",
		"/search?q=harbour+wall&collapse=near": "One of 4 documents with nearly the same text",
	} {
		body := page(t, server, path)
		at := strings.Index(body, want)
		if at < 0 {
			t.Fatalf("%s does not say %q", path, want)
		}
		_, rest, _ := strings.Cut(body[strings.LastIndex(body[:at], "<a "):], `href="`)
		href, _, _ := strings.Cut(rest, `"`)
		family := page(t, server, html.UnescapeString(href))
		if number := strings.Fields(want)[2] + " documents and"; !strings.Contains(family, number) {
			t.Errorf("%s leads to %s, which does not have %s", path, href, number)
		}
	}
}

func TestKinOfDocument(t *testing.T) {
	server := serveEngine(t, kinEngine(), nil)
	type family struct {
		Total     int
		Documents []struct {
			ID, Date string
			DateOf   string `json:"date_of"`
		}
	}
	var a struct {
		Work             string
		Copies, Editions family
		Near             family `json:"near_identical"`
	}
	ask(t, server, "/api/v1/documents/notice", &a)
	if a.Copies.Total != 2 || a.Near.Total != 1 || a.Near.Documents[0].ID != "pages" || a.Editions.Total != 0 || a.Work != "" {
		t.Errorf("kin of the notice: %+v", a)
	}
	ask(t, server, "/api/v1/documents/new", &a)
	if a.Copies.Total != 0 || a.Near.Total != 0 || a.Editions.Total != 1 || a.Work != "//e.org/harbour" {
		t.Fatalf("kin of the page: %+v", a)
	}
	if d := a.Editions.Documents[0]; d.ID != "old" || d.Date != "2011-05" || d.DateOf != "published" {
		t.Errorf("the other edition: %+v", d)
	}
	notice := page(t, server, "/documents/notice")
	for _, want := range []string{`href="/search?collapse=none&amp;same=notice"`, ">3 documents<", ">4 documents<"} {
		if !strings.Contains(notice, want) {
			t.Errorf("the page of the notice has no %s", want)
		}
	}
	if body := page(t, server, "/documents/new"); !strings.Contains(body, `<a href="/documents/old">published May 2011</a>; <b>published 2013</b>`) {
		t.Errorf("the page does not list its editions:\n%.3000s", body)
	}
}
