package bleve

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// fewCursors is the number of terms of a place whose postings are walked side by
// side. With more, asking each of them about each record would take longer
// than reading all their positions once.
const fewCursors = 8

// positions returns where the terms of a place stand in records.
func (p *placeSegment) positions(records *roaring.Bitmap) positionSource {
	cursors := make(anyCursor, 0, min(len(p.postings), fewCursors))
	if len(p.postings) > fewCursors {
		return gather(p.postings, records)
	}
	for _, list := range p.postings {
		if list.docs.Intersects(records) {
			cursors = append(cursors, list.raw.cursor())
		}
	}
	return cursors
}

// anyCursor walks through the positions of several terms side by side.
type anyCursor []*rawCursor

func (a anyCursor) in(to []uint32, record uint32) ([]uint32, error) {
	for _, c := range a {
		to = c.in(to, record)
	}
	if len(a) > 1 {
		slices.Sort(to)
		to = slices.Compact(to)
	}
	return to, nil
}

// gathered holds the positions of many terms: the record in the upper half of
// a number, the position in the lower, in rising order.
type gathered struct{ at []uint64 }

// gather reads the positions of terms in records.
func gather(lists []*postings, records *roaring.Bitmap) *gathered {
	g := &gathered{}
	var positions []uint32
	for _, list := range lists {
		some := roaring.And(list.docs, records)
		if some.IsEmpty() {
			continue
		}
		c := list.raw.cursor()
		for it := some.Iterator(); it.HasNext(); {
			record := it.Next()
			positions = c.in(positions[:0], record)
			for _, p := range positions {
				g.at = append(g.at, uint64(record)<<32|uint64(p))
			}
		}
	}
	slices.Sort(g.at)
	g.at = slices.Compact(g.at)
	return g
}

func (g *gathered) in(to []uint32, record uint32) ([]uint32, error) {
	i, _ := slices.BinarySearch(g.at, uint64(record)<<32)
	for g.at = g.at[i:]; len(g.at) > 0 && uint32(g.at[0]>>32) == record; g.at = g.at[1:] {
		to = append(to, uint32(g.at[0]))
	}
	return to, nil
}

// in appends where the term stands in one record. It reads the chunk of the
// record alone.
func (p *rawPostings) in(to []uint32, record uint32) []uint32 {
	if !p.docs.Contains(record) {
		return to
	}
	c := rawCursor{p: p, locations: varints{data: p.data}}
	if p.data != nil {
		it := p.docs.Iterator()
		it.AdvanceIfNeeded(record / p.size * p.size)
		for doc := it.Next(); ; doc = it.Next() {
			c.docs = append(c.docs, doc)
			if doc == record {
				break
			}
		}
	}
	return c.in(to, record)
}
