package indexer

import (
	"context"
	"fmt"
	"path"
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
	warned map[corpus.ID]bool // references that lead nowhere
}

// maxAnchorers is how many documents are held ready.
const maxAnchorers = 16

func (r *run) newAnchors(at place) *anchors {
	return &anchors{run: r, at: at, ready: map[corpus.ID]*corpus.Anchorer{}, warned: map[corpus.ID]bool{}}
}

// all anchors facts and returns the states of their documents. Facts of a
// document that is not in the index are unlocated.
func (a *anchors) all(ctx context.Context, facts []corpus.Fact) (map[corpus.ID]string, error) {
	states := map[corpus.ID]string{}
	for i := range facts {
		e := &facts[i].Evidence
		if e.Exact == "" {
			continue
		}
		doc := a.run.resolve(a.at, e.Document)
		if doc == nil {
			e.Status, e.Now, e.Page, e.Offset, e.End = corpus.AnchorUnlocated, "", "", 0, 0
			states[e.Document] = ""
			a.warn(facts[i].ID, e.Document)
			continue
		}
		e.Document = doc.id
		states[doc.id] = doc.state
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

// find anchors evidence. Of evidence that was anchored before, the place found
// then decides only when nothing else does, so that the outcome does not
// depend on what the document was before.
func (a *anchors) find(in *corpus.Anchorer, e corpus.Evidence) corpus.Evidence {
	if e.Status == "" {
		return in.Anchor(e)
	}
	free := e
	free.Offset, free.End = 0, 0
	if free = in.Anchor(free); free.Status == corpus.AnchorAmbiguous {
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
	a.ready[doc.id] = corpus.NewAnchorer(text)
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

// docNames finds documents by the base name of their file, with and without
// extension.
type docNames struct{ byName map[string][]*file }

// resolve returns the document that a facts file means: one of that ID, the
// file at that path relative to the facts file, a file of that name beside
// it, or the only file of that name in the index. A name may lack its
// extension. A facts file that names no document means the one beside it that
// is called as itself.
func (r *run) resolve(at place, reference corpus.ID) *file {
	if f := r.document(reference); f != nil && reference != "" {
		return f
	}
	name := string(reference)
	if name == "" {
		name = bare(path.Base(at.path))
	}
	beside := place{at.source, path.Join(path.Dir(at.path), name)}
	if f := r.files.byPlace[beside]; f != nil && f.id != "" {
		return f
	}
	if r.names == nil {
		r.names = r.nameDocuments()
	}
	candidates := r.names.byName[path.Base(name)]
	var near []*file
	for _, f := range candidates {
		if f.place.source == at.source && path.Dir(f.place.path) == path.Dir(beside.path) {
			near = append(near, f)
		}
	}
	switch {
	case len(near) == 1:
		return near[0]
	case len(near) == 0 && len(candidates) == 1 && reference != "" && path.Base(name) == name:
		return candidates[0]
	}
	return nil
}

// bare returns the base name of a facts file without what makes it one.
func bare(base string) string {
	base = strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(base); strings.EqualFold(ext, ".facts") {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

func (r *run) nameDocuments() *docNames {
	n := &docNames{byName: map[string][]*file{}}
	for _, f := range r.files.inOrder() {
		if f.id == "" {
			continue
		}
		base := path.Base(f.place.path)
		n.byName[base] = append(n.byName[base], f)
		if stem := strings.TrimSuffix(base, path.Ext(base)); stem != base {
			n.byName[stem] = append(n.byName[stem], f)
		}
	}
	return n
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
	for id, state := range e.Anchors {
		now := r.document(id)
		if now == nil && state == "" {
			now = r.resolve(at, id)
		}
		if now == nil && state != "" || now != nil && now.state != state {
			return true
		}
	}
	return false
}

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
	if rec.Entry.Anchors, err = r.newAnchors(f.place).all(ctx, rec.Facts); err != nil {
		return err
	}
	for i := range rec.Facts {
		r.countFact(&rec.Facts[i], before)
	}
	return r.batch.put(ctx, rec)
}
