package bleve

import (
	"encoding/json"
	"errors"
	"sort"
	"strings"
	"unsafe"

	"rapport/corpus"
	"rapport/search"
)

// storedRecord is what the index keeps of a record.
type storedRecord struct {
	id    string
	entry []byte // JSON of the corpus.Entry, empty for facts
	hash  digest
	data  []byte // JSON of the document without its body, or of the fact
	body  []byte // compressed, as much of it as was asked for
}

// bodyPart is how much is read of a body.
type bodyPart uint8

const (
	noBody    bodyPart = iota
	firstPart          // at least search.OpeningLength bytes, or all
	wholeBody
)

// document reports whether the record is a document.
func (r *storedRecord) document() bool {
	return len(r.id) >= len(idDocument) && r.id[:len(idDocument)] == idDocument
}

// factEntry returns the entry that a fact was put under.
func (r *storedRecord) factEntry() corpus.ID {
	entry, _, _ := strings.Cut(strings.TrimPrefix(r.id, idFact), "\x00")
	return corpus.ID(entry)
}

// stored reads what is stored with a record, and so much of its body.
func (s *segment) stored(doc uint32, body bodyPart) (*storedRecord, error) {
	r := &storedRecord{}
	// The visitor never stops early: the storage engine gives its buffer back
	// twice when it does at the identifier.
	var damage error
	err := s.data.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case fieldRecordID:
			r.id = string(value)
		case storedHash:
			copy(r.hash[:], value)
		case storedData:
			var err error
			r.entry, r.data, err = unpackSmall(value)
			damage = errors.Join(damage, err)
		case storedBody:
			var err error
			if body == firstPart {
				value, err = firstFrame(value)
			}
			if body != noBody {
				r.body = append([]byte(nil), value...)
			}
			damage = errors.Join(damage, err)
		}
		return true
	})
	if err := errors.Join(err, damage); err != nil {
		return nil, damaged("read a stored record", err)
	}
	return r, nil
}

// decode returns the document, with what was read of its body.
func (r *storedRecord) decode() (*corpus.Document, error) {
	d := &corpus.Document{}
	if err := json.Unmarshal(r.data, d); err != nil {
		return nil, damaged("read document "+r.id, err)
	}
	if len(r.body) == 0 {
		return d, nil
	}
	text, err := unpack(r.body)
	if err != nil {
		return nil, damaged("read the body of "+r.id, err)
	}
	// Nothing else has the bytes. To copy them would take a fifth of the time of
	// unpacking, and as much memory again.
	d.Body = unsafe.String(unsafe.SliceData(text), len(text))
	return d, nil
}

// document reads a document with so much of its body.
func (s *segment) document(doc uint32, body bodyPart) (*corpus.Document, error) {
	r, err := s.stored(doc, body)
	if err != nil {
		return nil, err
	}
	return r.decode()
}

// fact reads a fact.
func (s *segment) fact(doc uint32) (*corpus.Fact, error) {
	r, err := s.stored(doc, noBody)
	if err != nil {
		return nil, err
	}
	f := &corpus.Fact{}
	if err := json.Unmarshal(r.data, f); err != nil {
		return nil, damaged("read fact "+r.id, err)
	}
	return f, nil
}

// factsOf returns the facts that hold a value in a field, in order of offset.
func (v *view) factsOf(field, value string) ([]corpus.Fact, error) {
	var facts []corpus.Fact
	for _, s := range v.segs {
		if s.facts.IsEmpty() {
			continue
		}
		d, err := s.dictionary(field)
		if err != nil {
			return nil, err
		}
		docs, err := d.documents(value)
		if err != nil {
			return nil, err
		}
		for it := docs.Iterator(); it.HasNext(); {
			doc := it.Next()
			if !s.live(search.Facts).Contains(doc) {
				continue
			}
			f, err := s.fact(doc)
			if err != nil {
				return nil, err
			}
			facts = append(facts, *f)
		}
	}
	sort.Slice(facts, func(i, j int) bool {
		a, b := &facts[i], &facts[j]
		if a.Evidence.Offset != b.Evidence.Offset {
			return a.Evidence.Offset < b.Evidence.Offset
		}
		return a.ID < b.ID
	})
	return facts, nil
}
