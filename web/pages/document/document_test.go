package document_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"rapport/search"
	"rapport/web/pages/document"
	"rapport/web/pages/pagestest"
)

// TestReader checks the document at a passage.
func TestReader(t *testing.T) {
	at := strings.Index(pagestest.Documents()[0].Body, "trust fund helped")
	page := pagestest.Render(t, document.Page(), fmt.Sprintf("/documents/japan?q=trust+fund&at=%d", at))
	pagestest.Want(t, page, map[string]string{
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
	})
}

// TestPlaces checks what leads to a passage, and what is said when it is gone.
func TestPlaces(t *testing.T) {
	for address, want := range map[string]string{
		"/documents/japan?quote=A+trust+fund+helped+demining":  `<span id="at"></span>A trust fund helped`,
		"/documents/japan?quote=words+that+were+never+there":   "do not stand in this document",
		"/documents/tajikistan?fact=mines":                     "removed 1,300 mines",
		"/documents/tajikistan":                                "the source now says something else",
		"/documents/bare":                                      "<dt>Published</dt><dd>Not stated</dd>",
		"/documents/bare?at=0":                                 "Read in part: <bdi>corrupt: page 3 of 8 &lt;cannot&gt; be read</bdi>. What stands there is missing here.",
		"/documents/bare?q=zzz":                                "<span>No hit for <bdi>zzz</bdi> here</span>",
		"/documents/odd%20id%3F&%23%2F%22%3C%3E?q=cooperation": "Odd identifier",
	} {
		if page := pagestest.Render(t, document.Page(), address); !strings.Contains(page, want) {
			t.Errorf("%s lacks %q", address, want)
		}
	}
	if page := pagestest.Render(t, document.Page(), "/documents/bare"); strings.Contains(page, "Download original") {
		t.Error("a file that is not there is offered")
	}
	if err := pagestest.Error(t, document.Page(), "/documents/nope"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("a document that is not there: %v", err)
	}
}

// TestHostile checks that nothing a document holds gets into the page as
// markup.
func TestHostile(t *testing.T) {
	page := pagestest.Render(t, document.Page(), "/documents/hostile?q=cooperation")
	pagestest.Want(t, page, map[string]string{"the text as text": `<script>alert("body")</script>`})
	if strings.Contains(page, `href="javascript:`) {
		t.Error("a link runs a script")
	}
}
