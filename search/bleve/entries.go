package bleve

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/corpus"
	"rapport/search"
)

// Entries yields where every record of the index came from, in no particular
// order. Bodies are skipped.
func (x *Index) Entries(ctx context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		err := x.eachEntry(ctx, noBody, func(_ *view, r *storedRecord) (bool, error) {
			var e corpus.Entry
			if err := json.Unmarshal(r.entry, &e); err != nil {
				return false, damaged("read an entry", err)
			}
			return yield(e, nil), nil
		})
		if err != nil {
			yield(corpus.Entry{}, err)
		}
	}
}

// Records yields the stored records with bodies and facts.
func (x *Index) Records(ctx context.Context) iter.Seq2[corpus.Record, error] {
	return func(yield func(corpus.Record, error) bool) {
		err := x.eachEntry(ctx, wholeBody, func(v *view, r *storedRecord) (bool, error) {
			rec, err := v.record(r)
			if err != nil {
				return false, err
			}
			return yield(rec, nil), nil
		})
		if err != nil {
			yield(corpus.Record{}, err)
		}
	}
}

// Document returns a stored document with its body; false when there is none.
func (x *Index) Document(ctx context.Context, id corpus.ID) (d *corpus.Document, found bool, err error) {
	err = x.read(ctx, "read a document", func(v *view) error {
		s, doc, ok, err := v.find(idDocument + string(id))
		if err != nil || !ok {
			return err
		}
		d, err = s.document(doc, wholeBody)
		return err
	})
	return d, d != nil, err
}

// eachEntry calls f for every record that holds an entry, read with so much of
// its body, until it returns false.
func (x *Index) eachEntry(ctx context.Context, body bodyPart, f func(*view, *storedRecord) (bool, error)) error {
	return x.read(ctx, "read the entries", func(v *view) error {
		for _, s := range v.segs {
			more, err := s.eachEntry(ctx, body, func(r *storedRecord) (bool, error) { return f(v, r) })
			if err != nil || !more {
				return err
			}
		}
		return nil
	})
}

func (s *segment) eachEntry(ctx context.Context, body bodyPart, f func(*storedRecord) (bool, error)) (bool, error) {
	for it := roaring.Or(s.documents, s.entries).Iterator(); it.HasNext(); {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		r, err := s.stored(it.Next(), body)
		if err != nil {
			return false, err
		}
		if more, err := f(r); err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

// record assembles what was put under an entry.
func (v *view) record(r *storedRecord) (corpus.Record, error) {
	var rec corpus.Record
	if err := json.Unmarshal(r.entry, &rec.Entry); err != nil {
		return rec, damaged("read an entry", err)
	}
	if r.document() {
		d, err := r.decode()
		if err != nil {
			return rec, err
		}
		rec.Document = d
	}
	facts, err := v.factsOf(fieldEntry, string(rec.Entry.ID))
	if err != nil {
		return rec, fmt.Errorf("facts of entry %s: %w", rec.Entry.ID, err)
	}
	rec.Facts = facts
	return rec, nil
}

// Record returns what was put under an entry ID; false when there is none.
func (x *Index) Record(ctx context.Context, id corpus.ID) (rec corpus.Record, found bool, err error) {
	err = x.read(ctx, "read a record", func(v *view) error {
		for _, s := range v.segs {
			docs, err := s.any(fieldEntry, map[corpus.ID]bool{id: true})
			if err != nil {
				return err
			}
			docs = roaring.AndNot(docs, s.facts)
			if docs.IsEmpty() {
				continue
			}
			r, err := s.stored(docs.Minimum(), wholeBody)
			if err != nil {
				return err
			}
			rec, err = v.record(r)
			found = err == nil
			return err
		}
		return nil
	})
	return rec, found, err
}

// FactEntry returns the ID of the entry that the fact was put under; false
// when there is no such fact.
func (x *Index) FactEntry(ctx context.Context, fact string) (entry corpus.ID, found bool, err error) {
	err = x.read(ctx, "look up a fact", func(v *view) error {
		for _, s := range v.segs {
			d, err := s.dictionary(fieldName(search.Facts, search.FieldID))
			if err != nil {
				return err
			}
			docs, err := d.documents(fact)
			if err != nil {
				return err
			}
			if docs.IsEmpty() {
				continue
			}
			r, err := s.stored(docs.Minimum(), noBody)
			if err != nil {
				return err
			}
			entry, found = r.factEntry(), true
			return nil
		}
		return nil
	})
	return entry, found, err
}

// read runs f on the current view.
func (x *Index) read(ctx context.Context, what string, f func(*view) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v, err := x.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	return guard(what, func() error { return f(v) })
}
