package indexer

import (
	"context"
	"fmt"
	"strings"

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
	hints     bool // places found before may have been given by the file
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

// all anchors facts whose evidence names documents as their file does, and
// returns what the entry is to remember of them. Facts of a document that is
// not in the index are unlocated.
func (a *anchors) all(ctx context.Context, facts []corpus.Fact) (map[corpus.ID]string, error) {
	states := map[corpus.ID]string{}
	for i := range facts {
		e := &facts[i].Evidence
		if e.Exact == "" {
			continue
		}
		reference, doc := e.Document, a.document(e.Document)
		if doc == nil {
			e.Status, e.Now, e.Page, e.Offset, e.End = corpus.AnchorUnlocated, "", "", 0, 0
			states[reference] = ""
			a.warn(facts[i].ID, reference)
			continue
		}
		e.Document = doc.id
		states[reference] = anchorState(doc)
		anchorer, err := a.anchorer(ctx, doc)
		if err != nil {
			return nil, err
		}
		if anchorer != nil {
			*e = a.find(anchorer, *e)
		}
	}
	return states, nil
}

// anchorState is what an entry remembers of a document that its facts quote.
func anchorState(doc *file) string { return string(doc.id) + " " + doc.state }

// find anchors evidence. Of evidence that was anchored before, the place found
// then counts only when the file itself may have given it, and nothing else
// decides, so that the outcome does not depend on what the document was before.
func (a *anchors) find(in *corpus.Anchorer, e corpus.Evidence) corpus.Evidence {
	if e.Status == "" {
		return in.Anchor(e)
	}
	free := e
	free.Offset, free.End = 0, 0
	if free = in.Anchor(free); free.Status == corpus.AnchorAmbiguous && a.hints {
		return in.Anchor(e)
	}
	return free
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
		if !f.isFacts() || f.parts != nil || f.outcome == removed || f.next != nil && f.next.parts != nil {
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
			if err := r.anchorEntry(ctx, f, e.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// outdated reports whether a document that the entry's facts quote has come,
// gone or changed since they were anchored.
func (r *run) outdated(at place, e corpus.Entry) bool {
	for reference, was := range e.Anchors {
		doc := r.resolve(at, reference)
		if doc == nil && was != "" || doc != nil && anchorState(doc) != was {
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
	references := rec.Entry.Anchors
	refer(rec.Facts, references)
	a := r.newAnchors(f.place)
	a.hints = rec.Entry.Hints
	if rec.Entry.Anchors, err = a.all(ctx, rec.Facts); err != nil {
		return err
	}
	for reference := range references { // other names of the same documents
		if doc := a.document(reference); doc != nil {
			rec.Entry.Anchors[reference] = anchorState(doc)
		} else {
			rec.Entry.Anchors[reference] = ""
		}
	}
	for i := range rec.Facts {
		r.countFact(&rec.Facts[i], before)
	}
	return r.batch.put(ctx, rec)
}

// refer makes the evidence of facts name documents as their file does. When
// the file has several names for one document, the first in their order counts.
func refer(facts []corpus.Fact, anchors map[corpus.ID]string) {
	references := map[corpus.ID]corpus.ID{}
	for reference, was := range anchors {
		id, _, _ := strings.Cut(was, " ")
		if other, ok := references[corpus.ID(id)]; was != "" && (!ok || reference < other) {
			references[corpus.ID(id)] = reference
		}
	}
	for i := range facts {
		e := &facts[i].Evidence
		if reference, ok := references[e.Document]; ok && e.Status != corpus.AnchorUnlocated {
			e.Document = reference
		}
	}
}
