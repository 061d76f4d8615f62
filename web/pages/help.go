package pages

import (
	"context"
	"net/url"

	"rapport/search"
)

// helpView teaches how to ask.
type helpView struct {
	Rows []syntaxView
}

// syntaxView is a form of the query language with an example to click.
type syntaxView struct {
	search.SyntaxRow
	Href string
}

// Help teaches the query language from the table that the language itself
// keeps, and says what the numbers mean.
func Help(_ context.Context, v *Visit) (*View, error) {
	if err := v.noParams(); err != nil {
		return nil, err
	}
	body := &helpView{}
	for _, row := range search.Syntax() {
		link := Address{Path: "/search", Params: url.Values{"q": {row.Example}}}
		body.Rows = append(body.Rows, syntaxView{row, link.String()})
	}
	return &View{Template: "help", Title: "How to ask", Section: "help", Skips: []Link{{"#main", "Skip to content"}}, Body: body}, nil
}
