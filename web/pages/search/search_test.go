package search_test

import (
	"html"
	"net/url"
	"strings"
	"testing"

	"rapport/web/pages/pagestest"
	"rapport/web/pages/search"
)

// TestAnswer checks what an analyst must see of an answer.
func TestAnswer(t *testing.T) {
	page := pagestest.Render(t, search.Page(), "/search?q=trust+fund&-type=report")
	pagestest.Want(t, page, map[string]string{
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
		"a box to tick":           `name="topic"`,
		"the generation":          "Generation <code>",
		"the citation":            "search for “trust fund” (not Kind of source: report): 2 documents",
		"the feed":                `type="application/atom+xml"`,
		"the first year":          `text-anchor="start">`,
		"the last year":           `text-anchor="end">`,
		"the peak":                "Most in ",
		"what narrows no fact":    "Not narrowed by: <bdi>Kind of source</bdi>",
		"the answer crossed":      `href="/matrix?q=trust+fund&-type=report&of=documents"`,
	})
}

// TestVerbatimGoesAlong checks that a document is marked as the question was
// read that led to it.
func TestVerbatimGoesAlong(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, search.Page(), "/search?q=trust+fund&verbatim=true"), map[string]string{
		"a link into the text": "/documents/japan?q=trust+fund&at=",
		"word for word":        "&verbatim=true#at",
	})
}

// TestNothingFound checks that a dead end shows ways out.
func TestNothingFound(t *testing.T) {
	for address, wants := range map[string][]string{
		"/search?q=trust+fund&type=nope": {"Nothing found", "Take a filter away", "Kind of source: nope", "Files that could not be read", "does not mean that it did not happen"},
		"/search?q=zzzz+yyyy&type=nope":  {"Nothing found", "Without these filters there is nothing, either, and none of the words is found alone"},
		"/search?q=zzzz+yyyy":            {"None of the words is found alone, either"},
	} {
		page := pagestest.Render(t, search.Page(), address)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %q", address, want)
			}
		}
	}
}

// TestSpellingIsOfferedOnce checks that a dead end offers a better question once,
// with what it finds, and that an open range does not end in three dots.
func TestSpellingIsOfferedOnce(t *testing.T) {
	page := pagestest.Render(t, search.Page(), "/search?q="+url.QueryEscape("trust fund partner:japn"))
	if n := strings.Count(page, "Did you mean <a "); n != 1 || !strings.Contains(page, "trust fund partner:Japan") {
		t.Errorf("a better question is offered %d times", n)
	}
	page = pagestest.Render(t, search.Page(), "/search?q=year:2003..")
	if !strings.Contains(page, "year:2003..</bdi></b></dd>") {
		t.Error("an open range does not stand at the end of how the question was read")
	}
}

// TestCitation checks that a citation leads back to its question, and says
// what changed when the index did.
func TestCitation(t *testing.T) {
	page := html.UnescapeString(pagestest.Render(t, search.Page(), "/search?q=trust+fund"))
	_, cited, found := strings.Cut(page, "http://127.0.0.1/search?")
	cited, _, _ = strings.Cut(cited, "<")
	params, err := url.ParseQuery(cited)
	if err != nil || !found || params.Get("gen") == "" || params.Get("then") != "3" {
		t.Fatalf("the citation's address is %q", cited)
	}
	if strings.Contains(pagestest.Render(t, search.Page(), "/search?"+cited), "Cited at generation") {
		t.Error("a citation of this generation speaks of another one")
	}
	old := pagestest.Render(t, search.Page(), "/search?q=trust+fund&gen=elsewhere&then=12")
	if !strings.Contains(old, "Cited at generation <code>elsewhere</code> with 12 documents. Now there are 3.") {
		t.Error("a citation of another generation does not say what it counted")
	}
}

// TestHostile checks a page of documents that try to be more than text.
func TestHostile(t *testing.T) {
	page := pagestest.Render(t, search.Page(), "/search?q=cooperation&limit=100")
	pagestest.Want(t, page, map[string]string{"the title as text": `<script>alert("title")</script>`})
	if len(page) > 400_000 {
		t.Errorf("the page has %d bytes", len(page))
	}
	if to := pagestest.MovedTo(t, search.Page(), "/search?partner=south+korea"); to != "/search?partner=KR" {
		t.Errorf("a partner by another name leads to %q", to)
	}
}
