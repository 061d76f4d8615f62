package matrix_test

import (
	"errors"
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
}

// TestUnknownFacet checks that a facet that does not exist is refused.
func TestUnknownFacet(t *testing.T) {
	var bad *pages.BadRequest
	if err := pagestest.Error(t, matrix.Page(), "/matrix?row=nope"); !errors.As(err, &bad) {
		t.Errorf("got %v", err)
	}
}
