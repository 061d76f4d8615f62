// Package start is the first page.
package start

import (
	"cmp"
	"context"
	"embed"
	"net/url"
	"slices"

	"rapport/web/pages"
)

//go:embed page.html style.css
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "start", Files: files, Show: show} }

// View is the first page.
type View struct {
	Title     string
	Documents int
	Facts     int
	Years     string
	Partners  []pages.PartnerEntry // of many, those with the most
	All       int                  // partners there are, when these are not all
	Topics    []pages.Link
	Ways      []wayView
}

// wayView teaches a form of question by an example that can be clicked.
type wayView struct {
	Question, Href, Does string
}

// show shows what the index holds and how to ask.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	if err := v.NoParams(); err != nil {
		return nil, err
	}
	partners, years, err := v.Overview(ctx)
	if err != nil {
		return nil, err
	}
	t := v.Snapshot.Taxonomy()
	g := v.Snapshot.Generation()
	body := &View{Title: t.Title, Documents: g.Documents, Facts: g.Facts, Partners: most(partners), Years: years, Ways: ways(partners)}
	if len(body.Partners) < len(partners) {
		body.All = len(partners)
	}
	for _, group := range t.Groups {
		body.Topics = append(body.Topics, pages.Link{Href: "/topics/" + url.PathEscape(string(group.ID)), Text: group.Label})
	}
	return &pages.View{Template: "start", Title: "Search", Section: "", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, NoBox: true, Body: body}, nil
}

// Partners that fit on the page, and how many are shown of more than that.
const (
	fitting = 60
	shown   = 48
)

// most returns the partners with the most documents and facts, in the order
// that they have.
func most(partners []pages.PartnerEntry) []pages.PartnerEntry {
	if len(partners) <= fitting {
		return partners
	}
	byCount := slices.Clone(partners)
	slices.SortStableFunc(byCount, func(a, b pages.PartnerEntry) int {
		return cmp.Compare(b.Documents+b.Facts, a.Documents+a.Facts)
	})
	byCount = byCount[:shown]
	slices.SortFunc(byCount, func(a, b pages.PartnerEntry) int { return cmp.Compare(a.Name, b.Name) })
	return byCount
}

// ways are examples of questions. Where one needs a partner it takes the one
// with the most facts.
func ways(partners []pages.PartnerEntry) []wayView {
	examples := []wayView{
		{Question: `trust fund`, Does: "both words, in any form, with synonyms"},
		{Question: `"liaison officers"`, Does: "these words side by side"},
		{Question: `visit OR summit`, Does: "either word"},
		{Question: `cooperation -training`, Does: "without a word"},
		{Question: `stockpil*`, Does: "any ending"},
		{Question: `dialogue year:2005..2012`, Does: "within a range of years"},
	}
	if best := slices.MaxFunc(append(partners, pages.PartnerEntry{}), func(a, b pages.PartnerEntry) int {
		return cmp.Compare(a.Facts+a.Documents, b.Facts+b.Documents)
	}); best.Facts+best.Documents > 0 {
		examples = append(examples, wayView{Question: `visit partner:"` + best.Name + `"`, Does: "about one partner"})
	}
	for i := range examples {
		examples[i].Href = pages.Address{Path: "/search", Params: url.Values{"q": {examples[i].Question}}}.String()
	}
	return examples
}
