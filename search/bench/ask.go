package bench

import (
	"context"

	"rapport/search"
)

// Engine is what is measured.
type Engine interface {
	// Name is how the report calls it.
	Name() string
	// Reads reports whether the engine knows questions of this kind.
	Reads(q search.Query) bool
	// Search answers a plan and, when asked to, makes snippets of the hits.
	Search(ctx context.Context, p search.Plan, snippets bool) (*search.Found, error)
}

// Rapport is the name of the engine of this project.
const Rapport = "rapport"

// ours asks a snapshot.
type ours struct{ snapshot search.Snapshot }

func (ours) Name() string            { return Rapport }
func (ours) Reads(search.Query) bool { return true }

func (o ours) Search(ctx context.Context, p search.Plan, snippets bool) (*search.Found, error) {
	if snippets {
		p.ForSnippets()
	}
	found, err := o.snapshot.Search(ctx, p)
	if err != nil || !snippets {
		return found, err
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		if h.Document == nil {
			continue
		}
		if err := h.Show(ctx, o.snapshot, p.Query, 1, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// pageFacets are the facets of a whole page, the first three those of a
// search with three facets.
var pageFacets = []string{
	search.FieldPartner, search.FieldYear, search.FieldTopic, search.FieldPublished, search.FieldPublisher,
}

// facets returns requests for the first n facets.
func facets(n int) []search.FacetRequest {
	list := make([]search.FacetRequest, n)
	for i := range list {
		list[i] = search.FacetRequest{Field: pageFacets[i], Limit: 10}
	}
	return list
}

// page asks for all that a page of results shows.
func page(ctx context.Context, s search.Snapshot, q search.Query) (int, error) {
	r := search.Request{
		Text: q.String(), Limit: search.DefaultLimit, Facets: facets(len(pageFacets)), Snippets: 1,
		Facts: 3, FactFacets: facets(3),
	}
	result, err := search.Ask(ctx, s, r)
	if err != nil {
		return 0, err
	}
	return result.Total, nil
}
