package web_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rapport/web"
)

// TestSearchPage checks what an analyst must see.
func TestSearchPage(t *testing.T) {
	server := serve(t, nil)
	body := html.UnescapeString(page(t, server, "/search?q=trust+fund&-type=report"))
	for what, want := range map[string]string{
		"the counts":              "2 documents and 2 facts",
		"how it was read":         "How your question was read",
		"a chip for the filter":   "Kind of source: report",
		"the word not":            "<b>not</b>",
		"a snippet with its hit":  "<mark>trust</mark>",
		"a link into the text":    "/documents/japan?q=trust+fund&at=",
		"the date of a document":  "21 February 2012",
		"the absence of a date":   "Date not stated, text runs to 2012",
		"a sum":                   "$20 million",
		"the sentence of a fact":  "See the sentence",
		"the precision of a date": "to the month",
		"a box that is ticked":    `name="topic"`,
		"the generation":          "Generation <code>",
		"the citation":            "search for “trust fund” (not Kind of source: report): 2 documents",
		"the feed":                `type="application/atom+xml"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s: %q", what, want)
		}
	}
}

// TestNothingFound checks that a dead end shows ways out.
func TestNothingFound(t *testing.T) {
	server := serve(t, nil)
	for path, wants := range map[string][]string{
		"/search?q=trust+fund&type=nope": {"Nothing found", "Take a filter away", "Kind of source: nope", "Files that could not be read", "does not mean that it did not happen"},
		"/search?q=zzzz+yyyy&type=nope":  {"Nothing found", "Without these filters there is nothing, either, and none of the words is found alone"},
		"/search?q=zzzz+yyyy":            {"None of the words is found alone, either"},
	} {
		body := page(t, server, path)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
}

// TestYearsHaveAnAxis checks that the first and the last year stand below the
// histogram, and its peak beside it.
func TestYearsHaveAnAxis(t *testing.T) {
	server := serve(t, nil)
	body := page(t, server, "/search")
	for _, want := range []string{`text-anchor="start">`, `text-anchor="end">`, "Most in "} {
		if !strings.Contains(body, want) {
			t.Errorf("the histogram lacks %q", want)
		}
	}
}

// TestCanonical checks that an address has one form.
func TestCanonical(t *testing.T) {
	server := serve(t, nil)
	for from, to := range map[string]string{
		"/search?q=&partner=":                         "/search",
		"/search?partner=south+korea":                 "/search?partner=KR",
		"/search?year.from=2003&year.to=2012&q=trust": "/search?q=trust&year=2003..2012",
		"/search?year.from=2003&year.to=":             "/search?year=2003..",
		"/search?limit=10":                            "/search",
		"/facts?publisher=Agency&kind=outcome":        "/facts?kind=outcome",
		"/partners/ROK":                               "/partners/KR",
		"/topics/demining":                            "/topics/human.demining",
		"/partners?x=1":                               "/partners",
		"/?utm_source=x":                              "/",
	} {
		res, _ := get(t, server, from)
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != to {
			t.Errorf("%s: %s to %q, want %q", from, res.Status, res.Header.Get("Location"), to)
		}
		if res, _ := get(t, server, to); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %q", to, res.Status, res.Header.Get("Location"))
		}
	}
}

// TestCitedSearch checks that a citation leads back to its question, and says
// what changed when the index did.
func TestCitedSearch(t *testing.T) {
	server := serve(t, nil)
	body := html.UnescapeString(page(t, server, "/search?q=trust+fund"))
	_, cited, found := strings.Cut(body, server.URL+"/search?")
	cited, _, _ = strings.Cut(cited, "<")
	params, err := url.ParseQuery(cited)
	if err != nil || !found || params.Get("gen") == "" || params.Get("then") != "3" {
		t.Fatalf("the citation's address is %q", cited)
	}
	if strings.Contains(page(t, server, "/search?"+cited), "Cited at generation") {
		t.Error("a citation of this generation speaks of another one")
	}
	old := page(t, server, "/search?q=trust+fund&gen=elsewhere&then=12")
	if !strings.Contains(old, "Cited at generation <code>elsewhere</code> with 12 documents. Now there are 3.") {
		t.Error("a citation of another generation does not say what it counted")
	}
}

// TestFactsByCursor checks that pages of facts follow each other without a gap.
func TestFactsByCursor(t *testing.T) {
	server := serve(t, nil)
	address, seen := "/facts?limit=2", map[string]bool{}
	for _, shown := range []string{"1 to 2 of 5", "3 to 4 of 5", "5 to 5 of 5"} {
		body := page(t, server, address)
		if !strings.Contains(body, "Showing "+shown) {
			t.Errorf("%s does not say that it shows %s", address, shown)
		}
		for _, row := range elements(t, body, "tr") {
			if id := attribute(row, "id"); id != "" {
				if seen[id] {
					t.Errorf("%s shows %s again", address, id)
				}
				seen[id] = true
			}
		}
		address = ""
		for _, a := range elements(t, body, "a") {
			if attribute(a, "rel") == "next" {
				address = attribute(a, "href")
			}
		}
		if address == "" {
			break
		}
	}
	if len(seen) != 5 || address != "" {
		t.Errorf("%d facts of 5 were shown, next %q", len(seen), address)
	}
}

// TestReader checks the document at a passage.
func TestReader(t *testing.T) {
	server := serve(t, nil)
	at := strings.Index(documents()[0].Body, "trust fund helped")
	body := html.UnescapeString(page(t, server, fmt.Sprintf("/documents/japan?q=trust+fund&at=%d", at)))
	for what, want := range map[string]string{
		"the hits, numbered":     `<mark id="h2">trust fund</mark>`,
		"where one stands":       "Hit 2 of 2",
		"the place asked for":    `<span id="at"></span>`,
		"the section":            "Practical cooperation",
		"its hits":               "1 hit",
		"the fact in the margin": `role="note"`,
		"its evidence":           `class="ev"`,
		"the citation":           "“Cooperation with Japan”, Press office, no date (text runs to 2012)",
		"a permalink by words":   "quote=A+trust+fund",
		"the download":           "/api/v1/documents/japan/original",
		"the outside address":    `href="https://example.org/japan"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the reader lacks %s: %q", what, want)
		}
	}
	if body := page(t, server, "/documents/japan?quote=A+trust+fund+helped+demining"); !strings.Contains(body, `<span id="at"></span>A trust fund helped`) {
		t.Error("the quoted words are not found")
	}
	if body := page(t, server, "/documents/japan?quote=words+that+were+never+there"); !strings.Contains(body, "do not stand in this document") {
		t.Error("nothing is said of quoted words that are gone")
	}
	if body := page(t, server, "/documents/tajikistan?fact=mines"); !strings.Contains(body, "removed 1,300 mines") || !strings.Contains(body, "the source now says something else") {
		t.Error("a stale fact is not shown with its words")
	}
}

