package bleve

import "github.com/RoaringBitmap/roaring/v2"

// packed holds up to four ordinals of a record in four bytes, for fields of at
// most 254 values of which few records have more than four. Counting them
// takes no branch that depends on the data: an absent ordinal counts for
// ordinal 0 of its place, and each place has counts of its own, so that one
// increment does not wait for another.
type packed struct {
	ordinals []uint32
	// more holds the ordinals of records with more than four. Their four bytes
	// are crowded.
	more map[uint32][]uint8
}

const (
	maxPackedValues = 254
	placesPerRecord = 4
	crowded         = 0xffffffff
	// One record in maxCrowded may be crowded.
	maxCrowded = 8
)

// packs reports whether a field can be packed, given how many values each
// record has.
func packs(values int, perRecord []uint32) bool {
	if values > maxPackedValues {
		return false
	}
	many := 0
	for _, n := range perRecord {
		if n > placesPerRecord {
			many++
		}
	}
	return many*maxCrowded <= len(perRecord)
}

// packOrdinals writes the ordinals of all records.
func packOrdinals(holders []*roaring.Bitmap, perRecord []uint32) *packed {
	p := &packed{ordinals: make([]uint32, len(perRecord)), more: map[uint32][]uint8{}}
	for i, docs := range holders {
		for it := docs.Iterator(); it.HasNext(); {
			doc := it.Next()
			if perRecord[doc] > placesPerRecord {
				p.more[doc] = append(p.more[doc], uint8(i+1))
				p.ordinals[doc] = crowded
				continue
			}
			// The first value is in the lowest byte.
			shift := 0
			for p.ordinals[doc]>>shift&0xff != 0 {
				shift += 8
			}
			p.ordinals[doc] |= uint32(i+1) << shift
		}
	}
	return p
}

func (p *packed) count(records, counts []uint32) {
	var places [placesPerRecord][256]uint32
	for _, r := range records {
		o := p.ordinals[r]
		if o == crowded {
			for _, o := range p.more[r] {
				counts[o]++
			}
			continue
		}
		places[0][o&0xff]++
		places[1][o>>8&0xff]++
		places[2][o>>16&0xff]++
		places[3][o>>24]++
	}
	counts[0] += places[0][0]
	for o := 1; o < len(counts); o++ {
		counts[o] += places[0][o] + places[1][o] + places[2][o] + places[3][o]
	}
}

// of appends the ordinals of a record, in rising order.
func (p *packed) of(to []uint32, record uint32) []uint32 {
	o := p.ordinals[record]
	if o == crowded {
		for _, o := range p.more[record] {
			to = append(to, uint32(o))
		}
		return to
	}
	for ; o != 0; o >>= 8 {
		to = append(to, o&0xff)
	}
	return to
}

func (p *packed) pick(records []uint32, chosen []bool) []uint32 {
	var table [256]bool
	copy(table[:], chosen)
	none := table[0]
	table[0] = false
	picked := make([]uint32, 0, len(records))
	for _, r := range records {
		o := p.ordinals[r]
		switch {
		case o == 0:
			if none {
				picked = append(picked, r)
			}
		case o == crowded:
			for _, o := range p.more[r] {
				if table[o] {
					picked = append(picked, r)
					break
				}
			}
		case table[o&0xff] || table[o>>8&0xff] || table[o>>16&0xff] || table[o>>24]:
			picked = append(picked, r)
		}
	}
	return picked
}
