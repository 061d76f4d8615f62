package bleve

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"rapport/corpus"
	"rapport/search"
)

// counters count the facets of one search.
type counters struct {
	list []*counter
	// sideways reports that a counted facet has a filter of its own.
	sideways bool
}

// counter counts the values of one facet.
type counter struct {
	request search.FacetRequest
	field   string          // name in the index
	filter  int             // index of the facet's own filter, or -1
	any     map[string]bool // selected
	not     map[string]bool // excluded
	values  *values
	counts  []uint32 // by number of the value
	missing int
	total   int
}

func (e *evaluation) counters(p search.Plan, filters []*filter) (*counters, error) {
	c := &counters{}
	for _, r := range p.Facets {
		if !isKeyword(e.kind, r.Field) {
			return nil, fmt.Errorf("there is no facet %q of %s", r.Field, e.kind)
		}
		own := p.Filters[r.Field]
		k := &counter{request: r, field: fieldName(e.kind, r.Field), filter: -1, any: setOf(own.Any), not: setOf(own.Not)}
		for j, f := range filters {
			if f.field == r.Field {
				k.filter = j
				c.sideways = true
			}
		}
		var err error
		if k.values, err = e.view.values(k.field); err != nil {
			return nil, err
		}
		k.counts = make([]uint32, len(k.values.terms))
		c.list = append(c.list, k)
	}
	return c, nil
}

// count counts the records of segment i.
func (c *counters) count(e *evaluation, i int, s *selection) error {
	for _, k := range c.list {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		col, err := e.view.segs[i].column(k.field)
		if err != nil {
			return err
		}
		var counts []uint32
		switch {
		case k.filter < 0 && s.whole, k.filter >= 0 && s.sidewaysWhole[k.filter]:
			counts = col.live(e.view.segs[i], e.kind)
		case k.filter < 0:
			counts = make([]uint32, len(col.values)+1)
			col.count(s.list(), counts)
		default:
			counts = make([]uint32, len(col.values)+1)
			col.count(s.sideways[k.filter].ToArray(), counts)
		}
		k.add(i, counts)
		if k.filter < 0 {
			k.total += int(s.hits.GetCardinality())
		} else {
			k.total += int(s.sideways[k.filter].GetCardinality())
		}
	}
	return nil
}

// add adds the counts of a segment, by ordinal.
func (k *counter) add(i int, counts []uint32) {
	k.missing += int(counts[0])
	numbers := k.values.of[i]
	for o, n := range counts[1:] {
		if n > 0 {
			k.counts[numbers[o+1]] += n
		}
	}
}

// live returns the counts over all live records of the kind, without looking
// at any but those deleted.
func (c *column) live(s *segment, k search.Kind) []uint32 {
	counts := make([]uint32, len(c.values)+1)
	copy(counts[1:], c.totals)
	filled := c.filled
	if s.deleted != nil {
		gone := make([]uint32, len(c.values)+1)
		records := s.deleted.ToArray()
		c.count(records, gone)
		filled -= uint32(len(records)) - gone[0]
		for o := 1; o < len(counts); o++ {
			counts[o] -= gone[o]
		}
	}
	counts[0] = uint32(s.live(k).GetCardinality()) - filled
	return counts
}

// counts returns how many live records of a kind have each value of a field,
// by the numbering of values.
func (v *view) counts(k search.Kind, field string) ([]uint32, error) {
	name := fieldName(k, field)
	g, err := v.values(name)
	if err != nil {
		return nil, err
	}
	sum := &counter{values: g, counts: make([]uint32, len(g.terms))}
	for i, s := range v.segs {
		c, err := s.column(name)
		if err != nil {
			return nil, err
		}
		sum.add(i, c.live(s, k))
	}
	return sum.counts, nil
}

// facets returns the facets as the requests want them listed.
func (c *counters) facets(e *evaluation) []search.Facet {
	var list []search.Facet
	for _, k := range c.list {
		list = append(list, k.facet(e.view.index.groups, e.view.taxonomy()))
	}
	return list
}

