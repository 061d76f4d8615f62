package bleve

import (
	index "github.com/blevesearch/bleve_index_api"
)

// record is one unit of the storage engine. It is built complete, so that
// the storage engine has nothing left to analyse.
type record struct {
	id     string
	fields []*field
}

// field is a field of a record with its terms.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // stored
	terms   index.TokenFrequencies
	length  int
}

func (r *record) add(f *field) { r.fields = append(r.fields, f) }

// keyword adds values that are found as they are. Their postings carry no
// frequency: one byte each.
func (r *record) keyword(name string, values ...string) {
	if len(values) == 0 {
		return
	}
	terms := make(index.TokenFrequencies, len(values))
	backing := make([]index.TokenFreq, len(values))
	for i, v := range values {
		if v != "" && terms[v] == nil {
			backing[i].Term = []byte(v)
			terms[v] = &backing[i]
		}
	}
	if len(terms) > 0 {
		r.add(&field{name: name, options: index.IndexField | index.SkipFreqNorm, terms: terms, length: 1})
	}
}

// unique adds a value that few other records share. Its frequency of one lets
// the storage engine keep a single posting inside the dictionary.
func (r *record) unique(name, value string) {
	if value == "" {
		return
	}
	tf := &index.TokenFreq{Term: []byte(value)}
	tf.SetFrequency(1)
	r.add(&field{name: name, options: index.IndexField, terms: index.TokenFrequencies{value: tf}, length: 1})
}

// stored adds bytes that are kept and not searched.
func (r *record) stored(name string, value []byte) {
	r.add(&field{name: name, options: index.StoreField, value: value})
}

// What follows makes a record an index.Document.

func (r *record) ID() string                                 { return r.id }
func (r *record) Size() int                                  { return 0 }
func (r *record) VisitComposite(index.CompositeFieldVisitor) {}
func (r *record) HasComposite() bool                         { return false }
func (r *record) NumPlainTextBytes() uint64                  { return 0 }
func (r *record) StoredFieldsBytes() uint64                  { return 0 }
func (r *record) Indexed() bool                              { return true }

func (r *record) VisitFields(visit index.FieldVisitor) {
	for _, f := range r.fields {
		visit(f)
	}
}

// AddIDField adds the field that the storage engine finds records by.
func (r *record) AddIDField() {
	tf := &index.TokenFreq{Term: []byte(r.id)}
	tf.SetFrequency(1)
	r.add(&field{
		name: fieldRecordID, options: index.IndexField | index.StoreField,
		value: []byte(r.id), terms: index.TokenFrequencies{r.id: tf}, length: 1,
	})
}

// What follows makes a field an index.Field.

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
