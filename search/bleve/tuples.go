package bleve

import "slices"

// tuples holds the ordinals of a record as the number of their set: a
// segment has far fewer different sets of values than records. Counting takes
// one increment for a record, however many values it has, and the counts of
// sets are added up at the end. It takes two bytes per record.
type tuples struct {
	of      []uint16 // set by record
	offsets []uint32 // of a set's first ordinal, and the end of the last
	members []uint8  // ordinals, in rising order within a set
}

// The sets that a segment may have: as many as two bytes number, and few
// enough that adding them up is little beside the records.
const (
	maxTuples       = 1 << 16
	recordsPerTuple = 8
)

// newTuples finds the sets of the ordinals of records, whose offsets are
// given. It returns nil when there are too many.
func newTuples(offsets []uint32, ordinals []uint8) *tuples {
	records := len(offsets) - 1
	most := min(records/recordsPerTuple, maxTuples)
	t := &tuples{of: make([]uint16, records), offsets: []uint32{0}}
	known := map[string]uint16{}
	for r := range records {
		set := ordinals[offsets[r]:offsets[r+1]]
		number, ok := known[string(set)]
		if !ok {
			if len(known) >= most {
				return nil
			}
			number = uint16(len(known))
			known[string(set)] = number
			t.members = append(t.members, set...)
			t.offsets = append(t.offsets, uint32(len(t.members)))
		}
		t.of[r] = number
	}
	t.members = slices.Clip(t.members)
	return t
}

func (t *tuples) set(number int) []uint8 { return t.members[t.offsets[number]:t.offsets[number+1]] }

// fewerThanSets reports whether it is less work to look at records one by one
// than at all sets.
func (t *tuples) fewerThanSets(records []uint32) bool { return 2*len(records) < len(t.offsets) }

func (t *tuples) count(records, counts []uint32) {
	if t.fewerThanSets(records) {
		for _, r := range records {
			t.add(int(t.of[r]), 1, counts)
		}
		return
	}
	sets := make([]uint32, len(t.offsets)-1)
	for _, r := range records {
		sets[t.of[r]]++
	}
	for number, n := range sets {
		if n > 0 {
			t.add(number, n, counts)
		}
	}
}

// add counts n records with a set.
func (t *tuples) add(number int, n uint32, counts []uint32) {
	set := t.set(number)
	if len(set) == 0 {
		counts[0] += n
	}
	for _, o := range set {
		counts[o] += n
	}
}

// ordinals appends the ordinals of a record, in rising order.
func (t *tuples) ordinals(to []uint32, record uint32) []uint32 {
	for _, o := range t.set(int(t.of[record])) {
		to = append(to, uint32(o))
	}
	return to
}

func (t *tuples) pick(records []uint32, chosen []bool) []uint32 {
	holds := func(number int) bool {
		set := t.set(number)
		return len(set) == 0 && chosen[0] || slices.ContainsFunc(set, func(o uint8) bool { return chosen[o] })
	}
	picked := make([]uint32, 0, len(records))
	if t.fewerThanSets(records) {
		for _, r := range records {
			if holds(int(t.of[r])) {
				picked = append(picked, r)
			}
		}
		return picked
	}
	sets := make([]bool, len(t.offsets)-1)
	for number := range sets {
		sets[number] = holds(number)
	}
	for _, r := range records {
		if sets[t.of[r]] {
			picked = append(picked, r)
		}
	}
	return picked
}
