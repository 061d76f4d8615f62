package bleve

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"
)

// rawCursor walks through positions.
type rawCursor struct {
	p           *rawPostings
	docs        roaring.IntPeekable
	chunk       uint32
	frequencies varints
	locations   varints
}

func (p *rawPostings) cursor() *rawCursor {
	return &rawCursor{
		p: p, docs: p.docs.Iterator(), chunk: math.MaxUint32,
		frequencies: varints{data: p.data}, locations: varints{data: p.data},
	}
}

// in appends the positions in a record, if it holds the term. Records are
// asked for in rising order.
func (c *rawCursor) in(to []uint32, record uint32) []uint32 {
	if c.p.data == nil {
		if c.p.docs.Contains(record) {
			to = append(to, 0) // the frequency 1 is position 0
		}
		return to
	}
	if chunk := record / c.p.size; chunk != c.chunk {
		c.chunk = chunk
		c.docs.AdvanceIfNeeded(chunk * c.p.size)
		c.frequencies.at, c.locations.at = c.p.frequencies.at(chunk), c.p.locations.at(chunk)
	}
	for c.docs.HasNext() && c.docs.PeekNext() <= record {
		doc := c.docs.Next()
		f := c.frequencies.next()
		if f>>1 != 0 {
			c.frequencies.skip()
		}
		if doc == record {
			return c.positions(to, f)
		}
		if f&1 == 1 {
			length := c.locations.next()
			c.locations.at += length
		}
	}
	return to
}

// positions appends the positions of the record at which the cursor stands.
func (c *rawCursor) positions(to []uint32, f uint64) []uint32 {
	if f&1 == 0 {
		return unpack(to, f>>1)
	}
	r := &c.locations
	r.skip() // length in bytes
	r.skip() // field
	at := uint32(r.next())
	to = append(to, at)
	second, third, more := r.next(), r.next(), r.next()
	for _, distance := range [2]uint64{second, third} {
		if distance != 0 {
			at += uint32(distance)
			to = append(to, at)
		}
	}
	for range more {
		at += uint32(r.next())
		to = append(to, at)
	}
	return to
}
