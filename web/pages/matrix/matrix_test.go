package matrix_test

import (
	"errors"
	"strings"
	"testing"

	"rapport/web/pages"
	"rapport/web/pages/matrix"
	"rapport/web/pages/pagestest"
)

// TestMatrix checks the table of facts, by default and by choice.
func TestMatrix(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix"), map[string]string{
		"what it counts":       "Facts by partner and year",
		"the door of a number": `href="/facts?partner=JP&year=2012"`,
		"its label":            `aria-label="2, Japan 2012"`,
		"absence":              "nothing found",
		"a decade":             "90s</th>",
	})
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?row=topic"), map[string]string{
		"what is in no row": "in no row: on no topic",
		"the way to it":     `href="/facts?topic=none"`,
	})
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?of=documents"), map[string]string{
		"what it counts": "Documents by partner and year",
		"the list":       "The same as a list",
	})
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?q=trust+fund&partner=JP&of=documents"), map[string]string{
		"the question": "for <bdi>trust fund</bdi>",
		"the way back": `<a href="/search?q=trust+fund&partner=JP">Back to the answer</a>`,
	})
	pagestest.Render(t, matrix.Page(), "/matrix?of=documents&column=type") // hostile names
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?partner=JP&lang=en&of=documents"), map[string]string{
		"the way to facts, which have no language": `href="/matrix?partner=JP"`,
		"the way to other rows":                    `href="/matrix?partner=JP&lang=en&of=documents&row=topic"`,
	})
}

// TestFewerFilters checks that taking a filter away changes nothing else: facts
// do not have all filters of documents.
func TestFewerFilters(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?of=documents&row=topic&column=published&lang=en&-mention=JP"), map[string]string{
		"one filter fewer": `href="/matrix?-mention=JP&column=published&of=documents&row=topic"`,
		"the other":        `href="/matrix?lang=en&column=published&of=documents&row=topic"`,
	})
	pagestest.Want(t, pagestest.Render(t, matrix.Page(), "/matrix?partner=JP"), map[string]string{
		"nothing that is usual anyway": `<a href="/matrix"><span class="vh">Remove: `,
	})
}

// TestSelection checks that the rows and columns are those that were asked for,
// though the records have others, too.
func TestSelection(t *testing.T) {
	for address, want := range map[string]struct{ there, gone string }{
		"/matrix?of=documents&row=mention&mention=JP": {`<bdi>Japan</bdi></a></th>`, `<bdi>Tajikistan</bdi></a></th>`},
		"/matrix?of=documents&year=2005..2011":        {`Japan 2005"`, `Japan 2012"`},
		"/matrix?of=documents&year=..2007":            {`Japan 2007"`, `Japan 2012"`},
		"/matrix?of=documents&year=2012":              {`Japan 2012"`, `Japan 2005"`},
		"/matrix?of=documents&row=topic&topic=human":  {`<bdi>Demining</bdi>`, `<bdi>Visits</bdi>`},
	} {
		page := pagestest.Render(t, matrix.Page(), address)
		if !strings.Contains(page, want.there) || strings.Contains(page, want.gone) || !strings.Contains(page, "besides those selected") {
			t.Errorf("%s: %s is %t, %s is %t", address, want.there, strings.Contains(page, want.there), want.gone, strings.Contains(page, want.gone))
		}
	}
}

// TestUnknownFacet checks that a facet that does not exist is refused.
func TestUnknownFacet(t *testing.T) {
	var bad *pages.BadRequest
	if err := pagestest.Error(t, matrix.Page(), "/matrix?row=nope"); !errors.As(err, &bad) {
		t.Errorf("got %v", err)
	}
}
