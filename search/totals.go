package search

import (
	"context"
	"maps"
	"slices"

	"rapport/corpus"
)

// MaxTotalled is how many facts Totals adds up at most, not counting those
// that a program found. They are read from storage, one by one.
const MaxTotalled = 10_000

// Totals adds up the sums of money of all facts that a plan finds, by the rule
// of corpus.Total. Facts that a program found are in no sum, so that their
// sums are counted and not read. Links count when they come from a fact that
// is found, too.
//
// When the plan finds more than MaxTotalled facts that people stated, totals
// is nil and tooMany their number: a part is not added up for the whole.
func Totals(ctx context.Context, s Snapshot, p Plan) (totals *corpus.Totals, tooMany int, err error) {
	p.Kind, p.Sort, p.Limit, p.After, p.Facets, p.Explain = Facts, Newest, 0, nil, nil, false
	stated := p.without(FieldStatus, StatusExtracted)
	counts := make([]int, 4)
	for i, one := range []Plan{p, stated, p.without(FieldCurrency, corpus.None), stated.without(FieldCurrency, corpus.None)} {
		found, err := s.Search(ctx, one)
		if err != nil {
			return nil, 0, err
		}
		counts[i] = found.Total
	}
	all, curated, sums, curatedSums := counts[0], counts[1], counts[2], counts[3]
	if curated > MaxTotalled {
		return nil, curated, nil
	}
	var hits []Hit
	if curated > 0 {
		stated.Limit = curated
		found, err := s.Search(ctx, stated)
		if err != nil {
			return nil, 0, err
		}
		hits = found.Hits
	}
	sum := corpus.Total(func(yield func(corpus.Fact) bool) {
		for _, h := range hits {
			if h.Fact != nil && !yield(*h.Fact) {
				return
			}
		}
	})
	sum.Facts = all
	sum.Leave(corpus.LeftExtracted, sums-curatedSums)
	return &sum, 0, nil
}

// without returns the plan less the records that have a value.
func (p Plan) without(field, value string) Plan {
	filters := maps.Clone(p.Filters)
	if filters == nil {
		filters = Filters{}
	}
	f := filters[field]
	f.Not = append(slices.Clone(f.Not), value)
	filters[field] = f
	p.Filters = filters
	return p
}
