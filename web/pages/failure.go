package pages

import (
	"cmp"
	"net/http"
)

// Failure is what went wrong, for the page that says so.
type Failure struct {
	Status  int
	Title   string
	Detail  string
	Request string // id of the request, for the operator's log
}

// headings say to people what HTTP says in its own terms.
var headings = map[int]string{
	http.StatusBadRequest:          "This question cannot be read",
	http.StatusNotFound:            "There is nothing at this address",
	http.StatusInternalServerError: "Something failed here",
	http.StatusServiceUnavailable:  "No answer at the moment",
}

// Failed returns the page of an error.
func Failed(f Failure) *View {
	f.Title = cmp.Or(headings[f.Status], f.Title)
	return &View{Template: "failure", Status: f.Status, Title: f.Title, Skips: []Link{{"#main", "Skip to content"}}, Body: f}
}
