package pages

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// Question is a request for a page of answers, with its canonical address.
type Question struct {
	search.Request
	Here            Address
	CitedGeneration string // generation that a citation names
	CitedTotal      int    // total that a citation names
}

// ownParams are parameters of pages that are no part of a question.
var ownParams = []string{"gen", "then"}

// Question reads the question from the parameters of a visit. It returns a *Moved
// when they are not in canonical form, or filter by what records of the kind do
// not have.
func (v *Visit) Question(kind search.Kind, limit int) (*Question, error) {
	params := JoinRanges(v.Params)
	q := &Question{CitedGeneration: params.Get("gen")}
	q.CitedTotal, _ = strconv.Atoi(params.Get("then"))
	plain := Address{Params: params}.Drop(ownParams...).Params
	request, err := search.ParseParams(plain, v.Snapshot.Taxonomy())
	if err != nil {
		return nil, &BadRequest{err}
	}
	for field := range request.Filters {
		if !Applies(field, kind) {
			delete(request.Filters, field)
		}
	}
	request.Explain = false // which no page shows
	if kind == search.Facts {
		request.Collapse = ""
	}
	if request.Limit == limit {
		request.Limit = 0
	}
	q.Request = request
	q.Here = Address{Path: v.Path, Params: request.Params()}
	if q.CitedGeneration != "" {
		q.Here = q.Here.Set("gen", Clamp(q.CitedGeneration, 80)).Set("then", strconv.Itoa(q.CitedTotal))
	}
	if asked := (Address{Path: v.Path, Params: v.Params}).String(); asked != q.Here.String() && len(request.Mended) == 0 {
		return nil, &Moved{To: q.Here.String()}
	}
	q.Here = q.Here.Drop(ownParams...)
	if q.Limit == 0 {
		q.Limit = limit
	}
	return q, nil
}

// JoinRanges makes year=2003..2012 of the two boxes year.from and year.to of
// a form, and leaves out parameters without a value.
func JoinRanges(asked url.Values) url.Values {
	params := url.Values{}
	for name, values := range asked {
		for _, value := range values {
			if value = strings.TrimSpace(value); value != "" {
				params[name] = append(params[name], value)
			}
		}
	}
	for name, values := range params {
		// A box that was ticked wins over an exclusion of before.
		params[name] = slices.DeleteFunc(values, func(value string) bool {
			return strings.HasPrefix(name, "-") && slices.Contains(asked[name[1:]], value)
		})
	}
	for _, field := range []string{search.FieldYear, search.FieldPublished} {
		from, to := params.Get(field+".from"), params.Get(field+".to")
		params.Del(field + ".from")
		params.Del(field + ".to")
		if from == "" && to == "" {
			continue
		}
		params[field] = slices.DeleteFunc(params[field], func(v string) bool { return strings.Contains(v, "..") })
		params[field] = append(params[field], from+".."+to)
	}
	return params
}

// Kept returns the hidden inputs of a form that changes some parameters: all
// others, but the cursor.
func Kept(here Address, changed func(name, value string) bool) []Param {
	here = here.Drop("cursor")
	var list []Param
	for _, name := range OrderedNames(here.Params) {
		for _, value := range here.Params[name] {
			if !changed(name, value) {
				list = append(list, Param{name, value})
			}
		}
	}
	return list
}

// FiltersView is the column of filters.
type FiltersView struct {
	Action string
	Kept   []Param
	Facets []FacetView
}

// NewFilters makes the column of filters for an answer at an address.
func NewFilters(here Address, facets []search.Facet) FiltersView {
	views := facetViews(here, facets)
	boxes := map[Param]bool{}
	for _, f := range views {
		for _, values := range [][]ValueView{f.Values, f.More} {
			for _, value := range values {
				boxes[Param{f.Field, value.Value}] = true
				for _, n := range value.Narrower {
					boxes[Param{f.Field, n.Value}] = true
				}
			}
		}
		if f.Missing != nil {
			boxes[Param{f.Field, corpus.None}] = true
		}
		if f.Years != nil {
			boxes[Param{f.Field, f.Years.From + ".." + f.Years.To}] = true
			for _, value := range f.Years.List {
				boxes[Param{f.Field, value.Value}] = true
			}
		}
	}
	hidden := Kept(here, func(name, value string) bool { return boxes[Param{name, value}] })
	return FiltersView{Action: here.Path, Kept: hidden, Facets: views}
}

// Chip is a filter in force, as a link that removes it.
type Chip struct {
	Href, Text string
	Not        bool
}

// Chips lists the filters in force.
func Chips(here Address, t *corpus.Taxonomy) []Chip {
	here = here.Drop("cursor")
	var list []Chip
	for _, name := range OrderedNames(here.Params) {
		field, not := strings.CutPrefix(name, "-")
		if !IsFilter(field) {
			continue
		}
		for _, value := range here.Params[name] {
			text := HeadingOf(field) + ": " + filterText(t, field, value)
			list = append(list, Chip{Href: here.Remove(name, value).String(), Text: text, Not: not})
		}
	}
	return list
}

func filterText(t *corpus.Taxonomy, field, value string) string {
	from, to, isRange := strings.Cut(value, "..")
	switch {
	case !isRange:
		return Display(field, value, search.LabelOf(t, field, value))
	case from == "":
		return "up to " + to
	case to == "":
		return "from " + from
	}
	return from + " to " + to
}

// IsFilter reports whether a parameter, without the sign of an exclusion,
// filters.
func IsFilter(field string) bool {
	return slices.Contains(search.FacetFields(search.Documents), field) ||
		slices.Contains(search.FacetFields(search.Facts), field) ||
		search.HasField(search.Documents, field) || search.HasField(search.Facts, field)
}

// WithoutFilters returns the address with the question alone.
func WithoutFilters(here Address) Address {
	for name := range here.Params {
		if IsFilter(strings.TrimPrefix(name, "-")) {
			here = here.Drop(name)
		}
	}
	return here.Drop("cursor")
}

// Of returns the address without filters that records of a kind do not have.
func (a Address) Of(kind search.Kind) Address {
	a = a.clone()
	for name := range a.Params {
		if field := strings.TrimPrefix(name, "-"); IsFilter(field) && !Applies(field, kind) {
			delete(a.Params, name)
		}
	}
	return a
}

// FiltersInWords describes the filters for a citation: "Partner: Japan; not
// Topic: Balkans".
func FiltersInWords(here Address, t *corpus.Taxonomy) string {
	var parts []string
	for _, chip := range Chips(here, t) {
		if chip.Not {
			parts = append(parts, "not "+chip.Text)
		} else {
			parts = append(parts, chip.Text)
		}
	}
	return strings.Join(parts, "; ")
}

// Total asks how many records an address gives.
func (v *Visit) Total(ctx context.Context, here Address) (documents, facts int, err error) {
	request, err := search.ParseParams(here.Drop("cursor").Params, v.Snapshot.Taxonomy())
	if err != nil {
		return 0, 0, err
	}
	request.Limit = 1
	result, err := search.Ask(ctx, v.Snapshot, request)
	if err != nil {
		return 0, 0, err
	}
	return result.Total, result.Facts.Total, nil
}
