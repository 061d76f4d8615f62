// Package facts is the table of facts.
package facts

import (
	"context"
	"embed"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html style.css
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "facts", Files: files, Show: show} }

// View is the table of facts.
type View struct {
	Filters  pages.FiltersView
	Total    int
	About    string // "about Japan", when the filters say so
	Question string
	Reading  pages.ReadingView
	Chips    []pages.Chip
	ClearAll string
	Facts    []pages.FactView
	Folded   int // of rules, shown with those that they repeat
	ByPeople int // of all that are found; 0 when all are of one sort
	ByRules  int
	RulesAt  string
	StatedAt string
	Sums     *pages.SumsView
	Stale    int
	Order    string // "newest first"
	Newest   string
	Oldest   string
	Ordered  string // aria-sort of the date column
	Next     string
	First    string
	Further  bool
	Shown    string
	Exports  []pages.Link
	Matrix   string // address of the answer by partner and year
	Pending  bool
}

const factsOnPage = 25

// show answers a question with facts alone, each with its sentence.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	q, err := v.Question(search.Facts, factsOnPage)
	if err != nil {
		return nil, err
	}
	q.FactFacets = pages.FacetRequests(search.Facts)
	found, err := pages.FindFacts(ctx, v.Snapshot, q.Request)
	if err != nil {
		return nil, err
	}
	t := v.Snapshot.Taxonomy()
	body := &View{
		Filters: pages.NewFilters(q.Here, found.Facets), Total: found.Total, Question: q.Text, About: about(q.Here, t),
		Reading: pages.NewReading(q.Here, found.Read, q.Verbatim), Chips: pages.Chips(q.Here, t), ClearAll: pages.WithoutFilters(q.Here).String(),
		Further: q.Cursor != "", Shown: pages.ShownOf(found.Before, len(found.Hits), found.Total), First: q.Here.Drop("cursor").String(), Exports: pages.Exports(q.Here, "/facts"),
		Matrix:  pages.MatrixOf(q.Here, search.Facts),
		Pending: v.Snapshot.Generation().Pending, Stale: pages.StaleCount(found.Facets),
	}
	if found.Next != "" {
		body.Next = q.Here.Set("cursor", found.Next).String()
	}
	body.order(q)
	body.byRules(q.Here, found.Facets)
	facts, err := v.WithTitles(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	repeats, err := search.Repeats(ctx, v.Snapshot, found.Hits)
	if err != nil {
		return nil, err
	}
	body.Facts, body.Folded = pages.FoldFacts(facts, repeats)
	if body.Sums, err = v.Sums(ctx, found.Plan); err != nil {
		return nil, err
	}
	return &pages.View{
		Template: "facts", Title: pages.Count(found.Total, "fact", "facts") + body.About, Section: "facts", Question: q.Text, Wide: true,
		Skips: []pages.Link{{Href: "#main", Text: "Skip to facts"}, {Href: "#filters", Text: "Skip to filters"}}, Body: body,
	}, nil
}

// byRules tells facts of rules from those that people stated, when there are
// both and no status was chosen.
func (b *View) byRules(here pages.Address, facets []search.Facet) {
	here = here.Drop("cursor")
	found := pages.CountsOf(facets, search.FieldStatus)[search.StatusExtracted]
	if len(here.Params[search.FieldStatus])+len(here.Params["-"+search.FieldStatus]) > 0 || found == 0 || found == b.Total {
		return
	}
	b.ByPeople, b.ByRules = b.Total-found, found
	b.StatedAt = here.Add("-"+search.FieldStatus, search.StatusExtracted).String()
	b.RulesAt = here.Add(search.FieldStatus, search.StatusExtracted).String()
}

// order says how the table is sorted, and links the other order of dates.
func (b *View) order(q *pages.Question) {
	here := q.Here.Drop("cursor")
	newest := string(search.Newest)
	if strings.TrimSpace(q.Text) == "" {
		newest = "" // the order of a question without words
	}
	b.Newest, b.Oldest = here.Set("sort", newest).String(), here.Set("sort", string(search.Oldest)).String()
	sort := q.Sort
	if sort == "" && strings.TrimSpace(q.Text) == "" {
		sort = search.Newest
	}
	switch sort {
	case search.Newest:
		b.Order, b.Ordered = "newest first", "descending"
	case search.Oldest:
		b.Order, b.Ordered = "oldest first", "ascending"
	case search.ByTitle:
		b.Order = "by statement"
	default:
		b.Order = "best match first"
	}
}

// about names the one partner or topic that facts are narrowed to.
func about(here pages.Address, t *corpus.Taxonomy) string {
	for _, field := range []string{search.FieldPartner, search.FieldTopic} {
		if values := here.Params[field]; len(values) == 1 && values[0] != corpus.None {
			return " about " + search.LabelOf(t, field, values[0])
		}
	}
	return ""
}
