package pages

import (
	"context"
	"slices"

	"rapport/corpus"
	"rapport/search"
)

// WithTitles makes views of facts with the titles of their documents.
func (v *Visit) WithTitles(ctx context.Context, hits []search.Hit) ([]FactView, error) {
	t := v.Snapshot.Taxonomy()
	var views []FactView
	var ids []corpus.ID
	for _, hit := range hits {
		if hit.Fact == nil {
			continue
		}
		views = append(views, NewFact(t, hit.Fact))
		if id := hit.Fact.Evidence.Document; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	titles, err := v.Titles(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range views {
		views[i].Source = titles[views[i].Document]
		if views[i].Source == "" {
			views[i].Source = string(views[i].Document)
		}
	}
	return views, nil
}

// Titles returns the titles of documents without loading their text.
func (v *Visit) Titles(ctx context.Context, ids []corpus.ID) (map[corpus.ID]string, error) {
	titles := map[corpus.ID]string{}
	if len(ids) == 0 {
		return titles, nil
	}
	var any search.Or
	for _, id := range ids {
		any.Clauses = append(any.Clauses, search.Value{Field: search.FieldID, Value: string(id)})
	}
	found, err := v.Snapshot.Search(ctx, search.Plan{Kind: search.Documents, Query: any, Sort: search.Newest, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	for _, hit := range found.Hits {
		titles[hit.Document.ID] = TitleOf(hit.Document)
	}
	return titles, nil
}
