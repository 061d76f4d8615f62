package bench

import (
	"context"

	"rapport/search"
)

// row is one way of asking the questions of a class.
type row struct {
	search    Search
	questions []search.Query
	ask       func(ctx context.Context, q search.Query) (hits int, err error)
}

// rowsOf returns the rows of a class, those of all engines side by side.
func (b *Bench) rowsOf(class string) []*row {
	questions := b.questions[class]
	if len(questions) == 0 {
		return nil
	}
	switch class {
	case Matrix:
		return b.matrixRows()
	case FactWord, FactAmount, FactAll:
		return b.planRows(class, search.Facts, []way{{facets: 0}, {facets: 3}})
	}
	ways := []way{{facets: 0}, {facets: 3}, {facets: 0, snippets: true}, {facets: 3, snippets: true}}
	if class == Common || class == Or || class == All {
		ways = append(ways, way{facets: 3, selected: 1}, way{facets: 3, selected: 2}, way{facets: 3, selected: 3})
	}
	rows := b.planRows(class, search.Documents, ways)
	return append(rows, &row{
		search:    Search{Class: class, Engine: Rapport, Facets: len(pageFacets), Snippets: true, Page: true},
		questions: questions,
		ask:       func(ctx context.Context, q search.Query) (int, error) { return page(ctx, b.snapshot, q) },
	})
}

// way is a way of asking.
type way struct {
	facets, selected int
	snippets         bool
}

func (b *Bench) planRows(class string, kind search.Kind, ways []way) []*row {
	var rows []*row
	for _, w := range ways {
		for _, e := range b.engines {
			if e.Name() != Rapport && (kind == search.Facts || w.selected > 0) {
				continue // only ours selects several values and knows facts
			}
			if !reads(e, b.questions[class]) {
				continue
			}
			rows = append(rows, &row{
				search:    Search{Class: class, Engine: e.Name(), Facets: w.facets, Selected: w.selected, Snippets: w.snippets},
				questions: b.questions[class],
				ask: func(ctx context.Context, q search.Query) (int, error) {
					found, err := e.Search(ctx, b.plan(kind, q, w), w.snippets)
					if err != nil {
						return 0, err
					}
					return found.Total, nil
				},
			})
		}
	}
	return rows
}

// reads reports whether an engine knows all questions.
func reads(e Engine, questions []search.Query) bool {
	for _, q := range questions {
		if !e.Reads(q) {
			return false
		}
	}
	return true
}

func (b *Bench) plan(kind search.Kind, q search.Query, w way) search.Plan {
	p := search.Plan{Kind: kind, Query: q, Sort: search.ByRelevance, Limit: search.DefaultLimit, Facets: facets(w.facets)}
	if w.selected > 0 {
		p.Filters = search.Filters{}
		for _, field := range pageFacets[:w.selected] {
			p.Filters[field] = search.Filter{Any: b.selections[field]}
		}
	}
	return p
}

// matrixRows cross partners with years and topics.
func (b *Bench) matrixRows() []*row {
	return []*row{{
		search:    Search{Class: Matrix, Engine: Rapport, Facets: 2},
		questions: b.questions[Matrix],
		ask: func(ctx context.Context, q search.Query) (int, error) {
			m, err := b.snapshot.Matrix(ctx, search.Plan{Kind: search.Documents, Query: q}, search.FieldPartner, search.FieldYear)
			if err != nil {
				return 0, err
			}
			return m.Total, nil
		},
	}}
}
