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

// PartnerEntry is a partner with what there is about it.
type PartnerEntry struct {
	ID, Name, Href   string
	Documents, Facts int
}

// Overview counts documents and facts by partner, and says which years they
// speak of.
func (v *Visit) Overview(ctx context.Context) (list []PartnerEntry, years string, err error) {
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
	inDocuments, inFacts := CountsOf(documents.Facets, search.FieldPartner), CountsOf(facts.Facets, search.FieldPartner)
	for _, p := range v.Snapshot.Taxonomy().Partners {
		list = append(list, PartnerEntry{
			ID: string(p.ID), Name: p.Name, Href: "/partners/" + url.PathEscape(string(p.ID)),
			Documents: inDocuments[string(p.ID)], Facts: inFacts[string(p.ID)],
		})
	}
	slices.SortFunc(list, func(a, b PartnerEntry) int { return strings.Compare(a.Name, b.Name) })
	return list, yearSpan(CountsOf(documents.Facets, search.FieldYear)), nil
}

// CountsOf returns the counts of a facet by value.
func CountsOf(facets []search.Facet, field string) map[string]int {
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
