// Package values is the list of all values of a facet.
package values

import (
	"cmp"
	"context"
	"embed"
	"net/url"
	"slices"
	"strconv"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "values", Files: files, Show: show} }

// View lists all values of a facet, for those that do not fit beside an
// answer.
type View struct {
	Heading  string
	Of       string
	Question string
	Find     string
	Kept     []pages.Param
	Action   string
	Values   []pages.ValueView
	Shown    int
	Matching int
	Distinct int
	Missing  *pages.ValueView
	Orders   []pages.SortView
	Grouped  bool // values are groups, and values of groups
	Next     string
	First    string
	Back     string
}

// valuesOnPage is how many values a page lists.
const valuesOnPage = 200

// place reads from which value on a page lists, and in which order.
func place(params url.Values) (from int, order search.FacetOrder, err error) {
	if text := params.Get("from"); text != "" {
		if from, err = strconv.Atoi(text); err != nil || from < 0 || from > 1<<30 {
			return 0, "", search.ParamErrors{{Parameter: "from", Value: text, Message: "want the number of values to pass over"}}
		}
	}
	order = search.FacetOrder(cmp.Or(params.Get("order"), string(search.ByCount)))
	if order != search.ByCount && order != search.ByName {
		return 0, "", search.ParamErrors{{Parameter: "order", Value: string(order), Message: "want count or name"}}
	}
	return from, order, nil
}

// show lists all values of one facet of an answer.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	kind := search.Kind(cmp.Or(v.Params.Get("of"), string(search.Documents)))
	if kind != search.Documents && kind != search.Facts {
		return nil, search.ParamErrors{{Parameter: "of", Value: string(kind), Message: "want documents or facts"}}
	}
	if !slices.Contains(search.FacetFields(kind), v.Name) {
		return nil, pages.NoFacet(kind, v.Name)
	}
	asked := pages.Address{Path: v.Path, Params: pages.JoinRanges(v.Params)}
	if err := search.OnlyQuestion(asked.Params, kind, "of", "find", "from", "order"); err != nil {
		return nil, err
	}
	from, order, err := place(asked.Params)
	if err != nil {
		return nil, err
	}
	find := asked.Params.Get("find")
	answer := asked.Drop("of", "find", "from", "order")
	plan, err := pages.Plan(ctx, v.Snapshot, answer.Params, kind)
	if err != nil {
		return nil, err
	}
	// From the first one on: those in use are given wherever they are, and on a
	// later page nothing would tell them from its own.
	request := search.FacetRequest{Field: v.Name, Limit: from + valuesOnPage + 1, Order: order}
	if find != "" {
		request.Only = pages.LabelHolds(v.Snapshot.Taxonomy(), v.Name, find)
	}
	plan.Facets = []search.FacetRequest{request}
	found, err := v.Snapshot.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	search.Label(v.Snapshot.Taxonomy(), found.Facets)
	facet := found.Facets[0]
	body := newValues(v, asked, answer, kind, facet, from)
	body.Find, body.Question = find, asked.Params.Get("q")
	return &pages.View{Template: "values", Title: body.Heading, Section: "search", Question: body.Question,
		Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: body}, nil
}

func newValues(v *pages.Visit, asked, answer pages.Address, kind search.Kind, facet search.Facet, from int) *View {
	target := answer.Under("/search")
	if kind == search.Facts {
		target.Path = "/facts"
	}
	b := &View{
		Heading: pages.HeadingOf(v.Name), Of: string(kind), Action: v.Path, Distinct: facet.Distinct, Back: target.String(),
		Kept: pages.Kept(asked, func(name, _ string) bool { return name == "find" || name == "from" }),
	}
	values := facet.Values[min(from, len(facet.Values)):]
	if len(values) > valuesOnPage {
		values = values[:valuesOnPage]
		b.Next = asked.Set("from", strconv.Itoa(from+valuesOnPage)).String()
	}
	values = slices.DeleteFunc(values, func(value search.FacetValue) bool { return value.Value == corpus.None })
	if from > 0 {
		b.First = asked.Drop("from").String()
	}
	for _, value := range values {
		b.Values = append(b.Values, pages.NewValue(target, v.Name, value))
		b.Grouped = b.Grouped || value.Parent != ""
	}
	for i, value := range values {
		b.Values[i].Group = b.Grouped && value.Parent == ""
	}
	b.Shown = len(values)
	if facet.Missing > 0 {
		missing := pages.NewValue(target, v.Name, search.FacetValue{Value: corpus.None, Count: facet.Missing})
		b.Missing = &missing
	}
	now := asked.Params.Get("order")
	b.Orders = []pages.SortView{
		{Href: asked.Drop("from", "order").String(), Text: "Most first", Now: now != string(search.ByName)},
		{Href: asked.Drop("from").Set("order", string(search.ByName)).String(), Text: "A to Z", Now: now == string(search.ByName)},
	}
	return b
}
