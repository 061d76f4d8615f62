package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"rapport/web"
	"rapport/web/pages/pagestest"
)

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

// TestErrorPages checks that people get a page in words.
func TestErrorPages(t *testing.T) {
	server := serve(t, nil)
	for path, want := range map[string]int{"/nope": 404, "/documents/nope": 404, "/partners/atlantis": 404, "/topics/nope": 404, "/matrix?row=nope": 400, "/search?limit=x": 400} {
		res, body := get(t, server, path)
		if res.StatusCode != want || strings.Contains(body, "<h1>"+http.StatusText(want)) || !strings.Contains(body, "<h1>") || !strings.Contains(body, "Start page") {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

// TestWaysOutOfMistakes checks that what is nearly right leads to what is
// meant, and that what is read in another way is said.
func TestWaysOutOfMistakes(t *testing.T) {
	server := serve(t, nil)
	for path, want := range map[string]string{
		"/search?partner=japn&q=fund":      `<a href="/search?q=fund&amp;partner=Japan">`,
		"/facts?-partner=japn":             `<a href="/facts?-partner=Japan">`,
		"/partners/japn":                   `<a href="/partners/JP"><i><bdi>Japan</bdi>`,
		"/topics/deminin":                  `<a href="/topics/human.demining"><i><bdi>Demining</bdi>`,
		"/search?partner=japn&year=x":      "did you mean “Japan”? “x” is no year;",
		"/search?year=2012..2005":          "“year=2012..2005”: the range runs backwards",
		"/facts?year.from=2012&year.to=05": "is no year",
		"/facts?year=2012..2005":           "“year=2012..2005”: the range runs backwards",
		"/facets/foo":                      "There is no facet “foo” of documents; there are partner, year, topic,",
		"/facets/publsher?of=documents":    `<a href="/facets/publisher"><i><bdi>publisher</bdi>`,
		"/facets/kin?of=facts":             `<a href="/facets/kind?of=facts">`,
		"/facets/year?of=foo":              "“of=foo”: want documents or facts.",
		"/matrix?row=foo":                  "There is no facet “foo” of facts; there are partner, topic, year, kind, status",
		"/partners/Iran":                   "<p class=\"lede\">There is no partner “Iran”.</p>\n\n\n<ul",
		"/search?limit=x":                  "“limit=x”: want a number of hits from 1 to 100.",
		"/facts?status=foo":                "write exact, moved, normalised, ambiguous, changed, missing, unlocated or extracted",
		"/facts?kind=foo":                  "write address, agreement, amount,",
		"/search?type=Notes":               "No document has the type “Notes”; did you mean “note”?",
	} {
		if _, body := get(t, server, path); !strings.Contains(body, want) {
			t.Errorf("%s lacks %q", path, want)
		}
	}
	res, _ := getWith(t, server, "/partners/japn", http.Header{"Accept": {"text/html"}, "Accept-Encoding": {"gzip"}})
	if res.StatusCode != http.StatusNotFound || res.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the page of an error: %s, encoded as %q", res.Status, res.Header.Get("Content-Encoding"))
	}
}

// TestRemarksAreSentences checks that what pages say of a question, its filters
// and mistakes are sentences: that they begin with a capital letter or with what was
// typed, in quotation marks, and end.
func TestRemarksAreSentences(t *testing.T) {
	server := serve(t, nil)
	remarks := 0
	for _, path := range []string{
		"/search?q=" + url.QueryEscape(`partner:japn "open AND (trust NEAR fund date:2010 year: * kind:foo status:exat (`),
		"/search?q=" + url.QueryEscape(`publsher:x topic:deminin amount:x lang:xq fund~ a* currency:zzz year:2012..2005 - OR`),
		"/search?year=2012..2005&type=Notes&format=x", "/facts?year=2012..2005", "/facts?q=partner:japn", "/search?partner=japn&year=x&limit=0",
		"/matrix?row=foo", "/matrix?of=foo", "/matrix?row=year&column=year", "/facets/foo", "/facets/year?order=x", "/partners/japn", "/nope", "/search?cursor=x", "/facts?cursor=x",
		"/documents/nope", "/search?sort=foo&match=foo&collapse=foo&strict=foo", "/report?limit=1", "/search?q=fund&strict=true&match=x",
		"/search?q=" + url.QueryEscape("partner:japn") + "&strict=true",
	} {
		_, body := get(t, server, path)
		for _, n := range append(elements(t, body, "p"), elements(t, body, "li")...) {
			class, text := attribute(n, "class"), strings.TrimSpace(textOf(n))
			if class != "lede" && (n.Parent == nil || attribute(n.Parent, "class") != "read warnings") {
				continue
			}
			remarks++
			first, _ := utf8.DecodeRuneInString(text)
			if unicode.IsLower(first) || !strings.ContainsAny(text[len(text)-1:], ".?") {
				t.Errorf("%s: %q is no sentence", path, text)
			}
		}
	}
	if remarks < 30 {
		t.Errorf("%d remarks", remarks)
	}
}

// TestHostileCorpus checks that nothing a document or a request holds gets
// into a page as markup.
func TestHostileCorpus(t *testing.T) {
	t.Parallel()
	server := serveEngine(t, hostileEngine(), nil)
	paths := []string{"/", "/search", "/search?q=cooperation&limit=100", "/search?type=" + url.QueryEscape(pagestest.Hostile()[0].Type), "/documents/hostile", "/documents/hostile?q=cooperation",
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
	res, body := get(t, server, "/report")
	if res.StatusCode != 401 || strings.Contains(body, "Generation <code>") || strings.Contains(body, "indexed <time") || strings.Contains(body, " facts.") {
		t.Errorf("a page for nobody tells of the index: %s %s", res.Status, body)
	}
}
