package bleve

import "github.com/RoaringBitmap/roaring/v2"

// packed holds the ordinals of a record in bytes of one or two numbers, for
// fields of at most 254 values of which few records have more than fit.
// Counting them takes no branch that depends on the data: an absent ordinal
// counts for ordinal 0 of its place, and each place has counts of its own, so
// that one increment does not wait for another.
type packed struct {
	first  []uint32 // up to four ordinals by record
	second []uint32 // up to four more, nil when few records have more
	// Records with still more have the number of their set in first, crowded
	// added, and nothing in second.
	offsets []uint32 // of the first ordinal of such a set, and the end of the last
	members []uint8
}

const (
	maxPackedValues = 254
	placesPerLayer  = 4
	// crowded is greater than four ordinals are as a number.
	crowded = 0xff000000
	// One record in maxCrowded may be crowded.
	maxCrowded = 8
)

// layersOf returns how many numbers per record a field is packed in, given how
// many values each record has: the fewest that leave few records crowded, and no
// more than four bytes per record and value. It is 0 when the field cannot be packed.
func layersOf(values int, perRecord []uint32) int {
	if values > maxPackedValues {
		return 0
	}
	total, more, most, apart := 0, 0, 0, 0
	for _, n := range perRecord {
		total += int(n)
		if n > placesPerLayer {
			more++
		}
		if n > 2*placesPerLayer {
			most++
			apart += int(n)
		}
	}
	few := min(len(perRecord)/maxCrowded, 1<<24-1)
	switch {
	case more <= few:
		return 1
	case most <= few && total >= len(perRecord)+apart:
		return 2
	}
	return 0
}

// packOrdinals writes the ordinals of all records in one or two layers.
func packOrdinals(holders []*roaring.Bitmap, perRecord []uint32, layers int) *packed {
	p := &packed{first: make([]uint32, len(perRecord)), offsets: []uint32{0}}
	if layers == 2 {
		p.second = make([]uint32, len(perRecord))
	}
	end := uint32(0)
	for doc, n := range perRecord {
		if n > uint32(layers*placesPerLayer) {
			p.first[doc] = crowded + uint32(len(p.offsets)-1)
			end += n
			p.offsets = append(p.offsets, end)
		}
	}
	p.members = make([]uint8, end)
	for i, docs := range holders {
		for it := docs.Iterator(); it.HasNext(); {
			p.put(it.Next(), uint8(i+1))
		}
	}
	return p
}

// put adds an ordinal, which is greater than those that the record has.
func (p *packed) put(doc uint32, ordinal uint8) {
	if p.first[doc] >= crowded {
		set := p.set(p.first[doc])
		for set[0] != 0 {
			set = set[1:]
		}
		set[0] = ordinal
		return
	}
	layer := p.first
	if layer[doc]>>24 != 0 {
		layer = p.second
	}
	shift := 0 // the first value is in the lowest byte
	for layer[doc]>>shift&0xff != 0 {
		shift += 8
	}
	layer[doc] |= uint32(ordinal) << shift
}

// set returns the ordinals of a crowded record.
func (p *packed) set(number uint32) []uint8 {
	i := number - crowded
	return p.members[p.offsets[i]:p.offsets[i+1]]
}

func (p *packed) count(records, counts []uint32) {
	var places [placesPerLayer][256]uint32
	for _, r := range records {
		o := p.first[r]
		if o >= crowded {
			for _, o := range p.set(o) {
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
	if p.second != nil {
		for _, r := range records {
			o := p.second[r]
			places[0][o&0xff]++
			places[1][o>>8&0xff]++
			places[2][o>>16&0xff]++
			places[3][o>>24]++
		}
	}
	for o := 1; o < len(counts); o++ {
		counts[o] += places[0][o] + places[1][o] + places[2][o] + places[3][o]
	}
}

// of appends the ordinals of a record, in rising order.
func (p *packed) of(to []uint32, record uint32) []uint32 {
	o := p.first[record]
	if o >= crowded {
		for _, o := range p.set(o) {
			to = append(to, uint32(o))
		}
		return to
	}
	for ; o != 0; o >>= 8 {
		to = append(to, o&0xff)
	}
	if p.second != nil {
		for o = p.second[record]; o != 0; o >>= 8 {
			to = append(to, o&0xff)
		}
	}
	return to
}

func (p *packed) pick(records []uint32, chosen []bool) []uint32 {
	var table [256]bool
	copy(table[:], chosen)
	none := table[0]
	table[0] = false
	holds := func(o uint32) bool {
		return table[o&0xff] || table[o>>8&0xff] || table[o>>16&0xff] || table[o>>24]
	}
	picked := make([]uint32, 0, len(records))
	for _, r := range records {
		o := p.first[r]
		switch {
		case o == 0:
			if none {
				picked = append(picked, r)
			}
		case o >= crowded:
			for _, o := range p.set(o) {
				if table[o] {
					picked = append(picked, r)
					break
				}
			}
		case holds(o) || p.second != nil && holds(p.second[r]):
			picked = append(picked, r)
		}
	}
	return picked
}
