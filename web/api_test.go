package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapport/search"
	"rapport/web/pages/pagestest"
)

type apiAnswer struct {
	Query struct {
		Text, Read, Match string
		Relaxed           bool
	}
	Generation string
	Total      int
	Hits       []struct {
		ID, Title, Published, Language string
		Partners, Years                []string
		Snippets                       []search.Snippet
	}
	Facets map[string]search.Facet
	Facts  struct {
		Total int
		Hits  []struct {
			ID     string
			Amount struct{ Value, Currency, Text string }
			Date   struct{ EDTF, Precision, Mode string }
		}
	}
	Next string
}

// TestSearchContract checks the fields that programs rely on, as JSON names
// them.
func TestSearchContract(t *testing.T) {
	server := serve(t, nil)
	var raw map[string]any
	ask(t, server, `/api/v1/search?q=trust+fund`, &raw)
	for _, path := range []string{
		"query.text", "query.read", "query.synonyms", "query.warnings", "query.match", "query.relaxed", "query.missing_words",
		"generation", "total", "took_ms", "hits.0.id", "hits.0.title", "hits.0.url", "hits.0.publisher", "hits.0.published", "hits.0.language",
		"hits.0.partners", "hits.0.topics", "hits.0.years", "hits.0.score", "hits.0.snippets.0.offset", "hits.0.snippets.0.spans.0.text",
		"hits.0.snippets.0.spans.0.match", "facets.partner.values.0.value", "facets.partner.values.0.label", "facets.partner.values.0.count",
		"facets.partner.total", "facets.partner.missing", "facets.partner.other", "facets.partner.distinct", "facets.mention", "facets.year",
		"facets.topic", "facets.published", "facets.type", "facets.publisher", "facets.format", "facets.lang", "facts.total",
		"facts.hits.0.id", "facts.hits.0.statement", "facts.hits.0.kind", "facts.hits.0.partners", "facts.hits.0.topics",
		"facts.hits.0.date.edtf", "facts.hits.0.date.precision", "facts.hits.0.date.mode", "facts.hits.0.amount.value", "facts.hits.0.amount.currency",
		"facts.hits.0.amount.text", "facts.hits.0.evidence.document", "facts.hits.0.evidence.offset", "facts.hits.0.evidence.exact", "facts.hits.0.evidence.status",
	} {
		if !has(raw, strings.Split(path, ".")) {
			t.Errorf("the answer has no %s", path)
		}
	}
	if _, ok := raw["$schema"]; ok {
		t.Error("the answer has a field of the framework")
	}
	var a apiAnswer
	ask(t, server, `/api/v1/search?q=trust+fund`, &a)
	if a.Total != 3 || len(a.Hits) != 3 || a.Facts.Total != 2 {
		t.Errorf("%d documents (%d shown) and %d facts, want 3 and 2", a.Total, len(a.Hits), a.Facts.Total)
	}
	if v := a.Facts.Hits[0].Amount.Value; v != "20000000" {
		t.Errorf("amount %q, want a decimal string", v)
	}
}

func has(v any, path []string) bool {
	for _, step := range path {
		switch node := v.(type) {
		case map[string]any:
			next, ok := node[step]
			if !ok {
				return false
			}
			v = next
		case []any:
			if len(node) == 0 {
				return false
			}
			v = node[0]
		default:
			return false
		}
	}
	return true
}

// TestPaging walks all pages and meets every document once.
func TestPaging(t *testing.T) {
	server := serve(t, nil)
	seen, cursor := map[string]bool{}, ""
	for pages := 0; pages < 100; pages++ {
		var a apiAnswer
		ask(t, server, "/api/v1/search?q=cooperation&limit=5&cursor="+url.QueryEscape(cursor), &a)
		for _, h := range a.Hits {
			if seen[h.ID] {
				t.Fatalf("%s came twice", h.ID)
			}
			seen[h.ID] = true
		}
		if cursor = a.Next; cursor == "" {
			if len(seen) != a.Total {
				t.Errorf("%d documents on all pages, total %d", len(seen), a.Total)
			}
			return
		}
	}
	t.Error("the pages do not end")
}

// TestProblems checks that errors are problem+json with a stable code.
func TestProblems(t *testing.T) {
	server := serve(t, nil)
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		"/api/v1/documents/nope":                  {404, "not_found"},
		"/api/v1/documents/nope/original":         {404, "not_found"},
		"/api/v1/documents/nope/similar":          {404, "not_found"},
		"/api/v1/facets/nope":                     {404, "not_found"},
		"/api/v1/nope":                            {404, "not_found"},
		"/api/v1/search?limit=0":                  {400, "bad_parameter"},
		"/api/v1/search?limit=101":                {400, "bad_parameter"},
		"/api/v1/search?limit=x":                  {400, "bad_parameter"},
		"/api/v1/documents/japan/similar?limit=0": {400, "bad_parameter"},
		"/api/v1/search?sort=size":                {400, "bad_parameter"},
		"/api/v1/search?match=most":               {400, "bad_parameter"},
		"/api/v1/search?cursor=x":                 {400, "bad_parameter"},
		"/api/v1/search?year=19x9":                {400, "bad_parameter"},
		"/api/v1/search?partner=Atlantis":         {400, "bad_parameter"},
		"/api/v1/search?nope=1":                   {400, "bad_parameter"},
		"/api/v1/facts?cursor=x":                  {400, "bad_parameter"},
		"/api/v1/matrix?row=nope":                 {400, "bad_parameter"},
		"/api/v1/suggest?q=ja&limit=99":           {400, "bad_parameter"},
		"/api/v1/facets/partner?order=up":         {400, "bad_parameter"},
	} {
		res, body := getWith(t, server, path, http.Header{"Accept": {"application/json"}})
		var p struct {
			Type, Title, Detail, Code string
			Status                    int
		}
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			t.Errorf("%s: %v in %q", path, err, body)
			continue
		}
		if res.StatusCode != want.status || p.Status != want.status || p.Code != want.code || p.Detail == "" || p.Title == "" {
			t.Errorf("%s: %d %+v, want %d %s", path, res.StatusCode, p, want.status, want.code)
		}
		if strings.Count(strings.ToLower(p.Detail), "document") > 1 {
			t.Errorf("%s: %q says it twice", path, p.Detail)
		}
		if kind := res.Header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s: content type %q", path, kind)
		}
	}
	res, body := getWith(t, server, "/api/v1/search?strict=true&q="+url.QueryEscape(`trust "fund`), http.Header{})
	var p struct {
		Code     string
		Position *int
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil || res.StatusCode != 400 || p.Code != "unreadable_question" || p.Position == nil || *p.Position != 6 {
		t.Errorf("strict: %s %q %v", res.Status, body, err)
	}
}

