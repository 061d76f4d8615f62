package bleve

import (
	"errors"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// dictionary is the dictionary of one field of one segment. It is for one
// goroutine.
type dictionary struct {
	seg   *segment
	field string
	disk  *zap.Segment // nil while the segment is in memory
	fst   *vellum.FST  // of a segment on disk, nil when no record has the field
	terms api.TermDictionary
}

// dictionary opens the dictionary of a field. A field that no record of the
// segment has is an empty dictionary.
func (s *segment) dictionary(field string) (*dictionary, error) {
	d := &dictionary{seg: s, field: field}
	var ok bool
	if d.disk, ok = s.data.(*zap.Segment); !ok {
		return d, d.open()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fst, ok := s.fsts[field]
	if !ok {
		var err error
		if fst, err = openFST(d.disk, field); err != nil {
			return nil, damaged("read the dictionary of "+field, err)
		}
		s.fsts[field] = fst
	}
	d.fst = fst
	return d, nil
}

// open opens the dictionary through the storage engine.
func (d *dictionary) open() error {
	if d.terms != nil {
		return nil
	}
	terms, err := d.seg.data.Dictionary(d.field)
	if err != nil {
		return damaged("read the dictionary of "+d.field, err)
	}
	d.terms = terms
	return nil
}

// place returns the place of the postings of a term on disk.
func (d *dictionary) place(term string) (at uint64, ok bool, err error) {
	if d.fst == nil {
		return 0, false, nil
	}
	at, ok, err = d.fst.Get([]byte(term))
	return at, ok, damaged("read the dictionary of "+d.field, err)
}

// raw returns the postings of a term on disk, nil when there are none.
func (d *dictionary) raw(term string) (*rawPostings, error) {
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return nil, err
	}
	p, err := readPostings(d.disk, at)
	if err != nil {
		return nil, damaged("read postings", err)
	}
	return p, nil
}

// documents returns the live records that hold the term. The bitmap must not
// be changed, and is valid as long as the view.
func (d *dictionary) documents(term string) (*roaring.Bitmap, error) {
	return d.holders(term, d.seg.deleted)
}

// ever returns the records that hold the term, those deleted included.
func (d *dictionary) ever(term string) (*roaring.Bitmap, error) {
	return d.holders(term, nil)
}

func (d *dictionary) holders(term string, except *roaring.Bitmap) (*roaring.Bitmap, error) {
	if d.disk == nil {
		list, err := d.terms.PostingsList([]byte(term), except, nil)
		if err != nil {
			return nil, damaged("read postings", err)
		}
		return bitmapOf(list), nil
	}
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return empty, err
	}
	docs, _, _, err := readRecords(d.disk, at)
	if err == nil && except != nil {
		docs = roaring.AndNot(docs, except)
	}
	return docs, damaged("read postings", err)
}

// count returns the number of live records that hold the term.
func (d *dictionary) count(term string) (int, error) {
	if d.disk == nil {
		docs, err := d.documents(term)
		if err != nil {
			return 0, err
		}
		return int(docs.GetCardinality()), nil
	}
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return 0, err
	}
	n, err := countRecords(d.disk, at, d.seg.deleted)
	return n, damaged("read postings", err)
}

// countAll calls f for the terms from start up to but not including end with
// the number of live records that hold each, until f returns false.
func (d *dictionary) countAll(start, end []byte, f func(term string, n int) bool) error {
	if d.disk == nil {
		return d.each(nil, start, end, func(e *index.DictEntry) (bool, error) {
			n, err := d.count(e.Term)
			return err == nil && f(e.Term, n), err
		})
	}
	if d.fst == nil {
		return nil
	}
	err := d.walk(start, end, func(term []byte, at uint64) error {
		n, err := countRecords(d.disk, at, d.seg.deleted)
		if err == nil && !f(string(term), n) {
			err = errEnough
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return damaged("read postings", err)
}

// errEnough ends a walk.
var errEnough = errors.New("enough")

// bitmapOf returns the documents of a list of postings.
func bitmapOf(list api.PostingsList) *roaring.Bitmap {
	it, ok := list.Iterator(false, false, false, nil).(api.OptimizablePostingsIterator)
	if !ok {
		return roaring.New()
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(doc))
	}
	if docs := it.ActualBitmap(); docs != nil {
		return docs
	}
	return roaring.New()
}

// countless is a dictionary that can be walked without reading postings.
type countless interface {
	AutomatonIteratorOmitCount(a api.Automaton, start, end []byte) api.DictionaryIterator
}

// each calls f for the terms that the automaton accepts, from start up to but
// not including end, in order, until f returns false. A nil automaton accepts
// all terms; nil bounds are open.
func (d *dictionary) each(a api.Automaton, start, end []byte, f func(*index.DictEntry) (bool, error)) error {
	if err := d.open(); err != nil {
		return err
	}
	var it api.DictionaryIterator
	if c, ok := d.terms.(countless); ok {
		it = c.AutomatonIteratorOmitCount(a, start, end)
	} else {
		it = d.terms.AutomatonIterator(a, start, end)
	}
	for {
		e, err := it.Next()
		if err != nil {
			return damaged("read a dictionary", err)
		}
		if e == nil {
			return nil
		}
		if more, err := f(e); err != nil || !more {
			return err
		}
	}
}

// walk calls f for the terms of a dictionary on disk, from start up to but not
// including end, in order, with the place of their postings, until f returns
// an error. Nil bounds are open. The term is valid until f returns.
func (d *dictionary) walk(start, end []byte, f func(term []byte, at uint64) error) error {
	it, err := d.fst.Iterator(start, end)
	for ; err == nil; err = it.Next() {
		if err := f(it.Current()); err != nil {
			return err
		}
	}
	if errors.Is(err, vellum.ErrIteratorDone) {
		return nil
	}
	return damaged("read the dictionary of "+d.field, err)
}

// after returns the smallest string that is greater than all strings with the
// prefix, or nil when there is none.
func after(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}
