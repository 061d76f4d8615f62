package search

import (
	"slices"

	"rapport/corpus"
)

// openFields are the fields whose values are whatever the documents say. Those
// of the others are known without an index, and checked by ResolveFilters.
func openFields() []string { return []string{FieldType, FieldPublisher, FieldFormat, FieldSource} }

// unheld warns of values to filter by that no document of the index has, with
// the one that may be meant.
func (a *asking) unheld() error {
	for _, field := range openFields() {
		f := a.request.Filters[field]
		for _, value := range slices.Concat(f.Any, f.Not) {
			if value == corpus.None {
				continue
			}
			found, err := a.snapshot.Search(a.ctx, Plan{Kind: Documents, Query: Value{Field: field, Value: value}})
			if err != nil {
				return err
			}
			if found.Total > 0 {
				continue
			}
			near, err := a.nearestHeld(field, value)
			if err != nil {
				return err
			}
			a.warn(problem{text: "no document has the " + field + " " + shorten(value), near: near}.String())
		}
	}
	return nil
}

// nearestHeld returns the value of a field that is written most like another
// one; empty when none is near.
func (a *asking) nearestHeld(field, value string) (string, error) {
	found, err := a.snapshot.Search(a.ctx, Plan{Kind: Documents, Query: All{}, Facets: []FacetRequest{{Field: field}}})
	if err != nil {
		return "", err
	}
	return nearest(value, func(yield func(string) bool) {
		for _, facet := range found.Facets {
			for _, v := range facet.Values {
				if v.Value != corpus.None && !yield(v.Value) {
					return
				}
			}
		}
	}), nil
}
