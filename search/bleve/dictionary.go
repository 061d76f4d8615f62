package bleve

import (
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

// raw returns the postings of a term on disk, nil when there are none.
func (d *dictionary) raw(term string) (*rawPostings, error) {
	if d.fst == nil {
		return nil, nil
	}
	at, ok, err := d.fst.Get([]byte(term))
	if err != nil || !ok {
		return nil, damaged("read the dictionary of "+d.field, err)
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
	raw, err := d.raw(term)
	switch {
	case err != nil:
		return nil, err
	case raw == nil:
		return empty, nil
	case except != nil:
		return roaring.AndNot(raw.docs, except), nil
	}
	return raw.docs, nil
}

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
