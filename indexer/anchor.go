package indexer

import (
	"context"
	"encoding/hex"
	"fmt"

	"rapport/corpus"
)

// document returns the file that is the document of that ID after this run,
// or nil.
func (r *run) document(id corpus.ID) *file {
	f := r.taken[id]
	if f == nil {
		f = r.files.byEntry[id]
	}
	if f == nil || f.id != id {
		return nil
	}
	return f
}

// anchors finds the words of facts of one file in their documents.
type anchors struct {
	run    *run
	at     place // of the facts file
	ready  map[corpus.ID]*corpus.Anchorer
	known  map[corpus.ID]*file // by reference
	warned map[corpus.ID]bool  // references that lead nowhere
	// published are the dates of the documents that were made ready.
	published map[corpus.ID]corpus.Date
}

// maxAnchorers is how many documents are held ready.
const maxAnchorers = 16

func (r *run) newAnchors(at place) *anchors {
	return &anchors{run: r, at: at, ready: map[corpus.ID]*corpus.Anchorer{}, known: map[corpus.ID]*file{}, warned: map[corpus.ID]bool{},
		published: map[corpus.ID]corpus.Date{}}
}

// document returns the document that the file means by a reference, or nil.
func (a *anchors) document(reference corpus.ID) *file {
	doc, ok := a.known[reference]
	if !ok {
		doc = a.run.resolve(a.at, reference)
		a.known[reference] = doc
	}
	return doc
}

// all anchors facts whose evidence is as their file gives it, and returns what
// the entry is to remember of their documents. Facts of a document that is not
// in the index are unlocated.
func (a *anchors) all(ctx context.Context, facts []corpus.Fact) (map[corpus.ID]string, error) {
	states := map[corpus.ID]string{}
	for i := range facts {
		f := &facts[i]
		if f.Evidence.Exact == "" {
			continue
		}
		given := corpus.Given{Document: f.Evidence.Document, Offset: f.Evidence.Offset, End: f.Evidence.End}
		doc := a.document(given.Document)
		states[given.Document] = anchorState(doc)
		if doc == nil {
			a.warn(f.ID, given.Document)
		}
		if err := a.anchor(ctx, &f.Evidence, doc); err != nil {
			return nil, err
		}
		if given != (corpus.Given{Document: f.Evidence.Document}) {
			f.Given = &given
		}
	}
	return states, nil
}

// asGiven makes the evidence of facts what their file gave.
func asGiven(facts []corpus.Fact) {
	for i := range facts {
		e := &facts[i].Evidence
		e.Offset, e.End = 0, 0
		if given := facts[i].Given; given != nil {
			e.Document, e.Offset, e.End = given.Document, given.Offset, given.End
		}
		facts[i].Given = nil
	}
}

// anchor finds the words of evidence in their document, which may be nil. The
// status is empty when a dry run cannot tell it.
func (a *anchors) anchor(ctx context.Context, e *corpus.Evidence, doc *file) error {
	e.Status = ""
	if doc == nil {
		e.Status, e.Now, e.Page, e.Offset, e.End = corpus.AnchorUnlocated, "", "", 0, 0
		return nil
	}
	e.Document = doc.id
	anchorer, err := a.anchorer(ctx, doc)
	if anchorer != nil {
		*e = anchorer.Anchor(*e)
	}
	return err
}

// anchorState is what an entry remembers of a document that its facts quote,
// nothing when there is none.
func anchorState(doc *file) string {
	if doc == nil {
		return ""
	}
	return string(doc.id) + " " + hex.EncodeToString(doc.state[:])
}

// anchorer returns the document made ready, or nil when it is not in the
// index yet because nothing is written in this run.
func (a *anchors) anchorer(ctx context.Context, doc *file) (*corpus.Anchorer, error) {
	if ready, ok := a.ready[doc.id]; ok {
		return ready, nil
	}
	if a.run.x.Options.DryRun && (doc.outcome == added || doc.outcome == changed) {
		return nil, nil
	}
	text, ok, err := a.run.x.Sink.Document(ctx, doc.id)
	if err == nil && !ok {
		err = fmt.Errorf("it is gone")
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s from the index: %w", doc.place, err)
	}
	if len(a.ready) == maxAnchorers {
		clear(a.ready)
	}
	a.ready[doc.id], a.published[doc.id] = corpus.NewAnchorer(text), text.Published
	return a.ready[doc.id], nil
}

// warn says once that a reference leads nowhere.
func (a *anchors) warn(fact string, reference corpus.ID) {
	if a.warned[reference] {
		return
	}
	a.warned[reference] = true
	named := fmt.Sprintf("the document %q", reference)
	if reference == "" {
		named = "a document that its file does not name"
	}
	a.run.warn(fmt.Sprintf("%s: fact %q quotes %s, which is not in the index: it and others of that document are kept without their place",
		a.at, fact, named))
}

// anchorAgain anchors the facts of facts files that this run has not read,
// when their documents have come, gone or changed.
func (r *run) anchorAgain(ctx context.Context) error {
	flushed := false
	for _, f := range r.files.inOrder() {
		if !f.isFacts() || f.rarely().parts != nil || f.outcome == removed || f.rarely().next != nil && f.rarely().next.rarely().parts != nil {
			continue
		}
		for _, e := range f.entries {
			if !r.outdated(f.place, e) {
				continue
			}
			if !flushed {
				if err := r.batch.flush(ctx); err != nil {
					return err
				}
				flushed = true
			}
			if err := r.anchorEntry(ctx, f, e.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// outdated reports whether a document that the entry's facts quote has come,
// gone or changed since they were anchored.
func (r *run) outdated(at place, e entry) bool {
	for reference, was := range e.anchors {
		if anchorState(r.resolve(at, reference)) != was {
			return true
		}
	}
	return false
}

// anchorEntry anchors the facts of an entry as it is stored.
func (r *run) anchorEntry(ctx context.Context, f *file, id corpus.ID) error {
	rec, ok, err := r.x.Sink.Record(ctx, id)
	if err != nil {
		return fmt.Errorf("reading %s from the index: %w", f.place, err)
	}
	if !ok {
		return nil
	}
	before := make(map[factKey]factMark, len(rec.Facts))
	for i := range rec.Facts {
		before[keyOf(rec.Facts[i].ID)] = markOf(&rec.Facts[i])
	}
	asGiven(rec.Facts)
	if rec.Entry.Anchors, err = r.newAnchors(f.place).all(ctx, rec.Facts); err != nil {
		return err
	}
	for i := range rec.Facts {
		r.countFact(&rec.Facts[i], before)
	}
	return r.batch.put(ctx, rec)
}
