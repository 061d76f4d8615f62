package bleve

import (
	"cmp"
	"slices"
	"sync"

	"rapport/corpus"
	"rapport/search"
)

// values numbers the values of a field over all segments of a view, so that
// counts of segments are added up by number and not by name.
type values struct {
	terms []string   // all values, in order
	of    [][]uint32 // by segment: from ordinal to number; ordinal 0 has none

	naming sync.Once
	places []uint32 // by number, in the order of names: see names
}

// names returns the places of the values in the order of their names, by
// number. They are found once for a view, so that facets of the same count can
// be listed by name at the cost of comparing numbers.
func (g *values) names(t *corpus.Taxonomy, field string) []uint32 {
	g.naming.Do(func() {
		keys := make([]string, len(g.terms))
		order := make([]uint32, len(g.terms))
		for i, value := range g.terms {
			keys[i], order[i] = search.NameKey(t, field, value), uint32(i)
		}
		slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
		g.places = make([]uint32, len(order))
		for place, number := range order {
			g.places[number] = uint32(place)
		}
	})
	return g.places
}

// values returns the numbering of a field's values.
func (v *view) values(field string) (*values, error) {
	v.mu.Lock()
	g := v.globals[field]
	v.mu.Unlock()
	if g != nil {
		return g, nil
	}
	g = &values{of: make([][]uint32, len(v.segs))}
	columns := make([]*column, len(v.segs))
	for i, s := range v.segs {
		c, err := s.column(field)
		if err != nil {
			return nil, err
		}
		columns[i] = c
		g.terms = append(g.terms, c.values...)
	}
	slices.Sort(g.terms)
	g.terms = slices.Compact(g.terms)
	for i, c := range columns {
		numbers := make([]uint32, len(c.values)+1)
		at := 0
		for j, value := range c.values {
			for g.terms[at] != value {
				at++
			}
			numbers[j+1] = uint32(at)
		}
		g.of[i] = numbers
	}
	v.mu.Lock()
	v.globals[field] = g
	v.mu.Unlock()
	return g, nil
}
