package bleve

import (
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// This file reads postings straight from the bytes of a segment, in the format
// of zapx 17 (zap.md in its repository). The iterators of the storage engine
// give out one posting at a time through an interface, which takes ten times
// as long as decoding it.
//
// A dictionary maps terms to numbers. A number with the highest bits 10 is
// the only record of the term in its low 31 bits, where it occurs with the
// frequency 1, and the next 31 bits are what is kept as a length. Every other
// number is the place of, as varints, the place of the frequencies, the place
// of the locations (0 for none), the length of a bitmap of records, and that
// bitmap.
//
// Frequencies and locations are kept in chunks: their number, the end of each
// and then their bytes. Chunk i holds what belongs to the records from
// i*size up to (i+1)*size, in order: for each record its frequency, doubled,
// plus one when it has locations, and, unless the frequency is 0, what is kept
// as a length (see postings.go); and for each record with locations the length
// in bytes of what follows, and per location the number of the field, position,
// start, end, number of array positions, and these.

// The highest bits of a number that is the only record of a term.
const (
	oneRecordMask = 0xc000000000000000
	oneRecord     = 0x8000000000000000
	recordMask    = 0x7fffffff
	oneNormShift  = 31
)

// rawPostings are the postings of a term in a segment.
type rawPostings struct {
	data        []byte          // of the segment, nil when there is one posting
	docs        *roaring.Bitmap // deleted records included
	packed      uint32          // of the one posting
	size        uint32          // of a chunk, in records
	frequencies chunks
	locations   chunks
}

// readPostings reads the head of the postings at a place, and their bitmap,
// which keeps pointing into the segment.
func (l *layout) readPostings(at uint64) (*rawPostings, error) {
	if at&oneRecordMask == oneRecord {
		return &rawPostings{docs: roaring.BitmapOf(uint32(at & recordMask)), packed: uint32(at >> oneNormShift & recordMask)}, nil
	}
	docs, frequencies, locations, err := l.readRecords(at)
	if err != nil {
		return nil, err
	}
	p := &rawPostings{data: l.data, docs: docs}
	if p.size = uint32(l.records / (docs.GetCardinality()/1024 + 1)); p.size == 0 {
		return nil, errors.New("postings in chunks without a size")
	}
	most := l.records/uint64(p.size) + 1
	p.frequencies = chunksAt(p.data, frequencies, most)
	p.locations = chunksAt(p.data, locations, most)
	return p, nil
}

// readRecords reads which records the postings at a place are of, those
// deleted included, and where their frequencies and locations are.
func (l *layout) readRecords(at uint64) (docs *roaring.Bitmap, frequencies, locations uint64, err error) {
	if at&oneRecordMask == oneRecord {
		return roaring.BitmapOf(uint32(at & recordMask)), 0, 0, nil
	}
	docs = roaring.New()
	r := varints{l.data, at}
	frequencies, locations = r.next(), r.next()
	length := r.next()
	_, err = docs.FromBuffer(r.data[r.at : r.at+length])
	return docs, frequencies, locations, err
}

// countRecords returns how many records the postings at a place are of, without
// those of a set, which may be nil.
func (l *layout) countRecords(at uint64, except *roaring.Bitmap) (int, error) {
	docs, _, _, err := l.readRecords(at)
	if err != nil {
		return 0, err
	}
	n := docs.GetCardinality()
	if except != nil {
		n -= docs.AndCardinality(except)
	}
	return int(n), nil
}

// chunks tells where chunks are.
type chunks struct {
	ends  []uint64
	start uint64
}

// chunksAt reads where chunks are, of which there may be so many at most.
func chunksAt(data []byte, at, most uint64) chunks {
	if at == 0 {
		return chunks{}
	}
	r := varints{data, at}
	n := r.next()
	if n > most {
		panic("more chunks than records")
	}
	c := chunks{ends: make([]uint64, n)}
	for i := range c.ends {
		c.ends[i] = r.next()
	}
	c.start = r.at
	return c
}

// at returns the place where a chunk begins.
func (c *chunks) at(i uint32) uint64 {
	if i == 0 || len(c.ends) == 0 {
		return c.start
	}
	return c.start + c.ends[i-1]
}

// advance returns the first index from i on whose record is not before the
// one wanted, in steps that double and then halve.
func advance(records []uint32, i int, record uint32) int {
	step := 1
	for i+step < len(records) && records[i+step] < record {
		i += step
		step *= 2
	}
	for step > 0 {
		if i+step < len(records) && records[i+step] < record {
			i += step
		}
		step /= 2
	}
	return i + 1
}

// weights adds the weights of records to those with the same index.
func (p *rawPostings) weights(records, weights []uint32) {
	if len(records) == 0 {
		return
	}
	if p.data == nil {
		if i, ok := slices.BinarySearch(records, p.docs.Minimum()); ok {
			weights[i] += weightOf(p.packed)
		}
		return
	}
	data, at := p.data, uint64(0)
	end := uint32(0) // of the chunk, in records
	var buffer [256]uint32
	i := 0
	for it := p.docs.ManyIterator(); ; {
		n := it.NextMany(buffer[:])
		if n == 0 {
			return
		}
		for _, doc := range buffer[:n] {
			if records[i] < doc {
				if i = advance(records, i, doc); i == len(records) {
					return
				}
			}
			if doc >= end {
				chunk := doc / p.size
				at, end = p.frequencies.at(chunk), (chunk+1)*p.size
			}
			packed := uint32(0)
			if _, at = frequency(data, at); data[at-1] != 0 {
				packed, at = number(data, at)
			}
			if records[i] == doc {
				weights[i] += weightOf(packed)
			}
		}
	}
}

// frequency reads the frequency of a posting, doubled, plus one when it has
// locations. It is one byte: 0, or twice 1.
func frequency(data []byte, at uint64) (byte, uint64) {
	if f := data[at]; f < 4 {
		return f, at + 1
	}
	panic("a frequency above 1")
}

// number reads a number of at most 32 bits.
func number(data []byte, at uint64) (uint32, uint64) {
	b := data[at]
	n := uint32(b & 0x7f)
	at++
	for shift := 7; b >= 0x80; shift += 7 {
		if shift > 28 {
			panic("a number that does not end")
		}
		b = data[at]
		at++
		n |= uint32(b&0x7f) << shift
	}
	return n, at
}
