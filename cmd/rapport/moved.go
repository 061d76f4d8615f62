package main

import (
	"context"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// movedFacets are the facets whose counts a report follows.
func movedFacets() []string {
	return []string{search.FieldPartner, search.FieldTopic, search.FieldYear}
}

// facetCounts returns the facets of all documents of an index, none of no
// index.
func facetCounts(ctx context.Context, index *bleve.Index) ([]search.Facet, error) {
	if index == nil {
		return nil, nil
	}
	snapshot, err := index.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer snapshot.Release()
	plan := search.Plan{Kind: search.Documents, Query: search.All{}}
	for _, field := range movedFacets() {
		plan.Facets = append(plan.Facets, search.FacetRequest{Field: field})
	}
	found, err := snapshot.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	search.Label(snapshot.Taxonomy(), found.Facets)
	return found.Facets, nil
}

// moved pairs the counts before and after a run.
func moved(before, after []search.Facet) []corpus.Moved {
	type key struct{ facet, value string }
	var list []corpus.Moved
	at := map[key]int{}
	for _, side := range []struct {
		facets []search.Facet
		set    func(*corpus.Moved, int)
	}{
		{before, func(m *corpus.Moved, n int) { m.Before = n }},
		{after, func(m *corpus.Moved, n int) { m.After = n }},
	} {
		for _, facet := range side.facets {
			for _, v := range facet.Values {
				k := key{facet.Field, v.Value}
				i, ok := at[k]
				if !ok {
					i = len(list)
					at[k] = i
					list = append(list, corpus.Moved{Facet: facet.Field, Value: v.Value})
				}
				list[i].Label = v.Label
				side.set(&list[i], v.Count)
			}
		}
	}
	return list
}
