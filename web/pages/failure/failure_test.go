package failure_test

import (
	"net/http"
	"testing"

	"rapport/web/pages"
	"rapport/web/pages/failure"
	"rapport/web/pages/pagestest"
)

// TestFailure checks that a page says to people what went wrong and where to
// go on, and gives the operator the request.
func TestFailure(t *testing.T) {
	view := failure.View(failure.Reason{Status: http.StatusNotFound, Title: "Not Found", Detail: "<b>x</b>: not found.", Request: "r-1"})
	if view.Status != http.StatusNotFound {
		t.Errorf("status %d", view.Status)
	}
	pagestest.Want(t, pagestest.HTML(t, failure.Page(), view, pages.Status{}), map[string]string{
		"the heading": "<h1>There is nothing at this address</h1>",
		"the detail":  "<b>x</b>: not found.",
		"the request": "r-1",
		"the way on":  "Start page",
	})
	other := failure.View(failure.Reason{Status: http.StatusTeapot, Title: "A teapot"})
	pagestest.Want(t, pagestest.HTML(t, failure.Page(), other, pages.Status{}), map[string]string{"a heading of its own": "<h1>A teapot</h1>"})
}
