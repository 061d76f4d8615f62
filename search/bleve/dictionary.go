package bleve

import (
	"errors"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
)

// dictionary is the dictionary of one field of one segment. It is for one
// goroutine.
type dictionary struct {
	seg   *segment
	field string
	fst   *vellum.FST // nil when no record has the field
}

// dictionary opens the dictionary of a field. A field that no record of the
// segment has is an empty dictionary.
func (s *segment) dictionary(field string) (*dictionary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fst, ok := s.fsts[field]
	if !ok {
		var err error
		if fst, err = s.layout.openFST(field); err != nil {
			return nil, damaged("read the dictionary of "+field, err)
		}
		s.fsts[field] = fst
	}
	return &dictionary{seg: s, field: field, fst: fst}, nil
}

// place returns the place of the postings of a term.
func (d *dictionary) place(term string) (at uint64, ok bool, err error) {
	if d.fst == nil {
		return 0, false, nil
	}
	at, ok, err = d.fst.Get([]byte(term))
	return at, ok, damaged("read the dictionary of "+d.field, err)
}

// raw returns the postings of a term, nil when there are none.
func (d *dictionary) raw(term string) (*rawPostings, error) {
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return nil, err
	}
	p, err := d.seg.layout.readPostings(at)
	if err != nil {
		return nil, damaged("read postings", err)
	}
	return p, nil
}

// documents returns the live records that hold the term. The bitmap must not
// be changed, and is valid as long as the view.
func (d *dictionary) documents(term string) (*roaring.Bitmap, error) {
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return empty, err
	}
	docs, _, _, err := d.seg.layout.readRecords(at)
	if err == nil && d.seg.deleted != nil {
		docs = roaring.AndNot(docs, d.seg.deleted)
	}
	return docs, damaged("read postings", err)
}

// entry is a term of a dictionary with the place of its postings.
type entry struct {
	term []byte // valid until the next entry
	at   uint64
}

// only returns the only record of the term, when the dictionary holds it.
func (e entry) only() (uint32, bool) {
	return uint32(e.at & recordMask), e.at&oneRecordMask == oneRecord
}

// each calls f for the terms that the automaton accepts, from start up to but
// not including end, in order, until f returns false. A nil automaton accepts
// all terms; nil bounds are open.
func (d *dictionary) each(a vellum.Automaton, start, end []byte, f func(entry) (bool, error)) error {
	if d.fst == nil {
		return nil
	}
	if a == nil {
		a = &vellum.AlwaysMatch{}
	}
	it, err := d.fst.Search(a, start, end)
	for err == nil {
		term, at := it.Current()
		more, e := f(entry{term, at})
		if e != nil || !more {
			return e
		}
		err = it.Next()
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return damaged("read the dictionary of "+d.field, err)
	}
	return nil
}

// holdersOf returns the records that hold the term of an entry, those deleted
// included.
func (d *dictionary) holdersOf(e entry) (*roaring.Bitmap, error) {
	docs, _, _, err := d.seg.layout.readRecords(e.at)
	return docs, damaged("read postings", err)
}

// count returns the number of live records that hold the term.
func (d *dictionary) count(term string) (int, error) {
	at, ok, err := d.place(term)
	if err != nil || !ok {
		return 0, err
	}
	n, err := d.seg.layout.countRecords(at, d.seg.deleted)
	return n, damaged("read postings", err)
}

// countAll calls f for the terms from start up to but not including end with
// the number of live records that hold each, until f returns false.
func (d *dictionary) countAll(start, end []byte, f func(term string, n int) bool) error {
	return d.each(nil, start, end, func(e entry) (bool, error) {
		n, err := d.seg.layout.countRecords(e.at, d.seg.deleted)
		if err != nil {
			return false, damaged("read postings", err)
		}
		return f(string(e.term), n), nil
	})
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
