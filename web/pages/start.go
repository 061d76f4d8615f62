package pages

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// startView is the first page.
type startView struct {
	Title     string
	Documents int
	Facts     int
	Years     string
	Partners  []partnerEntry
	Topics    []Link
	Ways      []wayView
}

// partnerEntry is a partner with what there is about it.
type partnerEntry struct {
	ID, Name, Href   string
	Documents, Facts int
}

// wayView teaches a form of question by an example that can be clicked.
type wayView struct {
	Question, Href, Does string
}

// Start shows what the index holds and how to ask.
func Start(ctx context.Context, v *Visit) (*View, error) {
	if err := v.noParams(); err != nil {
		return nil, err
	}
	partners, years, err := v.overview(ctx)
	if err != nil {
		return nil, err
	}
	t := v.Snapshot.Taxonomy()
	g := v.Snapshot.Generation()
	body := &startView{Title: t.Title, Documents: g.Documents, Facts: g.Facts, Partners: partners, Years: years, Ways: ways(partners)}
	for _, group := range t.Groups {
		body.Topics = append(body.Topics, Link{"/topics/" + url.PathEscape(string(group.ID)), group.Label})
	}
	return &View{Template: "start", Title: "Search", Section: "", Skips: []Link{{"#main", "Skip to content"}}, NoBox: true, Body: body}, nil
}

// overview counts documents and facts by partner, and says which years they
// speak of.
func (v *Visit) overview(ctx context.Context) (list []partnerEntry, years string, err error) {
	documents, err := v.Snapshot.Search(ctx, search.Plan{
		Kind: search.Documents, Query: search.All{},
		Facets: []search.FacetRequest{{Field: search.FieldPartner}, {Field: search.FieldYear}},
	})
	if err != nil {
		return nil, "", err
	}
	facts, err := v.Snapshot.Search(ctx, search.Plan{
		Kind: search.Facts, Query: search.All{}, Facets: []search.FacetRequest{{Field: search.FieldPartner}},
	})
	if err != nil {
		return nil, "", err
	}
	inDocuments, inFacts := countsOf(documents.Facets, search.FieldPartner), countsOf(facts.Facets, search.FieldPartner)
	for _, p := range v.Snapshot.Taxonomy().Partners {
		list = append(list, partnerEntry{
			ID: string(p.ID), Name: p.Name, Href: "/partners/" + url.PathEscape(string(p.ID)),
			Documents: inDocuments[string(p.ID)], Facts: inFacts[string(p.ID)],
		})
	}
	slices.SortFunc(list, func(a, b partnerEntry) int { return strings.Compare(a.Name, b.Name) })
	return list, yearSpan(countsOf(documents.Facets, search.FieldYear)), nil
}

// countsOf returns the counts of a facet by value.
func countsOf(facets []search.Facet, field string) map[string]int {
	counts := map[string]int{}
	for _, f := range facets {
		if f.Field != field {
			continue
		}
		for _, value := range f.Values {
			if value.Value != corpus.None {
				counts[value.Value] = value.Count
			}
		}
	}
	return counts
}

func yearSpan(counts map[string]int) string {
	first, last := 9999, 0
	for value := range counts {
		if year, err := strconv.Atoi(value); err == nil {
			first, last = min(first, year), max(last, year)
		}
	}
	switch {
	case last == 0:
		return ""
	case first == last:
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// ways are examples of questions. Where one needs a partner it takes the one
// with the most facts.
func ways(partners []partnerEntry) []wayView {
	examples := []wayView{
		{Question: `trust fund`, Does: "both words, in any form, with synonyms"},
		{Question: `"liaison officers"`, Does: "these words side by side"},
		{Question: `visit OR summit`, Does: "either word"},
		{Question: `cooperation -training`, Does: "without a word"},
		{Question: `stockpil*`, Does: "any ending"},
		{Question: `dialogue year:2005..2012`, Does: "within a range of years"},
	}
	if best := slices.MaxFunc(append(partners, partnerEntry{}), func(a, b partnerEntry) int {
		return cmp.Compare(a.Facts+a.Documents, b.Facts+b.Documents)
	}); best.Facts+best.Documents > 0 {
		examples = append(examples, wayView{Question: `visit partner:"` + best.Name + `"`, Does: "about one partner"})
	}
	for i := range examples {
		examples[i].Href = Address{Path: "/search", Params: url.Values{"q": {examples[i].Question}}}.String()
	}
	return examples
}
