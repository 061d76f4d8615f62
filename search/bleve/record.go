package bleve

import (
	"encoding/binary"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
	"github.com/golang/snappy"
)

// record is one unit of the storage engine. It is built complete, so that a
// segment has little more to do than to put postings in order.
type record struct {
	id       string
	postings []posting // by field
	fields   []fieldRun
	sealed   []byte // what is stored, as a segment holds it

	// What is stored: JSON of the entry, empty for facts, and of the document
	// or fact, and the parts by number of storedFields.
	entry, data []byte
	parts       [len(storedFields)][]byte
}

// fieldRun is a field with the place of its postings.
type fieldRun struct {
	number     uint8
	start, end int32
}

// newRecord returns a record with its identifier, which is stored and found.
func newRecord(id string) *record {
	r := &record{id: id, fields: make([]fieldRun, 0, 24)}
	r.unique(fieldRecordID, id)
	return r
}

// begin begins a field. Postings are added to the field begun last. It panics
// when the schema has no such field, or the record has it already.
func (r *record) begin(name string) {
	n, ok := fieldNumbers[name]
	if !ok || r.of(n) != nil {
		panic(fmt.Sprintf("the schema has no field %q, or the record has it already", name))
	}
	at := int32(len(r.postings))
	r.fields = append(r.fields, fieldRun{n, at, at})
}

// add adds a posting. A field has each term once.
func (r *record) add(p posting) {
	r.postings = append(r.postings, p)
	r.fields[len(r.fields)-1].end++
}

// of returns the postings of a field.
func (r *record) of(number uint8) []posting {
	for _, f := range r.fields {
		if f.number == number {
			return r.postings[f.start:f.end]
		}
	}
	return nil
}

// keyword adds values that are found as they are. Their postings take one
// byte each besides the bitmap.
func (r *record) keyword(name string, values ...string) {
	began := false
	for i, v := range values {
		if v == "" || slices.Contains(values[:i], v) {
			continue
		}
		if !began {
			r.begin(name)
			began = true
		}
		r.add(posting{term: v})
	}
}

// unique adds a value that few other records share. A single posting of that
// kind is kept inside the dictionary.
func (r *record) unique(name, value string) {
	if value == "" {
		return
	}
	r.begin(name)
	r.add(posting{term: value, packed: packedOne})
}

// seal makes the stored form of the record: the lengths of what follows, for
// each part its field, type, place, length and number of array positions, the
// identifier, and the parts, compressed. The parts of ours are compressed
// already; that this is done again costs nothing when it gives nothing.
func (r *record) seal(p *packer) {
	r.parts[partData] = p.small(r.entry, r.data)
	size := 0
	for _, part := range r.parts {
		size += len(part)
	}
	meta, data := []byte(nil), make([]byte, 0, size)
	meta = binary.AppendUvarint(meta, uint64(len(r.id)))
	for i, part := range r.parts {
		if len(part) == 0 {
			continue
		}
		meta = append(meta, fieldNumbers[storedFields[i]], 't')
		meta = binary.AppendUvarint(meta, uint64(len(data)))
		meta = binary.AppendUvarint(meta, uint64(len(part)))
		meta = append(meta, 0)
		data = append(data, part...)
	}
	r.entry, r.data, r.parts = nil, nil, [len(storedFields)][]byte{}
	data = snappy.Encode(nil, data)
	r.sealed = make([]byte, 0, 2*binary.MaxVarintLen32+len(meta)+len(r.id)+len(data))
	r.sealed = binary.AppendUvarint(r.sealed, uint64(len(meta)))
	r.sealed = binary.AppendUvarint(r.sealed, uint64(len(r.id)+len(data)))
	r.sealed = append(append(append(r.sealed, meta...), r.id...), data...)
}

// What follows makes a record an index.Document, of which the storage engine
// needs to know the identifier alone: the segment is made by plugin.

func (r *record) ID() string                                 { return r.id }
func (r *record) Size() int                                  { return 0 }
func (r *record) VisitFields(index.FieldVisitor)             {}
func (r *record) VisitComposite(index.CompositeFieldVisitor) {}
func (r *record) HasComposite() bool                         { return false }
func (r *record) NumPlainTextBytes() uint64                  { return 0 }
func (r *record) StoredFieldsBytes() uint64                  { return 0 }
func (r *record) Indexed() bool                              { return true }
func (r *record) AddIDField()                                {}
