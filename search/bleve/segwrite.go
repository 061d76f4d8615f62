package bleve

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"

	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
	"golang.org/x/sync/errgroup"

	api "github.com/blevesearch/scorch_segment_api/v2"
)

// This file writes segments in the format that zap.go reads and that the
// storage engine merges:
//
//	for each record, what is stored of it
//	for each record, the place of that (8 bytes, big-endian), and a 0
//	for each field, postings, dictionary and the place of the dictionary
//	for each field, its name, options, and the place of its index
//	the number of fields, and the place of each of the former (8 bytes)
//
// Every segment has all fields of the schema, so that merges copy postings
// and stored records as they are.
const (
	inverted     = 0              // the section of a field that holds its dictionary
	noDocValues  = math.MaxUint64 // as the place where they begin and end
	averageBytes = 12             // of a posting and its term, to begin with
)

// segmentWriter makes segments. It keeps its buffers and is for one goroutine.
type segmentWriter struct {
	fields []*fieldWriter // by number of the field
	fst    bytes.Buffer
	trie   *vellum.Builder
	docs   []uint32
	data   []byte
	size   int // of the last segment without what is copied into it, in bytes per posting
}

func newSegmentWriter() *segmentWriter {
	w := &segmentWriter{size: averageBytes}
	for range schemaFields {
		w.fields = append(w.fields, &fieldWriter{ids: map[string]int32{}})
	}
	return w
}

// write makes a segment of records. It returns its size in bytes, too.
func (w *segmentWriter) write(records []*record, config map[string]any) (api.Segment, uint64, error) {
	stored, sections, err := w.fill(records)
	if err != nil {
		return nil, 0, err
	}
	stats, _ := config[api.StatsKey].(*api.Stats)
	if stats == nil {
		stats = &api.Stats{}
	}
	s, err := zap.InitSegmentBase(w.data, crc32.ChecksumIEEE(w.data), chunkedByCount, uint64(len(records)), stored, sections, config, stats)
	size := uint64(len(w.data))
	w.data = nil // it is the segment's now
	return s, size, err
}

// fill writes all of a segment but its end, and returns the places of the
// tables of stored records and of fields.
func (w *segmentWriter) fill(records []*record) (stored, sections uint64, err error) {
	copied, postings := 0, 1 // bytes, and what takes some bytes more
	for _, r := range records {
		copied += len(r.sealed)
		postings += len(r.postings)
		for i := range r.postings {
			copied += len(r.postings[i].locations)
		}
	}
	w.data = make([]byte, 0, copied+postings*w.size*5/4)
	if err := w.gather(records); err != nil {
		return 0, 0, err
	}
	stored = w.stored(records)
	starts := make([]uint64, len(w.fields))
	for i, f := range w.fields {
		if starts[i], err = w.field(f, len(records)); err != nil {
			return 0, 0, err
		}
	}
	sections = w.sections(starts)
	w.size = (len(w.data)-copied)/postings + 1
	return stored, sections, nil
}

// gather puts the postings of each field in order, the fields side by side.
func (w *segmentWriter) gather(records []*record) error {
	var g errgroup.Group
	g.SetLimit(2)
	for number, f := range w.fields {
		g.Go(func() error {
			f.gather(uint8(number), records)
			return nil
		})
	}
	return g.Wait()
}

// stored writes what is stored of the records, and returns the place of the
// table of that.
func (w *segmentWriter) stored(records []*record) uint64 {
	places := make([]uint64, len(records))
	for i, r := range records {
		places[i] = uint64(len(w.data))
		w.data = append(w.data, r.sealed...)
	}
	table := uint64(len(w.data))
	for _, at := range places {
		w.data = binary.BigEndian.AppendUint64(w.data, at)
	}
	w.data = append(w.data, 0) // no records within records
	return table
}

