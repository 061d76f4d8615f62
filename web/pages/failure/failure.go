// Package failure is the page that says what went wrong.
package failure

import (
	"cmp"
	"embed"
	"net/http"

	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page. It has no address: View is shown in place of a page that failed.
func Page() pages.Page { return pages.Page{Name: "failure", Files: files} }

// Reason is what went wrong, for the page that says so.
type Reason struct {
	Status  int
	Title   string
	Detail  string
	Request string       // id of the request, for the operator's log
	Meant   []pages.Link // what may be meant instead
	// Starting says that the sources are being read before there are answers.
	Starting bool
	Quoted   pages.Link // the words that a citation of a document that is gone quotes, and where to look for them
}

// headings say to people what HTTP says in its own terms.
var headings = map[int]string{
	http.StatusBadRequest:          "This question cannot be read",
	http.StatusNotFound:            "There is nothing at this address",
	http.StatusInternalServerError: "Something failed here",
	http.StatusServiceUnavailable:  "No answer at the moment",
}

// View returns the page of an error.
func View(f Reason) *pages.View {
	f.Title = cmp.Or(headings[f.Status], f.Title)
	if f.Starting {
		f.Title = "The sources are being read"
	}
	// A page that comes again by itself would take away what is being typed.
	return &pages.View{Template: "failure", Status: f.Status, Title: f.Title, NoBox: f.Starting, Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: f}
}
