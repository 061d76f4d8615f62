package search

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
)

// The parameters of a request besides filters.
const (
	paramText     = "q"
	paramMatch    = "match"
	paramSort     = "sort"
	paramLimit    = "limit"
	paramCollapse = "collapse"
	paramCursor   = "cursor"
	paramVerbatim = "verbatim"
	paramStrict   = "strict"
	paramExplain  = "explain"
)

// ParseParams reads a request from the parameters of an address, the same for
// pages, the API and the command line:
//
//   - q is the question.
//   - Every keyword field is a filter: partner=JP&partner=KR is either of the
//     two, -partner=JP leaves out, year=2005..2012, year=2010.. and
//     amount=>5 are ranges, none is "not stated". Names and aliases become
//     identifiers, as in Resolve.
//   - match is auto, all, any or 2of3; sort relevance, newest, oldest or
//     title; limit 1 to MaxLimit; cursor the place of a further page.
//   - collapse is none, same or near. The filters same, near and work find the
//     documents that are like the one with an ID, or editions of one work.
//   - verbatim, strict and explain are true or false.
//
// Parameters without a value and those of link counters (utm_...) mean
// nothing. The error is a ParamErrors that names every parameter that cannot
// be read. Params gives the canonical parameters of the request.
func ParseParams(v url.Values, t *corpus.Taxonomy) (Request, error) {
	p := paramParser{values: v, filters: Filters{}}
	r := Request{
		Text:     p.one(paramText),
		Match:    p.match(),
		Limit:    p.limit(),
		Collapse: p.collapse(),
		Cursor:   p.one(paramCursor),
		Verbatim: p.bool(paramVerbatim),
		Strict:   p.bool(paramStrict),
		Explain:  p.bool(paramExplain),
	}
	r.Sort = p.sort(standardSort(r.Text))
	for name, values := range v {
		p.other(name, values)
	}
	filters, err := ResolveFilters(p.filters, t)
	if errs, ok := err.(ParamErrors); ok {
		p.errs = append(p.errs, errs...)
	}
	if len(filters) > 0 {
		r.Filters = filters
	}
	slices.Sort(p.mended)
	r.Mended = p.mended
	if len(p.errs) > 0 {
		return r, p.errs.sorted()
	}
	return r, nil
}

// Params returns the parameters of a request in canonical form: what is the
// default is left out, but a limit is kept, since pages differ in theirs.
// ParseParams reads them as the same request, but for
// the facets, facts and snippets wanted, which have no parameters.
func (r Request) Params() url.Values {
	v := url.Values{}
	set := func(name, value, standard string) {
		if value != standard {
			v[name] = []string{value}
		}
	}
	set(paramText, strings.TrimSpace(r.Text), "")
	for field, f := range r.Filters {
		f = f.sorted()
		for _, value := range f.Any {
			v.Add(field, value)
		}
		for _, bounds := range f.Ranges {
			bounds.Field = field
			v.Add(field, boundsText(bounds))
		}
		for _, value := range f.Not {
			v.Add("-"+field, value)
		}
		for _, bounds := range f.NotRanges {
			bounds.Field = field
			v.Add("-"+field, boundsText(bounds))
		}
	}
	if r.Match != "" {
		set(paramMatch, string(r.Match), string(MatchAuto))
	}
	if r.Sort != "" {
		set(paramSort, string(r.Sort), string(standardSort(r.Text)))
	}
	if r.Collapse != "" {
		set(paramCollapse, string(r.Collapse), string(CollapseSame))
	}
	set(paramLimit, strconv.Itoa(r.Limit), "0")
	set(paramCursor, r.Cursor, "")
	for name, on := range map[string]bool{paramVerbatim: r.Verbatim, paramStrict: r.Strict, paramExplain: r.Explain} {
		if on {
			v[name] = []string{"true"}
		}
	}
	return v
}

// paramParser reads parameters and collects what is wrong with them.
type paramParser struct {
	values  url.Values
	filters Filters
	errs    ParamErrors
	mended  []string
}

// one returns the value of a parameter that may be given once.
func (p *paramParser) one(name string) string {
	given := ""
	for _, value := range p.values[name] {
		value = strings.TrimSpace(value)
		switch {
		case value == "" || value == given:
		case given == "":
			given = value
		default:
			p.fail(name, value, "it is given more than once")
		}
	}
	return given
}

