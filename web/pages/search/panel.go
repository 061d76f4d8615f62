package search

import (
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// factsPanel holds a few facts beside documents.
type factsPanel struct {
	Total int
	Facts []pages.FactView
	All   string
	Sums  string // one line on sums
	Wider string // the filters in force that facts do not have
}

func newFactsPanel(v *pages.Visit, q *pages.Question, r *search.Result) factsPanel {
	p := factsPanel{Total: r.Facts.Total}
	t := v.Snapshot.Taxonomy()
	var facts []corpus.Fact
	for _, hit := range r.Facts.Hits {
		if hit.Fact != nil {
			p.Facts = append(p.Facts, pages.NewFact(t, hit.Fact))
			facts = append(facts, *hit.Fact)
		}
	}
	p.Facts, _ = pages.FoldFacts(p.Facts, corpus.Repeated(facts, facts))
	if p.Total == len(facts) { // a part is not added up for the whole
		p.Sums = sumsInAWord(facts)
	}
	p.All = factsAddress(q.Here).String()
	p.Wider = strings.Join(documentFilters(q.Here), ", ")
	return p
}

// documentFilters names the filters in force that narrow documents alone.
func documentFilters(here pages.Address) []string {
	var names []string
	for _, name := range pages.OrderedNames(here.Params) {
		field := strings.TrimPrefix(name, "-")
		if heading := pages.HeadingOf(field); pages.IsFilter(field) && !pages.Applies(field, search.Facts) && !slices.Contains(names, heading) {
			names = append(names, heading)
		}
	}
	return names
}

// factsAddress returns the page of the facts that answer the same question:
// it keeps what documents and facts share.
func factsAddress(here pages.Address) pages.Address {
	a := pages.Address{Path: "/facts", Params: url.Values{}}
	for _, name := range pages.OrderedNames(here.Params) {
		switch strings.TrimPrefix(name, "-") {
		case "q", "match", "verbatim", search.FieldPartner, search.FieldTopic, search.FieldYear:
			a.Params[name] = here.Params[name]
		}
	}
	return a
}

// sumsInAWord is the line on sums below a few facts; empty when there are
// fewer than two sums.
func sumsInAWord(facts []corpus.Fact) string {
	stated := 0
	for i := range facts {
		if facts[i].Amount != nil {
			stated++
		}
	}
	if stated < 2 {
		return ""
	}
	totals := corpus.Total(slices.Values(facts))
	v := &pages.SumsView{}
	v.Add(&totals)
	var list []string
	for _, a := range v.Added {
		if a.Events > 1 {
			list = append(list, a.Sum+", "+a.Stage+", in "+pages.Count(a.Events, "payment", "payments"))
		}
	}
	for _, l := range v.Left {
		list = append(list, pages.Count(l.Count, "sum", "sums")+" not added: "+l.Reason)
	}
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "; ") + "."
}
