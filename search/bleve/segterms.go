package bleve

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// posting is what a record says of a term.
type posting struct {
	term      string
	packed    uint32 // see postings.go; 0 when only that the record holds it is kept
	locations []byte // as a segment holds them, when packed says that there are any
}

// located32 is a posting in a segment.
type located32 struct {
	record    uint32
	packed    uint32
	locations []byte
}

// fieldWriter puts the postings of one field of many records into the order
// of terms. It keeps its buffers.
type fieldWriter struct {
	ids      map[string]int32
	terms    []termRun
	order    []termRun // by term
	slots    []int32   // of each posting in the order of records: number of the term
	postings []located32
}

// termRun is a term with the place of its postings.
type termRun struct {
	term       string
	prefix     uint64 // the first eight bytes, for sorting
	number     int32
	start, end int32
}

func (f *fieldWriter) reset() {
	clear(f.ids)
	clear(f.terms) // lets the terms go
	clear(f.order)
	clear(f.postings)
	f.terms, f.order, f.slots, f.postings = f.terms[:0], f.order[:0], f.slots[:0], f.postings[:0]
}

// gather takes the postings of a field from all records.
func (f *fieldWriter) gather(number uint8, records []*record) {
	for _, r := range records {
		for _, p := range r.of(number) {
			id, ok := f.ids[p.term]
			if !ok {
				id = int32(len(f.terms))
				f.ids[p.term] = id
				f.terms = append(f.terms, termRun{term: p.term, prefix: prefixOf(p.term), number: id})
			}
			f.terms[id].end++
			f.slots = append(f.slots, id)
		}
	}
	f.order = append(f.order[:0], f.terms...)
	slices.SortFunc(f.order, func(a, b termRun) int {
		return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.term, b.term))
	})
	at := int32(0)
	for i := range f.order {
		t := &f.order[i]
		t.start, t.end = at, at+t.end
		at = t.end
		f.terms[t.number].start = t.start
	}
	f.postings = slices.Grow(f.postings[:0], len(f.slots))[:len(f.slots)]
	next := 0
	for i, r := range records {
		for _, p := range r.of(number) {
			t := &f.terms[f.slots[next]]
			next++
			f.postings[t.start] = located32{record: uint32(i), packed: p.packed, locations: p.locations}
			t.start++
		}
	}
}

// prefixOf returns the first bytes of a term as a number in the same order.
func prefixOf(term string) uint64 {
	var b [8]byte
	copy(b[:], term)
	return binary.BigEndian.Uint64(b[:])
}

// The numbers of the serialized form of a bitmap without runs.
const (
	bitmapCookie  = 12346
	containerSize = 1 << 16
	maxArray      = 4096 // records that a container lists one by one
)

// appendBitmap appends the length of a bitmap of records, in rising order, and
// the bitmap. One container of few records, which nearly all are, is written
// right away.
func appendBitmap(to []byte, records []uint32) []byte {
	if len(records) > maxArray || records[len(records)-1] >= containerSize {
		data, err := roaring.BitmapOf(records...).ToBytes()
		if err != nil {
			panic(err) // writing into memory does not fail
		}
		return append(binary.AppendUvarint(to, uint64(len(data))), data...)
	}
	to = binary.AppendUvarint(to, uint64(16+2*len(records)))
	to = binary.LittleEndian.AppendUint32(to, bitmapCookie)
	to = binary.LittleEndian.AppendUint32(to, 1) // containers
	to = binary.LittleEndian.AppendUint16(to, 0) // key of the first
	to = binary.LittleEndian.AppendUint16(to, uint16(len(records)-1))
	to = binary.LittleEndian.AppendUint32(to, 16) // its place
	for _, r := range records {
		to = binary.LittleEndian.AppendUint16(to, uint16(r))
	}
	return to
}