func (p *paramParser) fail(name, value, message string) {
	p.errs = append(p.errs, ParamError{Parameter: name, Value: value, Message: message})
}

func (p *paramParser) match() MatchMode {
	text := p.one(paramMatch)
	m, err := ParseMatch(text)
	if err != nil {
		p.fail(paramMatch, text, "want auto, all, any, or a number of words as in 2of3")
	}
	if m == MatchAuto {
		return ""
	}
	return m
}

// standardSort returns the order that a question without one gets.
func standardSort(text string) Sort {
	if isBlank(text) {
		return Newest
	}
	return ByRelevance
}

func (p *paramParser) sort(standard Sort) Sort {
	text := p.one(paramSort)
	s := Sort(strings.ToLower(text))
	if s != "" && !slices.Contains([]Sort{ByRelevance, Newest, Oldest, ByTitle}, s) {
		p.fail(paramSort, text, "want relevance, newest, oldest or title")
		return ""
	}
	if s == standard {
		return ""
	}
	return s
}

func (p *paramParser) collapse() Collapse {
	text := p.one(paramCollapse)
	c, err := ParseCollapse(text)
	if err != nil {
		p.fail(paramCollapse, text, err.Error())
	}
	if c == CollapseSame {
		return ""
	}
	return c
}

func (p *paramParser) limit() int {
	text := p.one(paramLimit)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > MaxLimit {
		p.fail(paramLimit, text, fmt.Sprintf("want a number of hits from 1 to %d", MaxLimit))
		return 0
	}
	return n
}

func (p *paramParser) bool(name string) bool {
	switch text := strings.ToLower(p.one(name)); text {
	case "true", "1", "yes", "on":
		return true
	case "", "false", "0", "no", "off":
	default:
		p.fail(name, text, "want true or false")
	}
	return false
}

// other reads a parameter that is a filter, or is not known.
func (p *paramParser) other(name string, values []string) {
	switch name {
	case paramText, paramMatch, paramSort, paramLimit, paramCollapse, paramCursor, paramVerbatim, paramStrict, paramExplain:
		return
	}
	field, not := strings.CutPrefix(name, "-")
	if isField(field) && isKeyword(field) || isKinship(field) {
		p.filter(field, not, values)
		return
	}
	p.refuse(name, values, paramNames())
}

// paramNames returns the names of all parameters, without those that exclude.
func paramNames() []string {
	names := []string{paramText, paramMatch, paramSort, paramLimit, paramCollapse, paramCursor, paramVerbatim, paramStrict, paramExplain}
	for _, field := range fields() {
		if isKeyword(field) {
			names = append(names, field)
		}
	}
	return append(names, kinships()...)
}

// filter reads the values of a filter.
func (p *paramParser) filter(field string, not bool, values []string) {
	f, name := p.filters[field], field
	if not {
		name = "-" + field
	}
	for _, value := range values {
		if value = strings.TrimSpace(value); value == "" {
			continue
		}
		bounds, isRange := filterRange(field, value)
		if isRange {
			if _, _, note := resolveRange(bounds); note != "" {
				p.mended = append(p.mended, "“"+name+"="+value+"”: "+note)
			}
		}
		switch {
		case isRange && bounds.From == "" && bounds.To == "":
			p.fail(name, value, "a range needs a beginning or an end")
		case isRange && not:
			f.NotRanges = append(f.NotRanges, bounds)
		case isRange:
			f.Ranges = append(f.Ranges, bounds)
		case not:
			f.Not = append(f.Not, value)
		default:
			f.Any = append(f.Any, value)
		}
	}
	if !f.isEmpty() {
		p.filters[field] = f
	}
}

// filterRange returns the range that a value of a filter is.
func filterRange(field, value string) (Range, bool) {
	if !isOrdered(field) {
		return Range{}, false
	}
	if span, ok := spanOf(field, value); ok {
		return span, true
	}
	if r, ok := parseRange(field, value); ok {
		return r, true
	}
	return Range{Field: field, From: value, To: value}, isPoint(field, value)
}