// TestOtherOperations checks the rest of the interface.
func TestOtherOperations(t *testing.T) {
	server := serve(t, nil)
	var document struct {
		ID, Title, Body, Digest, Generation string
		Facts                               []struct{ ID string }
		Matches                             []struct{ Offset, End int }
	}
	ask(t, server, "/api/v1/documents/japan?q=literacy", &document)
	if len(document.Facts) != 1 || document.Facts[0].ID != "gift" || len(document.Matches) != 1 {
		t.Fatalf("document %+v", document)
	}
	if m := document.Matches[0]; document.Body[m.Offset:m.End] != "literacy" {
		t.Errorf("match %q", document.Body[m.Offset:m.End])
	}
	var found struct {
		Total  int
		Hits   []struct{ ID string }
		Facets map[string]search.Facet
		Next   string
	}
	ask(t, server, "/api/v1/facts?partner=JP&limit=1", &found)
	if found.Total != 2 || len(found.Hits) != 1 || found.Next == "" || found.Facets["kind"].Total != 2 {
		t.Errorf("facts %+v", found)
	}
	first := found.Hits[0].ID
	ask(t, server, "/api/v1/facts?partner=JP&limit=1&cursor="+url.QueryEscape(found.Next), &found)
	if len(found.Hits) != 1 || found.Hits[0].ID == first {
		t.Errorf("second page of facts %+v after %s", found, first)
	}
	var hits struct{ Next string }
	ask(t, server, "/api/v1/search?limit=1", &hits)
	ask(t, server, "/api/v1/facts?partner=JP&limit=1", &found)
	for _, path := range []string{"?partner=KR&cursor=" + found.Next, "?partner=JP&sort=oldest&cursor=" + found.Next, "?cursor=" + hits.Next} {
		if res, body := getWith(t, server, "/api/v1/facts"+path, nil); res.StatusCode != http.StatusBadRequest {
			t.Errorf("cursor of another list at %s: %d %s", path, res.StatusCode, body)
		}
	}
	var facet struct{ Values []search.FacetValue }
	ask(t, server, "/api/v1/facets/partner?find=kore", &facet)
	if len(facet.Values) != 1 || facet.Values[0].Value != "KR" {
		t.Errorf("facet %+v", facet)
	}
	var matrix struct {
		Rows, Columns []struct{ Value string }
		Counts        [][]int
		Total         int
	}
	ask(t, server, "/api/v1/matrix?of=facts", &matrix)
	if matrix.Total != 5 || len(matrix.Counts) != len(matrix.Rows) || len(matrix.Counts[0]) != len(matrix.Columns) {
		t.Errorf("matrix %+v", matrix)
	}
	var suggested struct {
		Suggestions []struct{ Kind, Text, Href string }
	}
	ask(t, server, "/api/v1/suggest?q=ja", &suggested)
	if len(suggested.Suggestions) == 0 || suggested.Suggestions[0].Href != "/partners/JP" {
		t.Errorf("suggestions %+v", suggested)
	}
	var status struct {
		Generation       string
		Documents, Facts int
	}
	ask(t, server, "/api/v1/status", &status)
	if status.Documents != len(pagestest.Documents()) || status.Facts != len(pagestest.Facts()) || status.Generation == "" {
		t.Errorf("status %+v", status)
	}
}

// TestOpenAPI checks that the description covers the interface.
func TestOpenAPI(t *testing.T) {
	server := serve(t, nil)
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	ask(t, server, "/openapi.json", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("version %q", doc.OpenAPI)
	}
	for _, path := range []string{"search", "documents/{id}", "documents/{id}/original", "facts", "suggest", "facets/{name}", "matrix", "status"} {
		if _, ok := doc.Paths["/api/v1/"+path]["get"]; !ok {
			t.Errorf("no description of %s", path)
		}
	}
	for _, path := range []string{"/search.csv", "/search.ris", "/search.atom", "/matrix.csv", "/facts.xlsx", "/facts.ndjson"} {
		if _, ok := doc.Paths[path]["get"]; !ok {
			t.Errorf("no description of %s", path)
		}
	}
	if _, ok := doc.Paths["/facts.bib"]; ok {
		t.Error("facts are described as BibTeX, which they are not exported as")
	}
	var names []string
	for _, p := range doc.Paths["/api/v1/search"]["get"].Parameters {
		names = append(names, p.Name)
	}
	for _, want := range []string{"q", "partner", "-partner", "year", "match", "sort", "limit", "cursor", "strict"} {
		if !slices.Contains(names, want) {
			t.Errorf("the parameter %s is not described", want)
		}
	}
}
