package bleve

import (
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// filter is what the selection in one facet accepts, or what it excludes.
// Exclusions stay when a value is selected, so they narrow the counts of their
// own facet, too, which what is accepted does not.
type filter struct {
	field    string // as the request names it; empty for exclusions
	accepts  node   // nil when anything is
	excludes node   // nil when nothing is
}

// filters compiles filters, in order of field.
func (e *evaluation) filters(f search.Filters) ([]*filter, error) {
	fields := make([]string, 0, len(f))
	for field := range f {
		fields = append(fields, field)
	}
	sort.Strings(fields)
	var list []*filter
	for _, field := range fields {
		parts, err := e.filter(field, f[field])
		if err != nil {
			return nil, err
		}
		list = append(list, parts...)
	}
	return list, nil
}

func (e *evaluation) filter(field string, f search.Filter) (parts []*filter, err error) {
	accepted, err := e.anyOf(field, f.Any, f.Ranges)
	if err != nil {
		return nil, err
	}
	if accepted != nil {
		parts = append(parts, &filter{field: field, accepts: accepted})
	}
	excluded, err := e.anyOf(field, f.Not, f.NotRanges)
	if err != nil {
		return nil, err
	}
	if excluded != nil {
		parts = append(parts, &filter{excludes: excluded})
	}
	return parts, nil
}

// anyOf compiles values and ranges of one field, any of which may match. It
// returns nil when there is neither.
func (e *evaluation) anyOf(field string, values []string, ranges []search.Range) (node, error) {
	var any clauses
	if len(values) > 0 {
		n, err := e.oneOf(field, values)
		if err != nil {
			return nil, err
		}
		any = append(any, n)
	}
	for _, r := range ranges {
		r.Field = field
		n, err := e.ranges(r)
		if err != nil {
			return nil, err
		}
		any = append(any, n)
	}
	switch len(any) {
	case 0:
		return nil, nil
	case 1:
		return any[0], nil
	}
	return &orNode{any}, nil
}

// oneOf compiles several values of one field.
func (e *evaluation) oneOf(field string, values []string) (node, error) {
	if field != search.FieldID && isKeyword(e.kind, field) {
		return e.choice(field, values), nil
	}
	var parts clauses
	for _, v := range values {
		n, err := e.value(search.Value{Field: field, Value: v})
		if err != nil {
			return nil, err
		}
		parts = append(parts, n)
	}
	return &orNode{parts}, nil
}

// find returns the records that pass among those within.
func (f *filter) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	passed := within
	if f.accepts != nil {
		found, err := f.accepts.find(e, i, within)
		if err != nil {
			return nil, err
		}
		passed = roaring.And(within, found)
	}
	if f.excludes != nil {
		found, err := f.excludes.find(e, i, passed)
		if err != nil {
			return nil, err
		}
		passed = roaring.AndNot(passed, found)
	}
	return passed, nil
}
