package bleve

import (
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/shopspring/decimal"

	"rapport/corpus"
	"rapport/search"
)

// choice is a set of values of a field: for each segment, which ordinals of
// the field's column are chosen. Ordinal 0 stands for records without a value.
type choice struct {
	unscored
	field string // name in the index
	test  func(value string) bool
	none  bool
	// rare are the values of a field whose values few records share each: they
	// are looked up, since a column of a million values is not to be searched.
	rare []string
}

// chosen returns the chosen ordinals of a segment, and how many there are.
func (c *choice) chosen(col *column) ([]bool, int) {
	chosen := make([]bool, len(col.values)+1)
	chosen[0] = c.none
	n := 0
	for i, v := range col.values {
		if c.test(v) {
			chosen[i+1] = true
			n++
		}
	}
	return chosen, n
}

// The cost in nanoseconds, as measured, of finding records by the postings of
// a value: its look-up, and each of its records; and by the column: each
// record looked at.
const (
	costLookup  = 1000
	costPosting = 1
	costColumn  = 4
)

// find returns the records that have a chosen value: by a union of postings,
// or through the column when there are few records to look at.
func (c *choice) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	s := e.view.segs[i]
	if len(c.rare) > 0 && !c.none {
		return s.lookUp(c.field, c.rare)
	}
	col, err := s.column(c.field)
	if err != nil {
		return nil, err
	}
	if within == nil {
		within = s.live(e.kind)
	}
	chosen, n := c.chosen(col)
	byPostings := uint64(n * costLookup)
	for o, yes := range chosen {
		if yes && o > 0 {
			byPostings += uint64(col.totals[o-1]) * costPosting
		}
	}
	size := within.GetCardinality()
	switch {
	case n == 0 && !c.none:
		return empty, nil
	case c.none || size*costColumn < byPostings:
		records := within.ToArray()
		return roaring.BitmapOf(col.pick(records, chosen)...), nil
	}
	return s.postingsOf(c.field, col, chosen)
}

// postingsOf returns the records that hold a chosen value, by postings.
func (s *segment) postingsOf(field string, col *column, chosen []bool) (*roaring.Bitmap, error) {
	var values []string
	for o, value := range col.values {
		if chosen[o+1] {
			values = append(values, value)
		}
	}
	return s.lookUp(field, values)
}

// lookUp returns the records that hold one of some values.
func (s *segment) lookUp(field string, values []string) (*roaring.Bitmap, error) {
	d, err := s.dictionary(field)
	if err != nil {
		return nil, err
	}
	var found []*roaring.Bitmap
	for _, value := range values {
		docs, err := d.documents(value)
		if err != nil {
			return nil, err
		}
		found = append(found, docs)
	}
	return union(found), nil
}

// value compiles a value of a keyword field.
func (e *evaluation) value(q search.Value) (node, error) {
	switch {
	case q.Field == search.FieldID && e.kind == search.Documents:
		return &idNode{id: idDocument + q.Value}, nil
	case q.Field == search.FieldSame && e.kind == search.Documents:
		return e.kin(search.CollapseSame, q.Value)
	case q.Field == search.FieldNear && e.kind == search.Documents:
		return e.kin(search.CollapseNear, q.Value)
	case q.Field == search.FieldID || isKeyword(e.kind, q.Field):
		return e.choice(q.Field, []string{q.Value}), nil
	}
	return noneNode{}, nil
}

// choice returns the choice of some values.
func (e *evaluation) choice(field string, values []string) *choice {
	wanted := make(map[string]bool, len(values))
	for _, v := range values {
		wanted[v] = true
	}
	c := &choice{
		field: fieldName(e.kind, field), none: wanted[corpus.None],
		test: func(v string) bool { return wanted[v] },
	}
	if field == search.FieldID || field == search.FieldDocument || field == search.FieldWork {
		c.rare = values
	}
	return c
}

// idNode matches the one record with an identifier.
type idNode struct {
	unscored
	id string
}

func (n *idNode) find(e *evaluation, i int, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	d, err := e.view.segs[i].dictionary(fieldRecordID)
	if err != nil {
		return nil, err
	}
	return d.documents(n.id)
}

// ranges compiles a range. Publication compares dates, amounts compare
// numbers, years compare years and leave decades out, all else compares text.
func (e *evaluation) ranges(q search.Range) (node, error) {
	if q.Field == search.FieldPublished && e.kind == search.Documents {
		return e.dateRange(q)
	}
	if !isKeyword(e.kind, q.Field) {
		return noneNode{}, nil
	}
	compare := strings.Compare
	valid := func(string) bool { return true }
	switch q.Field {
	case search.FieldYear:
		valid = isYear
		q.From, q.To = padYear(q.From), padYear(q.To)
	case search.FieldAmount:
		for _, bound := range []string{q.From, q.To} {
			if _, err := decimal.NewFromString(bound); bound != "" && err != nil {
				return nil, fmt.Errorf("%q is not a number", bound)
			}
		}
		compare = compareAmounts
	}
	inside := func(v string) bool {
		if !valid(v) {
			return false
		}
		if q.From != "" {
			if c := compare(v, q.From); c < 0 || c == 0 && q.FromExcluded {
				return false
			}
		}
		if q.To != "" {
			if c := compare(v, q.To); c > 0 || c == 0 && q.ToExcluded {
				return false
			}
		}
		return true
	}
	return &choice{field: fieldName(e.kind, q.Field), test: inside}, nil
}

func isYear(v string) bool {
	if len(v) != 4 {
		return false
	}
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return true
}

// padYear makes a year of fewer digits compare as a year.
func padYear(v string) string {
	if v == "" {
		return v
	}
	return strings.Repeat("0", max(0, 4-len(v))) + v
}

// compareAmounts compares two decimal numbers; what is no number is smallest.
func compareAmounts(a, b string) int {
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	switch {
	case errX != nil && errY != nil:
		return 0
	case errX != nil:
		return -1
	case errY != nil:
		return 1
	}
	return x.Cmp(y)
}

// dateRange compiles a range of dates of publication: a document lies inside
// when all its days do. An excluded bound leaves out all days of the bound.
func (e *evaluation) dateRange(q search.Range) (node, error) {
	first, last := corpus.OpenStart, corpus.OpenEnd
	if q.From != "" {
		d, err := corpus.ParseDate(q.From)
		if err != nil {
			return nil, fmt.Errorf("published from %q: %w", q.From, err)
		}
		if first = d.Start(); q.FromExcluded {
			first = d.End() + 1
		}
	}
	if q.To != "" {
		d, err := corpus.ParseDate(q.To)
		if err != nil {
			return nil, fmt.Errorf("published to %q: %w", q.To, err)
		}
		if last = d.End(); q.ToExcluded {
			last = d.Start() - 1
		}
	}
	return &choice{field: fieldName(e.kind, fieldDate), test: func(v string) bool {
		d, err := corpus.ParseDate(v)
		return err == nil && first <= d.Start() && d.End() <= last
	}}, nil
}
