package bleve

// rawCursor walks through positions.
type rawCursor struct {
	p         *rawPostings
	docs      []uint32 // that hold the term
	next      int      // index of the posting that at is the frequency of
	end       uint32   // of the chunk, in records
	at        uint64
	locations varints
}

func (p *rawPostings) cursor() *rawCursor {
	c := &rawCursor{p: p, locations: varints{data: p.data}}
	if p.data != nil {
		c.docs = p.docs.ToArray()
	}
	return c
}

// in appends the positions in a record, if it holds the term. Records are
// asked for in rising order.
func (c *rawCursor) in(to []uint32, record uint32) []uint32 {
	if c.p.data == nil {
		if c.p.docs.Contains(record) {
			to = positionsIn(to, c.p.packed)
		}
		return to
	}
	if record >= c.end {
		chunk := record / c.p.size
		c.end = (chunk + 1) * c.p.size
		if first := chunk * c.p.size; c.next < len(c.docs) && c.docs[c.next] < first {
			c.next = advance(c.docs, c.next, first)
		}
		c.at, c.locations.at = c.p.frequencies.at(chunk), c.p.locations.at(chunk)
	}
	data, docs, at := c.p.data, c.docs[c.next:], c.at
	for i, doc := range docs {
		if doc > record {
			c.next, c.at = c.next+i, at
			return to
		}
		var f byte
		packed := uint32(0)
		if f, at = frequency(data, at); f != 0 {
			packed, at = number(data, at)
		}
		if doc == record {
			c.next, c.at = c.next+i+1, at
			if f&1 == 0 {
				return positionsIn(to, packed)
			}
			return c.located(to)
		}
		if f&1 == 1 {
			length := c.locations.next()
			c.locations.at += length
		}
	}
	c.next = len(c.docs)
	return to
}

// located appends the positions that the locations at the cursor tell.
func (c *rawCursor) located(to []uint32) []uint32 {
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
