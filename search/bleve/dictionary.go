package bleve

import (
	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// dictionary is the dictionary of one field of one segment.
type dictionary struct {
	seg   *segment
	terms api.TermDictionary
}

// dictionary opens the dictionary of a field. A field that no record of the
// segment has is an empty dictionary.
func (s *segment) dictionary(field string) (*dictionary, error) {
	d, err := s.data.Dictionary(field)
	if err != nil {
		return nil, damaged("read the dictionary of "+field, err)
	}
	return &dictionary{seg: s, terms: d}, nil
}

// documents returns the live records that hold the term. The bitmap must not
// be changed, and is valid as long as the view.
func (d *dictionary) documents(term string) (*roaring.Bitmap, error) {
	list, err := d.terms.PostingsList([]byte(term), d.seg.deleted, nil)
	if err != nil {
		return nil, damaged("read postings", err)
	}
	return bitmapOf(list), nil
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