// field writes the postings and the dictionary of a field, and returns where
// its section begins.
func (w *segmentWriter) field(f *fieldWriter, records int) (uint64, error) {
	w.fst.Reset()
	var err error
	if w.trie == nil {
		w.trie, err = vellum.New(&w.fst, &vellum.BuilderOpts{Encoder: 1, RegistryMRUSize: 1})
	} else {
		err = w.trie.Reset(&w.fst)
	}
	if err != nil {
		return 0, err
	}
	var term []byte
	for _, t := range f.order {
		value := w.postings(f.postings[t.start:t.end], records)
		term = append(term[:0], t.term...)
		if err := w.trie.Insert(term, value); err != nil {
			return 0, err
		}
	}
	if err := w.trie.Close(); err != nil {
		return 0, err
	}
	f.reset()
	dictionary := uint64(len(w.data))
	w.data = binary.AppendUvarint(w.data, uint64(w.fst.Len()))
	w.data = append(w.data, w.fst.Bytes()...)
	start := uint64(len(w.data))
	w.data = binary.AppendUvarint(w.data, noDocValues)
	w.data = binary.AppendUvarint(w.data, noDocValues)
	w.data = binary.AppendUvarint(w.data, dictionary)
	return start, nil
}

// postings writes the postings of a term and returns what the dictionary says
// of them: their place, or the one posting itself.
func (w *segmentWriter) postings(list []located32, records int) uint64 {
	if p := list[0]; len(list) == 1 && p.packed != 0 && len(p.locations) == 0 {
		return oneRecord | uint64(p.packed)<<oneNormShift | uint64(p.record)
	}
	size := uint32(records / (len(list)/1024 + 1))
	chunks := (records-1)/int(size) + 1
	frequencies := w.chunks(list, size, chunks, func(p *located32) {
		switch {
		case p.packed == 0:
			w.data = append(w.data, 0)
		case len(p.locations) > 0:
			w.data = binary.AppendUvarint(append(w.data, 1<<1|1), uint64(p.packed))
		default:
			w.data = binary.AppendUvarint(append(w.data, 1<<1), uint64(p.packed))
		}
	})
	locations := uint64(0)
	if slices.ContainsFunc(list, func(p located32) bool { return len(p.locations) > 0 }) {
		locations = w.chunks(list, size, chunks, func(p *located32) { w.data = append(w.data, p.locations...) })
	}
	w.docs = w.docs[:0]
	for i := range list {
		w.docs = append(w.docs, list[i].record)
	}
	at := uint64(len(w.data))
	w.data = binary.AppendUvarint(w.data, frequencies)
	w.data = binary.AppendUvarint(w.data, locations)
	w.data = appendBitmap(w.data, w.docs)
	return at
}

// chunks writes something of each posting, in chunks of records, behind a
// table of where each of them ends. It returns where the table begins.
func (w *segmentWriter) chunks(list []located32, size uint32, chunks int, write func(*located32)) uint64 {
	// The table comes first and is as long as its numbers are large, so the
	// bytes are written behind it and moved.
	begin := len(w.data)
	var ends [8]uint64
	table := ends[:0]
	chunk := uint32(0)
	for i := range list {
		for ; list[i].record/size > chunk; chunk++ {
			table = append(table, uint64(len(w.data)-begin))
		}
		write(&list[i])
	}
	for len(table) < chunks {
		table = append(table, uint64(len(w.data)-begin))
	}
	var room [64]byte
	head := binary.AppendUvarint(room[:0], uint64(len(table)))
	for _, end := range table {
		head = binary.AppendUvarint(head, end)
	}
	w.data = slices.Insert(w.data, begin, head...)
	return uint64(begin)
}

// sections writes what the fields are and where they are, and returns the
// place of the table of that.
func (w *segmentWriter) sections(starts []uint64) uint64 {
	places := make([]uint64, len(schemaFields))
	for i, f := range schemaFields {
		places[i] = uint64(len(w.data))
		w.data = binary.AppendUvarint(w.data, uint64(len(f.name)))
		w.data = append(w.data, f.name...)
		w.data = binary.AppendUvarint(w.data, uint64(f.options))
		w.data = binary.AppendUvarint(w.data, 1) // sections
		w.data = binary.BigEndian.AppendUint16(w.data, inverted)
		w.data = binary.BigEndian.AppendUint64(w.data, starts[i])
	}
	table := uint64(len(w.data))
	w.data = binary.AppendUvarint(w.data, uint64(len(schemaFields)))
	for _, at := range places {
		w.data = binary.BigEndian.AppendUint64(w.data, at)
	}
	return table
}
