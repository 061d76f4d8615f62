// Package help is the guide to asking.
package help

import (
	"context"
	"embed"
	"net/url"

	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "help", Files: files, Show: show} }

// View teaches how to ask.
type View struct {
	Rows []syntaxView
}

// syntaxView is a form of the query language with an example to click.
type syntaxView struct {
	search.SyntaxRow
	Href string
}

// show teaches the query language from the table that the language itself
// keeps, and says what the numbers mean.
func show(_ context.Context, v *pages.Visit) (*pages.View, error) {
	if err := v.NoParams(); err != nil {
		return nil, err
	}
	body := &View{}
	for _, row := range search.Syntax() {
		link := pages.Address{Path: "/search", Params: url.Values{"q": {row.Example}}}
		body.Rows = append(body.Rows, syntaxView{row, link.String()})
	}
	return &pages.View{Template: "help", Title: "How to ask", Section: "help", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: body}, nil
}