// largePage is in the middle of ten megabytes.
const largePage = "/documents/large?q=needle&at=5000000"

// TestLargeDocument checks that ten megabytes are read part by part.
func TestLargeDocument(t *testing.T) {
	server := serveEngine(t, largeEngine(), nil)
	body := page(t, server, largePage)
	if len(body) > 200_000 {
		t.Errorf("the page has %d bytes", len(body))
	}
	for _, want := range []string{"Read on", "Back", "Hit 2 of 3", "Part "} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// BenchmarkLargeDocument measures how long a part of ten megabytes takes; the
// aim is less than a second.
func BenchmarkLargeDocument(b *testing.B) {
	server := serveEngine(b, largeEngine(), nil)
	for b.Loop() {
		page(b, server, largePage)
	}
}

// TestOtherPages checks that the remaining pages say what they are for.
func TestOtherPages(t *testing.T) {
	server := serve(t, nil)
	for path, wants := range map[string][]string{
		"/":                     {"Search documents and facts", "Japan", "Ways to ask"},
		"/facts":                {"5 facts", "No date", "Stale: the source now says something else", `aria-sort="descending"`},
		"/facts?partner=JP":     {"2 facts about Japan", "disbursed", `in <a href="/facts?q=id:gift">1 payment</a>`, "pledged"},
		"/partners":             {"Japan", "Republic of Korea"},
		"/partners/JP":          {"Facts by year", "February 2012", "Sums of money", "disbursed</dt>", `in <a href="/facts?q=id:gift">1 payment</a>`, "All facts with sums", "documents name it"},
		"/topics/human":         {"Human security", "Demining", "Trust funds"},
		"/topics/human.funds":   {"Facts by year", "Latest documents"},
		"/matrix":               {"Facts by partner and year", "nothing found", "90s</th>"},
		"/matrix?row=topic":     {`href="/facts?topic=none"`, "in no row: on no topic"},
		"/matrix?of=documents":  {"Documents by partner and year", "The same as a list"},
		"/report":               {"Stale facts", "removed 1,300 mines", "A copy without the password", "test/a", "Counts that moved", `href="/search?partner=JP"`, "\u22122"},
		"/help":                 {"How to ask"},
		"/facets/year?q=note":   {"Year: all values"},
		"/facets/kind?of=facts": {"contribution"},
	} {
		body := page(t, server, path)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	for path, want := range map[string]int{"/nope": 404, "/documents/nope": 404, "/partners/atlantis": 404, "/topics/nope": 404, "/matrix?row=nope": 400, "/search?limit=x": 400} {
		res, body := get(t, server, path)
		if res.StatusCode != want || strings.Contains(body, "<h1>"+http.StatusText(want)) || !strings.Contains(body, "<h1>") || !strings.Contains(body, "Start page") {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

// TestHostileCorpus checks that nothing a document or a request holds gets
// into a page as markup.
func TestHostileCorpus(t *testing.T) {
	t.Parallel()
	server := serveEngine(t, hostileEngine(), nil)
	paths := []string{"/", "/search", "/search?q=cooperation&limit=100", "/search?type=" + url.QueryEscape(hostile()[0].Type), "/documents/hostile", "/documents/hostile?q=cooperation",
		"/facts", "/report", "/partners", "/matrix?of=documents&column=type", "/facets/publisher", "/documents/" + url.PathEscape(`odd id?&#/"<>`),
		`/search?q=` + url.QueryEscape(`"><script>alert(1)</script>`), "/documents/tajikistan", "/topics/human.demining", `/facets/type?find=` + url.QueryEscape(`"><script>`)}
	for _, path := range paths {
		body := page(t, server, path)
		for _, n := range elements(t, body, "script") {
			if !strings.HasPrefix(attribute(n, "src"), "/static/") || n.FirstChild != nil {
				t.Errorf("%s: a script of another: %q %q", path, attribute(n, "src"), textOf(n))
			}
		}
		if len(elements(t, body, "img"))+len(elements(t, body, "iframe"))+len(elements(t, body, "style")) > 0 {
			t.Errorf("%s: an element that no template has", path)
		}
		for _, tag := range []string{"a", "svg", "mark", "span", "p", "form", "input"} {
			for _, n := range elements(t, body, tag) {
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
						t.Errorf("%s: attribute %s=%q", path, a.Key, a.Val)
					}
					if a.Key == "href" && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://example.org/") {
						t.Errorf("%s: link to %q", path, a.Val)
					}
				}
			}
		}
		if len(body) > 400_000 {
			t.Errorf("%s: %d bytes", path, len(body))
		}
	}
}

// TestHeaders checks what keeps a browser safe and quick.
func TestHeaders(t *testing.T) {
	server := serve(t, nil)
	res, body := get(t, server, "/search")
	csp := res.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy lacks %s", want)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "private, no-cache"} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if res.Header.Get("X-Request-Id") == "" {
		t.Error("the request has no id")
	}
	again, _ := getWith(t, server, "/search", http.Header{"If-None-Match": {res.Header.Get("Etag")}})
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("the same page again: %s", again.Status)
	}
	style := attribute(elements(t, body, "link")[1], "href")
	res, _ = get(t, server, style)
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("style sheet %s: %s %v", style, res.Status, res.Header)
	}
	res, body = get(t, server, "/api/v1/documents/japan/original")
	if d := res.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") || !strings.Contains(d, "pan.html") || strings.Contains(d, "folder") {
		t.Errorf("original: %q", d)
	}
	if !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || res.Header.Get("Content-Type") != "application/octet-stream" || body == "" {
		t.Errorf("original: %v", res.Header)
	}
}