// listedValue is a value with its place in the order of names.
type listedValue struct {
	search.FacetValue
	place uint32
}

// unplaced is the place of a value that no record has.
const unplaced = math.MaxUint32

func (k *counter) facet(parents map[corpus.TopicID]corpus.TopicID, t *corpus.Taxonomy) search.Facet {
	f := search.Facet{Field: k.request.Field, Total: k.total, Missing: k.missing}
	sum := 0
	var places []uint32
	if k.request.Order != search.ByValue {
		places = k.values.names(t, k.request.Field)
	}
	var listed []listedValue
	for number, n := range k.counts {
		value := k.values.terms[number]
		if n > 0 {
			f.Distinct++
			sum += int(n)
		}
		if v := k.value(value, int(n), parents); n > 0 || v.Selected || v.Excluded {
			one := listedValue{FacetValue: v, place: unplaced}
			if places != nil {
				one.place = places[number]
			}
			listed = append(listed, one)
		}
	}
	listed = k.unknown(listed)
	k.order(listed, t)
	f.Values = k.page(listed)
	for _, v := range f.Values {
		if v.Value != corpus.None {
			sum -= v.Count
		}
	}
	f.Other = sum
	return f
}

func (k *counter) value(value string, n int, parents map[corpus.TopicID]corpus.TopicID) search.FacetValue {
	v := search.FacetValue{Value: value, Count: n, Selected: k.any[value], Excluded: k.not[value]}
	if k.request.Field == search.FieldTopic {
		v.Parent = string(parents[corpus.TopicID(value)])
	}
	return v
}

// unknown adds the selected values that no record has, and "not stated" when
// it is selected.
func (k *counter) unknown(listed []listedValue) []listedValue {
	if len(k.any)+len(k.not) == 0 {
		return listed
	}
	known := make(map[string]bool, len(listed))
	for _, v := range listed {
		known[v.Value] = true
	}
	for _, selection := range []map[string]bool{k.any, k.not} {
		for value := range selection {
			if known[value] {
				continue
			}
			known[value] = true
			v := k.value(value, 0, nil)
			if value == corpus.None {
				v.Count = k.missing
			}
			listed = append(listed, listedValue{v, unplaced})
		}
	}
	return listed
}

// order puts values into the order that is asked for.
func (k *counter) order(listed []listedValue, t *corpus.Taxonomy) {
	byName := func(a, b listedValue) int {
		if a.place != unplaced && b.place != unplaced {
			return cmp.Compare(a.place, b.place)
		}
		name := func(v listedValue) string { return search.NameKey(t, k.request.Field, v.Value) }
		return cmp.Or(cmp.Compare(name(a), name(b)), cmp.Compare(a.Value, b.Value))
	}
	slices.SortFunc(listed, func(a, b listedValue) int {
		switch k.request.Order {
		case search.ByValue:
			return cmp.Compare(a.Value, b.Value)
		case search.ByName:
			return byName(a, b)
		}
		if a.Count != b.Count {
			return cmp.Compare(b.Count, a.Count)
		}
		return byName(a, b)
	})
}

// page returns the values of the page that is asked for, and the selected
// ones wherever they are.
func (k *counter) page(listed []listedValue) []search.FacetValue {
	values := make([]search.FacetValue, 0, len(listed))
	place := 0
	for _, v := range listed {
		only := k.request.Only == nil || k.request.Only(v.Value)
		in := only && place >= k.request.Offset && (k.request.Limit <= 0 || place < k.request.Offset+k.request.Limit)
		if only {
			place++
		}
		if in || v.Selected || v.Excluded {
			values = append(values, v.FacetValue)
		}
	}
	return values
}

func setOf(values []string) map[string]bool {
	set := make(map[string]bool, len(values))
	for _, v := range values {
		set[v] = true
	}
	return set
}
