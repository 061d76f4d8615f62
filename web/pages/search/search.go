// Package search is the page of documents and facts that answer a question.
package search

import (
	"context"
	"embed"
	"strconv"
	"strings"

	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html style.css script.js
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "search", Files: files, Show: show} }

// View is the page of documents and facts that answer a question.
type View struct {
	Filters   pages.FiltersView
	Question  string
	Documents int
	FactCount int
	Reading   pages.ReadingView
	Then      *thenView
	Chips     []pages.Chip
	ClearAll  string
	Hits      []pages.HitView
	Further   bool // not the first page
	Shown     string
	First     string
	Next      string
	Folded    foldedView
	Sorts     []pages.SortView
	Sizes     []pages.SortView
	Exports   []pages.Link
	Matrix    string // address of the answer by partner and year
	Cite      string
	Facts     factsPanel
	Zero      *zeroView
	Pending   bool
}

// thenView compares a cited answer with today's.
type thenView struct {
	Generation string
	Then, Now  int
}

// factsBeside is how many facts a page of documents shows.
const factsBeside = 3

// show answers a question with documents, facts and filters.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	q, err := v.Question(search.Documents, search.DefaultLimit)
	if err != nil {
		return nil, err
	}
	q.Facets = pages.FacetRequests(search.Documents)
	q.Facts, q.Snippets = factsBeside, 3
	result, err := search.Ask(ctx, v.Snapshot, q.Request)
	if v.Asked != nil {
		v.Asked(q.Text, result, err)
	}
	if err != nil {
		return nil, err
	}
	body := newSearchView(v, q, result)
	if result.Total == 0 {
		if body.Zero, err = newZero(ctx, v, q, result); err != nil {
			return nil, err
		}
		if body.Zero.Suggest != nil {
			body.Reading.Suggest = nil // which stands below, with what it finds
		}
	}
	return &pages.View{
		Template: "search", Title: searchTitle(q.Text, result), Section: "search", Question: q.Text, Wide: true,
		Kept:  pages.Kept(q.Here, func(name, _ string) bool { return name == "q" || name == "match" }),
		Skips: []pages.Link{{Href: "#main", Text: "Skip to results"}, {Href: "#filters", Text: "Skip to filters"}},
		Feed:  q.Here.Under("/search.atom").Drop("cursor", "sort", "limit").String(),
		Body:  body,
	}, nil
}

func newSearchView(v *pages.Visit, q *pages.Question, r *search.Result) *View {
	t := v.Snapshot.Taxonomy()
	body := &View{
		Filters: pages.NewFilters(q.Here, r.Facets), Question: q.Text,
		Documents: r.Total, FactCount: r.Facts.Total,
		Reading: pages.NewReading(q.Here, r.Read, q.Verbatim),
		Chips:   pages.Chips(q.Here, t), ClearAll: pages.WithoutFilters(q.Here).String(),
		Further: q.Cursor != "", Shown: pages.ShownOf(r.Before, len(r.Hits), r.Total), First: q.Here.Drop("cursor").String(),
		Facts: newFactsPanel(v, q, r), Pending: r.Generation.Pending,
		Cite: citeSearch(v, q, r), Exports: pages.Exports(q.Here, "/search"), Matrix: pages.MatrixOf(q.Here, search.Documents),
	}
	if q.CitedGeneration != "" && q.CitedGeneration != r.Generation.ID {
		body.Then = &thenView{q.CitedGeneration, q.CitedTotal, r.Total}
	}
	if r.Next != "" {
		body.Next = q.Here.Set("cursor", r.Next).String()
	}
	// Links from a hit carry the mode that answered, so that the reader marks
	// what was found and not more.
	for i := range r.Hits {
		hit := pages.NewHit(q.Here, t, &r.Hits[i], q.Text, r.Read)
		hit.Folded = foldedLink(q.Here, &r.Hits[i], q.Collapse)
		body.Hits = append(body.Hits, hit)
	}
	body.Folded = newFolded(q, r)
	body.Sorts = sorts(q.Here, q.Sort, q.Text)
	body.Sizes = sizes(q.Here, q.Limit)
	if r.Read.Mentions > r.Total && len(q.Here.Params[search.FieldPartner]) > 0 {
		link := q.Here.Drop("cursor", search.FieldPartner)
		for _, p := range q.Here.Params[search.FieldPartner] {
			link = link.Add(search.FieldMention, p)
		}
		body.Reading.Mentions = &pages.Link{Href: link.String(), Text: pages.Count(r.Read.Mentions, "document", "documents")}
	}
	return body
}

func searchTitle(text string, r *search.Result) string {
	found := pages.Count(r.Total, "document", "documents")
	if r.Total == 0 {
		found = "Nothing found"
	}
	if strings.TrimSpace(text) == "" {
		return found
	}
	return text + ": " + found
}

func sorts(here pages.Address, now search.Sort, text string) []pages.SortView {
	here = here.Drop("cursor")
	usual := search.ByRelevance
	if strings.TrimSpace(text) == "" {
		usual = search.Newest
	}
	if now == "" {
		now = usual
	}
	var list []pages.SortView
	for _, s := range []struct {
		sort search.Sort
		text string
	}{{search.ByRelevance, "Best match"}, {search.Newest, "Newest"}, {search.Oldest, "Oldest"}, {search.ByTitle, "Title"}} {
		if s.sort == search.ByRelevance && usual != search.ByRelevance {
			continue // without words nothing matches better than anything else
		}
		value := string(s.sort)
		if s.sort == usual {
			value = ""
		}
		list = append(list, pages.SortView{Href: here.Set("sort", value).String(), Text: s.text, Now: s.sort == now})
	}
	return list
}

func sizes(here pages.Address, now int) []pages.SortView {
	var list []pages.SortView
	for _, n := range []int{search.DefaultLimit, 25, search.MaxLimit} {
		value := strconv.Itoa(n)
		if n == search.DefaultLimit {
			value = ""
		}
		list = append(list, pages.SortView{Href: here.Drop("cursor").Set("limit", value).String(), Text: pages.Number(n), Now: n == now})
	}
	return list
}

// citeSearch is how an analyst cites a search: what was asked, what was found
// and in which state of the index.
func citeSearch(v *pages.Visit, q *pages.Question, r *search.Result) string {
	var b strings.Builder
	b.WriteString("rapport, ")
	if q.Text == "" {
		b.WriteString("all documents")
	} else {
		b.WriteString("search for “" + pages.Clamp(q.Text, 300) + "”")
	}
	if words := pages.FiltersInWords(q.Here, v.Snapshot.Taxonomy()); words != "" {
		b.WriteString(" (" + words + ")")
	}
	b.WriteString(": " + pages.Count(r.Total, "document", "documents") + ", " + pages.Count(r.Facts.Total, "fact", "facts") + ". ")
	b.WriteString(pages.GenerationInWords(v) + " ")
	link := q.Here.Drop("cursor").Set("gen", v.Snapshot.Generation().ID).Set("then", strconv.Itoa(r.Total))
	b.WriteString(v.Base + link.String())
	return b.String()
}