// TestPageWeight checks that pages stay below 60 kB as they are sent, with
// style sheet and script.
func TestPageWeight(t *testing.T) {
	server := serveEngine(t, sampleEngine(), nil)
	sent := func(path string) int {
		r, err := http.NewRequest(http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var size countBytes
		if _, err := size.ReadFrom(res.Body); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode == http.StatusOK && res.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is sent as it is", path)
		}
		return int(size)
	}
	start := page(t, server, "/")
	assets := sent(attribute(elements(t, start, "link")[1], "href")) + sent(attribute(elements(t, start, "script")[0], "src"))
	for _, path := range samplePages() {
		path, _, _ = strings.Cut(path, "#")
		if size := sent(path); size+assets > 60_000 {
			t.Errorf("%s: %d bytes, and %d of style sheet and script", path, size, assets)
		}
	}
}

// TestToken checks that a service with a token answers nobody without it.
func TestToken(t *testing.T) {
	server := serve(t, func(o *web.Options) { o.Token = "secret-token" })
	for header, want := range map[string]int{"": 401, "Bearer wrong": 401, "Bearer secret-token": 200, "Basic dTpzZWNyZXQtdG9rZW4=": 200} {
		res, _ := getWith(t, server, "/search", http.Header{"Authorization": {header}})
		if res.StatusCode != want {
			t.Errorf("%q: %s", header, res.Status)
		}
	}
	if res, _ := getWith(t, server, "/healthz", nil); res.StatusCode != 200 {
		t.Errorf("healthz: %s", res.Status)
	}
}
