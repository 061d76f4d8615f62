package bleve

import (
	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// How often and where a term stands in a record is packed into the two
// numbers that the storage engine keeps per posting, because its own form
// takes five numbers per occurrence. The lowest two bits of the frequency say
// how:
//
//   - packedOne: once, with a weight of one. The other bits are the position.
//     This is the most common posting by far.
//   - packedTwo: twice, each with a weight of one. The next twelve bits are the
//     first position, the others the distance to the second.
//   - packedTitle: once, in a title. The other bits are the position.
//   - packedMany: the other bits are the weight, and there is one location. Its
//     position is the first position, its start and end the distances to the
//     second and third (0 when there is none), its array positions all later
//     distances.
//
// The weight is the number of occurrences, those in the title counted
// titleWeight times.
const (
	packedMany = iota
	packedOne
	packedTwo
	packedTitle

	packedBits = 2
	packedMask = 1<<packedBits - 1

	firstBits   = 12
	maxDistance = 1 << 16
)

// pack sets frequency and locations of a term that stands at the positions,
// in rising order. The location is kept in loc.
func pack(tf *index.TokenFreq, loc *index.TokenLocation, positions []uint32, weight int) {
	first := int(positions[0])
	switch {
	case weight == 1:
		tf.SetFrequency(first<<packedBits | packedOne)
		return
	case len(positions) == 1 && weight == titleWeight:
		tf.SetFrequency(first<<packedBits | packedTitle)
		return
	case weight == 2 && len(positions) == 2 && first < 1<<firstBits && positions[1]-positions[0] < maxDistance:
		tf.SetFrequency((int(positions[1]-positions[0])<<firstBits|first)<<packedBits | packedTwo)
		return
	}
	tf.SetFrequency(weight << packedBits) // packedMany is 0
	loc.Position = first
	last := positions[0]
	for i, p := range positions[1:] {
		distance := p - last
		last = p
		switch i {
		case 0:
			loc.Start = int(distance)
		case 1:
			loc.End = int(distance)
		default:
			if loc.ArrayPositions == nil {
				loc.ArrayPositions = make([]uint64, 0, len(positions)-3)
			}
			loc.ArrayPositions = append(loc.ArrayPositions, uint64(distance))
		}
	}
	tf.Locations = []*index.TokenLocation{loc}
}

// weightOf returns the weight of a posting.
func weightOf(frequency uint64) uint32 {
	switch frequency & packedMask {
	case packedOne:
		return 1
	case packedTwo:
		return 2
	case packedTitle:
		return titleWeight
	}
	return uint32(frequency >> packedBits)
}

// unpack appends the positions that a frequency alone tells.
func unpack(to []uint32, frequency uint64) []uint32 {
	rest := uint32(frequency >> packedBits)
	if frequency&packedMask != packedTwo {
		return append(to, rest)
	}
	first := rest & (1<<firstBits - 1)
	return append(to, first, first+rest>>firstBits)
}

// positionsOf appends the positions of a posting.
func positionsOf(to []uint32, p api.Posting) []uint32 {
	if f := p.Frequency(); f&packedMask != packedMany {
		return unpack(to, f)
	}
	for _, loc := range p.Locations() {
		at := uint32(loc.Pos())
		to = append(to, at)
		for _, distance := range [2]uint64{loc.Start(), loc.End()} {
			if distance == 0 {
				return to
			}
			at += uint32(distance)
			to = append(to, at)
		}
		for _, distance := range loc.ArrayPositions() {
			at += uint32(distance)
			to = append(to, at)
		}
	}
	return to
}

// postings are the postings of one term in one segment.
type postings struct {
	docs *roaring.Bitmap  // live
	disk *rawPostings     // of a segment on disk
	list api.PostingsList // of one in memory
}

// postings returns the postings of a term.
func (d *dictionary) postings(term string) (*postings, error) {
	if d.disk == nil {
		list, err := d.terms.PostingsList([]byte(term), d.seg.deleted, nil)
		if err != nil {
			return nil, damaged("read postings", err)
		}
		return &postings{docs: bitmapOf(list), list: list}, nil
	}
	raw, err := d.raw(term)
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return &postings{docs: empty}, nil
	}
	p := &postings{docs: raw.docs, disk: raw}
	if d.seg.deleted != nil {
		p.docs = roaring.AndNot(raw.docs, d.seg.deleted)
	}
	return p, nil
}

// weights adds the term's weight in each of the records to the weight with
// the same index. Records are in rising order.
func (p *postings) weights(records []uint32, weights []uint32) error {
	if len(records) == 0 {
		return nil
	}
	if p.disk != nil {
		p.disk.weights(records, weights)
		return nil
	}
	it := p.list.Iterator(true, false, false, nil)
	i := 0
	for {
		x, err := it.Next()
		if err != nil {
			return damaged("read postings", err)
		}
		if x == nil {
			return nil
		}
		doc := uint32(x.Number())
		for i < len(records) && records[i] < doc {
			i++
		}
		if i == len(records) {
			return nil
		}
		if records[i] == doc {
			weights[i] += weightOf(x.Frequency())
		}
	}
}

// cursor walks through positions, in rising order of records.
type cursor struct {
	disk *rawCursor
	it   api.PostingsIterator
	at   api.Posting
	done bool
}

// positions returns a cursor over the positions of the term in records, a
// subset of the records that hold it.
func (p *postings) positions(records *roaring.Bitmap) *cursor {
	if p.disk != nil {
		return &cursor{disk: p.disk.cursor()}
	}
	it := p.list.Iterator(true, false, true, nil)
	if o, ok := it.(api.OptimizablePostingsIterator); ok && records.GetCardinality() < p.docs.GetCardinality() {
		if _, one := o.DocNum1Hit(); !one {
			o.ReplaceActual(records)
		}
	}
	return &cursor{it: it}
}

// in appends the positions in a record, which is none before the last one
// asked for. There are none when the record does not hold the term.
func (c *cursor) in(to []uint32, record uint32) ([]uint32, error) {
	if c.disk != nil {
		return c.disk.in(to, record), nil
	}
	for !c.done && (c.at == nil || uint32(c.at.Number()) < record) {
		x, err := c.it.Next()
		if err != nil {
			return to, damaged("read positions", err)
		}
		c.at, c.done = x, x == nil
	}
	if c.done || uint32(c.at.Number()) != record {
		return to, nil
	}
	return positionsOf(to, c.at), nil
}
