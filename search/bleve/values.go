package bleve

import "slices"

// values numbers the values of a field over all segments of a view, so that
// counts of segments are added up by number and not by name.
type values struct {
	terms []string   // all values, in order
	of    [][]uint32 // by segment: from ordinal to number; ordinal 0 has none
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
