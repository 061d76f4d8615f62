package bleve

import (
	"github.com/RoaringBitmap/roaring/v2"
)

// column is the inverse of a field's dictionary in one segment: from records
// to the ordinals of their values. It is built once from dictionary and
// postings, in time linear in both, and counts the values of a set of records
// in two array reads per value.
//
// Ordinals are kept in the narrowest integers that hold them, one more than
// the position in values: zero means no value. A field of which no record has
// two values needs no offsets: one to four bytes per record. Of fields with
// several values, those with few different sets of them take two bytes per
// record (see tuples.go), those of few values per record four or eight (see
// packed.go), and others four bytes per record and one to four per value.
type column struct {
	values []string // in order
	totals []uint32 // records by value, those deleted later included
	filled uint32   // records with any value, those deleted later included

	offsets []uint32 // of the first ordinal by record, nil when none has two
	narrow  []uint8
	middle  []uint16
	wide    []uint32
	packed  *packed
	tuples  *tuples
}

// buildColumn reads a field of a segment.
func buildColumn(s *segment, field string) (*column, error) {
	d, err := s.dictionary(field)
	if err != nil {
		return nil, err
	}
	c := &column{}
	var holders []*roaring.Bitmap
	perRecord := make([]uint32, s.size+1)
	multiple := false
	err = d.each(nil, nil, nil, func(e entry) (bool, error) {
		docs, err := d.holdersOf(e)
		if err != nil {
			return false, err
		}
		c.values = append(c.values, string(e.term))
		c.totals = append(c.totals, uint32(docs.GetCardinality()))
		holders = append(holders, docs)
		for it := docs.Iterator(); it.HasNext(); {
			doc := it.Next()
			perRecord[doc]++
			multiple = multiple || perRecord[doc] > 1
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	for _, n := range perRecord {
		if n > 0 {
			c.filled++
		}
	}
	c.choose(holders, perRecord, multiple)
	return c, nil
}

// choose writes the ordinals in the form that is best for them.
func (c *column) choose(holders []*roaring.Bitmap, perRecord []uint32, multiple bool) {
	layers := 0
	if multiple {
		layers = layersOf(len(c.values), perRecord)
	}
	if layers > 0 {
		c.packed = packOrdinals(holders, perRecord, layers)
	}
	c.fill(holders, perRecord, multiple)
	if multiple && c.narrow != nil {
		c.tuples = newTuples(c.offsets, c.narrow)
	}
	switch {
	case c.tuples != nil:
		c.packed, c.narrow, c.offsets = nil, nil, nil
	case layers > 0:
		c.narrow, c.offsets = nil, nil
	}
}

// fill writes the ordinals of all records, and their offsets when some record
// has several.
func (c *column) fill(holders []*roaring.Bitmap, perRecord []uint32, multiple bool) {
	total := uint32(0)
	for doc, n := range perRecord {
		perRecord[doc], total = total, total+n
	}
	starts := perRecord
	if !multiple {
		total = uint32(len(perRecord) - 1)
	}
	switch n := len(c.values); {
	case n < 1<<8:
		c.narrow = fill[uint8](holders, starts, total, multiple)
	case n < 1<<16:
		c.middle = fill[uint16](holders, starts, total, multiple)
	default:
		c.wide = fill[uint32](holders, starts, total, multiple)
	}
	if multiple { // filling moved every start to the start of the next record
		copy(starts[1:], starts)
		starts[0] = 0
		c.offsets = starts
	}
}

type ordinal interface{ uint8 | uint16 | uint32 }

// fill writes the ordinals of all records. With multiple it moves starts on.
func fill[T ordinal](holders []*roaring.Bitmap, starts []uint32, total uint32, multiple bool) []T {
	ordinals := make([]T, total)
	for i, docs := range holders {
		o := T(i + 1)
		for it := docs.Iterator(); it.HasNext(); {
			doc := it.Next()
			if !multiple {
				ordinals[doc] = o
				continue
			}
			ordinals[starts[doc]] = o
			starts[doc]++
		}
	}
	return ordinals
}

// count adds, for every record, one to the count of each of its ordinals, and
// one to counts[0] when it has none. Counts has one place more than values.
func (c *column) count(records, counts []uint32) {
	switch {
	case c.tuples != nil:
		c.tuples.count(records, counts)
	case c.packed != nil:
		c.packed.count(records, counts)
	case c.narrow != nil:
		countOrdinals(c.offsets, c.narrow, records, counts)
	case c.middle != nil:
		countOrdinals(c.offsets, c.middle, records, counts)
	case c.wide != nil:
		countOrdinals(c.offsets, c.wide, records, counts)
	}
}

func countOrdinals[T ordinal](offsets []uint32, ordinals []T, records, counts []uint32) {
	if offsets == nil {
		for _, r := range records {
			counts[ordinals[r]]++
		}
		return
	}
	for _, r := range records {
		from, to := offsets[r], offsets[r+1]
		if from == to {
			counts[0]++
			continue
		}
		for _, o := range ordinals[from:to] {
			counts[o]++
		}
	}
}

// of appends the ordinals of a record, in rising order.
func (c *column) of(to []uint32, record uint32) []uint32 {
	switch {
	case c.tuples != nil:
		return c.tuples.ordinals(to, record)
	case c.packed != nil:
		return c.packed.of(to, record)
	case c.narrow != nil:
		return ordinalsOf(to, c.offsets, c.narrow, record)
	case c.middle != nil:
		return ordinalsOf(to, c.offsets, c.middle, record)
	}
	return ordinalsOf(to, c.offsets, c.wide, record)
}

func ordinalsOf[T ordinal](to, offsets []uint32, ordinals []T, record uint32) []uint32 {
	if offsets == nil {
		if o := ordinals[record]; o != 0 {
			to = append(to, uint32(o))
		}
		return to
	}
	for _, o := range ordinals[offsets[record]:offsets[record+1]] {
		to = append(to, uint32(o))
	}
	return to
}

// pick returns those of the records that have one of the chosen ordinals.
// chosen[0] stands for records without any value.
func (c *column) pick(records []uint32, chosen []bool) []uint32 {
	switch {
	case c.tuples != nil:
		return c.tuples.pick(records, chosen)
	case c.packed != nil:
		return c.packed.pick(records, chosen)
	case c.narrow != nil:
		return pickOrdinals(c.offsets, c.narrow, records, chosen)
	case c.middle != nil:
		return pickOrdinals(c.offsets, c.middle, records, chosen)
	}
	return pickOrdinals(c.offsets, c.wide, records, chosen)
}

func pickOrdinals[T ordinal](offsets []uint32, ordinals []T, records []uint32, chosen []bool) []uint32 {
	picked := make([]uint32, 0, len(records))
	for _, r := range records {
		if offsets == nil {
			if chosen[ordinals[r]] {
				picked = append(picked, r)
			}
			continue
		}
		from, to := offsets[r], offsets[r+1]
		if from == to && chosen[0] {
			picked = append(picked, r)
			continue
		}
		for _, o := range ordinals[from:to] {
			if chosen[o] {
				picked = append(picked, r)
				break
			}
		}
	}
	return picked
}
