package pages

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"rapport/corpus"
	"rapport/search"
)

// valuesView lists all values of a facet, for those that do not fit beside an
// answer.
type valuesView struct {
	Heading  string
	Of       string
	Question string
	Find     string
	Kept     []Param
	Action   string
	Values   []ValueView
	Shown    int
	Matching int
	Distinct int
	Missing  *ValueView
	Orders   []SortView
	Next     string
	First    string
	Back     string
}

// valuesOnPage is how many values a page lists.
const valuesOnPage = 200

// Values lists all values of one facet of an answer.
func Values(ctx context.Context, v *Visit) (*View, error) {
	kind := search.Kind(cmp.Or(v.Params.Get("of"), string(search.Documents)))
	if kind != search.Documents && kind != search.Facts || !slices.Contains(search.FacetFields(kind), v.Name) {
		return nil, fmt.Errorf("a facet of %.40q named %.40q: %w", kind, v.Name, search.ErrNotFound)
	}
	asked := Address{Path: v.Path, Params: joinRanges(v.Params)}.Drop("cursor", "limit")
	find, from := asked.Params.Get("find"), 0
	if n, err := strconv.Atoi(asked.Params.Get("from")); err == nil && n > 0 {
		from = n
	}
	answer := asked.Drop("of", "find", "from", "order")
	plan, err := Plan(ctx, v.Snapshot, answer.Params, kind)
	if err != nil {
		return nil, err
	}
	request := search.FacetRequest{Field: v.Name, Limit: valuesOnPage + 1, Offset: from, Order: search.ByCount}
	if asked.Params.Get("order") == string(search.ByName) {
		request.Order = search.ByName
	}
	if find != "" {
		request.Only = LabelHolds(v.Snapshot.Taxonomy(), v.Name, find)
	}
	plan.Facets = []search.FacetRequest{request}
	found, err := v.Snapshot.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	search.Label(v.Snapshot.Taxonomy(), found.Facets)
	facet := found.Facets[0]
	body := v.newValues(asked, answer, kind, facet, from)
	body.Find, body.Question = find, asked.Params.Get("q")
	return &View{Template: "values", Title: body.Heading, Section: "search", Question: body.Question,
		Skips: []Link{{"#main", "Skip to content"}}, Body: body}, nil
}

func (v *Visit) newValues(asked, answer Address, kind search.Kind, facet search.Facet, from int) *valuesView {
	target := withPath(answer, "/search")
	if kind == search.Facts {
		target.Path = "/facts"
	}
	b := &valuesView{
		Heading: headingOf(v.Name), Of: string(kind), Action: v.Path, Distinct: facet.Distinct, Back: target.String(),
		Kept: kept(asked, func(name, _ string) bool { return name == "find" || name == "from" }),
	}
	values := slices.DeleteFunc(facet.Values, func(value search.FacetValue) bool { return value.Value == corpus.None })
	if len(values) > valuesOnPage {
		values = values[:valuesOnPage]
		b.Next = asked.Set("from", strconv.Itoa(from+valuesOnPage)).String()
	}
	if from > 0 {
		b.First = asked.Drop("from").String()
	}
	for _, value := range values {
		b.Values = append(b.Values, valueView(target, v.Name, value))
	}
	b.Shown = len(values)
	if facet.Missing > 0 {
		missing := valueView(target, v.Name, search.FacetValue{Value: corpus.None, Count: facet.Missing})
		b.Missing = &missing
	}
	now := asked.Params.Get("order")
	b.Orders = []SortView{
		{asked.Drop("from", "order").String(), "Most first", now != string(search.ByName)},
		{asked.Drop("from").Set("order", string(search.ByName)).String(), "A to Z", now == string(search.ByName)},
	}
	return b
}
