package bleve

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// This file reads postings straight from the bytes of a segment on disk, in
// the format of zapx 17 (zap.md in its repository). The iterators of the
// storage engine give out one posting at a time through an interface, which
// takes ten times as long as decoding it. Segments that are not on disk yet
// are read through those iterators: see postings.go.
//
// A dictionary maps terms to numbers. A number with the highest bits 10 is
// the only record of the term in its low 31 bits, where it occurs with the
// frequency 1. Every other number is the place of, as varints, the place of
// the frequencies, the place of the locations (0 for none), the length of a
// bitmap of records, and that bitmap.
//
// Frequencies and locations are kept in chunks: their number, the end of each
// and then their bytes. Chunk i holds what belongs to the records from
// i*size up to (i+1)*size, in order: for each record its frequency, doubled,
// plus one when it has locations, and, unless the frequency is 0, a length;
// and for each record with locations the length in bytes of what follows, and
// per location the number of the field, position, start, end, number of array
// positions, and these.

// The highest bits of a number that is the only record of a term.
const (
	oneRecordMask = 0xc000000000000000
	oneRecord     = 0x8000000000000000
	recordMask    = 0x7fffffff
)

// chunkedByCount is the only way of choosing sizes of chunks that is read.
const chunkedByCount = 1026

// openFST returns the dictionary of a field on disk, nil when there is none.
func openFST(z *zap.Segment, field string) (*vellum.FST, error) {
	at, err := z.DictAddr(field)
	if err != nil {
		return nil, nil // a field that no record has
	}
	data := z.Data()
	n, size := binary.Uvarint(data[at:min(at+binary.MaxVarintLen64, uint64(len(data)))])
	if size <= 0 || n == 0 {
		return nil, errors.New("a dictionary without a length")
	}
	at += uint64(size)
	return vellum.Load(data[at : at+n])
}

// rawPostings are the postings of a term on disk.
type rawPostings struct {
	data        []byte
	docs        *roaring.Bitmap // deleted records included
	size        uint32          // of a chunk, in records
	frequencies chunks
	locations   chunks
}

// readPostings reads the head of the postings at a place, and their bitmap,
// which keeps pointing into the segment.
func readPostings(z *zap.Segment, at uint64) (*rawPostings, error) {
	docs, frequencies, locations, err := readRecords(z, at)
	if err != nil || at&oneRecordMask == oneRecord {
		return &rawPostings{docs: docs}, err
	}
	p := &rawPostings{data: z.Data(), docs: docs}
	if z.ChunkMode() != chunkedByCount {
		return nil, fmt.Errorf("postings in chunks of mode %d", z.ChunkMode())
	}
	if p.size = uint32(z.NumDocs() / (docs.GetCardinality()/1024 + 1)); p.size == 0 {
		return nil, errors.New("postings in chunks without a size")
	}
	most := z.NumDocs()/uint64(p.size) + 1
	p.frequencies = chunksAt(p.data, frequencies, most)
	p.locations = chunksAt(p.data, locations, most)
	return p, nil
}

// readRecords reads which records the postings at a place are of, those
// deleted included, and where their frequencies and locations are.
func readRecords(z *zap.Segment, at uint64) (docs *roaring.Bitmap, frequencies, locations uint64, err error) {
	if at&oneRecordMask == oneRecord {
		return roaring.BitmapOf(uint32(at & recordMask)), 0, 0, nil
	}
	docs = roaring.New()
	r := varints{z.Data(), at}
	frequencies, locations = r.next(), r.next()
	length := r.next()
	_, err = docs.FromBuffer(r.data[r.at : r.at+length])
	return docs, frequencies, locations, err
}

// countRecords returns how many records the postings at a place are of, without
// those of a set, which may be nil.
func countRecords(z *zap.Segment, at uint64, except *roaring.Bitmap) (int, error) {
	if at&oneRecordMask == oneRecord {
		if except != nil && except.Contains(uint32(at&recordMask)) {
			return 0, nil
		}
		return 1, nil
	}
	docs, _, _, err := readRecords(z, at)
	if err != nil {
		return 0, err
	}
	n := docs.GetCardinality()
	if except != nil {
		n -= docs.AndCardinality(except)
	}
	return int(n), nil
}

// varints reads numbers.
type varints struct {
	data []byte
	at   uint64
}

func (v *varints) next() uint64 {
	if b := v.data[v.at]; b < 0x80 {
		v.at++
		return uint64(b)
	}
	n, size := binary.Uvarint(v.data[v.at:min(v.at+binary.MaxVarintLen64, uint64(len(v.data)))])
	if size <= 0 {
		panic("a number that does not end")
	}
	v.at += uint64(size)
	return n
}

// skip goes past a number.
func (v *varints) skip() {
	for v.data[v.at] >= 0x80 {
		v.at++
	}
	v.at++
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
	if p.data == nil { // one record, with the frequency 1
		if i, ok := slices.BinarySearch(records, p.docs.Minimum()); ok {
			weights[i]++
		}
		return
	}
	r := varints{data: p.data}
	chunk := uint32(math.MaxUint32)
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
			if c := doc / p.size; c != chunk {
				chunk, r.at = c, p.frequencies.at(c)
			}
			if records[i] != doc {
				if r.next()>>1 != 0 {
					r.skip()
				}
				continue
			}
			f := r.next() >> 1
			if f != 0 {
				r.skip()
			}
			weights[i] += weightOf(f)
		}
	}
}
