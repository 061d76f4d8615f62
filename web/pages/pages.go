// Package pages holds what the pages share. Each page is a package below this
// one, with its view, its template, its parts of style sheet and script, and a
// test that renders it; the folder layout has the templates, the style and the
// script of all. Pages turn answers into HTML and know nothing of how requests
// arrive: package web hands them a Visit and writes what they return.
package pages

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"time"

	"rapport/corpus"
	"rapport/search"
)

// Page is a page of the site.
type Page struct {
	Name  string // of its package
	Files fs.FS  // page.html and, where the page has its own, style.css and script.js
	// Show gathers what the page shows. It returns a *Moved when the address is
	// not the canonical one, and search.ErrNotFound, wrapped, for what does not
	// exist.
	Show func(ctx context.Context, v *Visit) (*View, error)
	// WholeStatus says that the page shows what is known of the index. Others
	// are shown without it when it cannot be learnt.
	WholeStatus bool
}

// Visit is one request for a page.
type Visit struct {
	Snapshot search.Snapshot
	Status   Status
	// Reports returns up to limit reports of indexing runs, newest first.
	Reports func(ctx context.Context, limit int) ([]corpus.Report, error)
	// Asked hears of every question that the search page was asked, and of its
	// answer or error. It may be nil.
	Asked  func(question string, result *search.Result, err error)
	Path   string     // as requested: "/documents/x"
	Name   string     // the last part of Path where a route has one
	Params url.Values // as requested
	Base   string     // scheme and host for citations: "http://127.0.0.1:8080"
	// HasOriginal reports whether the file that a document was read from can be
	// downloaded.
	HasOriginal func(*corpus.Document) bool
}

// Status is what is known of the index as a whole.
type Status struct {
	Generation string    `json:"generation" doc:"Content hash of what is indexed, with + while a run is under way"`
	Documents  int       `json:"documents"`
	Facts      int       `json:"facts"`
	Indexed    time.Time `json:"indexed,omitzero" doc:"When the last run of the indexer ended"`
	Sources    []string  `json:"sources" doc:"Names of the indexed sources"`
	Skipped    int       `json:"skipped" doc:"Files that could not be read"`
	Sample     bool      `json:"sample,omitempty" doc:"The index holds the built-in sample corpus"`
	BuiltIn    bool      `json:"built_in_taxonomy" doc:"The taxonomy is the one that is built into the program"`
	Version    string    `json:"version,omitempty" doc:"Version of the program"`
	// Reading is the run of the indexer that is under way, nil when none is.
	Reading *Reading `json:"reading,omitempty"`
	// Failed says what kept the last run from doing all that it should.
	Failed string `json:"failed,omitempty" doc:"What kept the last run from doing all that it should"`
	// SkippedFiles are the files behind Skipped.
	SkippedFiles []corpus.Skip `json:"skipped_files,omitempty"`
	// Partial are the documents of which parts could not be read.
	Partial []corpus.Partial `json:"partial_files,omitempty" doc:"Documents that were read in part, and why"`
	// Unanswered are recent questions that found nothing or were refused. The
	// operator alone sees them.
	Unanswered []string `json:"unanswered,omitempty"`
}

// At returns the status beside an answer: what counts the content is of the
// generation that the answer comes from, which may be another one by now.
func (s Status) At(g search.Generation) Status {
	s.Generation, s.Documents, s.Facts = g.String(), g.Documents, g.Facts
	return s
}

// View is a page ready to be rendered.
type View struct {
	Template string // name of the page whose template it is
	Status   int    // HTTP status, 0 for 200
	Title    string // of the window, without the name of the service
	Section  string // entry of the main navigation: "search", "facts" ...
	Question string // in the search box
	Kept     []Param
	Skips    []Link // skip links; the first one leads to the content
	Wide     bool   // the page has a column of filters
	NoBox    bool   // the header has no search box
	Feed     string // address of an Atom feed
	Body     any

	Site Site // filled in by Render
}

// Site is what every page shows in header and footer.
type Site struct {
	Status
	Style, Script string // addresses of the static files
}

// Param is a parameter that a form keeps.
type Param struct{ Name, Value string }

// Link is a link with its text.
type Link struct{ Href, Text string }

// Moved says that a page has another, canonical address.
type Moved struct{ To string }

// Error names the address.
func (m *Moved) Error() string { return "moved to " + m.To }

// IsMoved returns the address that err says the page has.
func IsMoved(err error) (string, bool) {
	var m *Moved
	if errors.As(err, &m) {
		return m.To, true
	}
	return "", false
}

// BadRequest is a parameter that cannot be understood.
type BadRequest struct{ Err error }

// Error says what cannot be understood.
func (b *BadRequest) Error() string { return b.Err.Error() }

// Unwrap returns the reason.
func (b *BadRequest) Unwrap() error { return b.Err }

// Missing is a page that does not exist, beside those that may be meant.
type Missing struct {
	What string // what does not exist, in words
	Near []Link
}

// Error says what does not exist.
func (m *Missing) Error() string { return m.What }

// Unwrap returns search.ErrNotFound.
func (m *Missing) Unwrap() error { return search.ErrNotFound }

// NoParams returns a *Moved when a page without parameters was given some.
func (v *Visit) NoParams() error {
	if len(v.Params) > 0 {
		return &Moved{To: v.Path}
	}
	return nil
}
