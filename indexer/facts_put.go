package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"rapport/corpus"
)

// putFacts reads a file that was checked and puts its facts, part by part.
// The entry of each part names the digest of the file and the number of parts,
// so that the next run sees when a run was interrupted in between.
func (r *run) putFacts(ctx context.Context, f *factsFile) error {
	before, err := r.marks(ctx, f)
	if err != nil {
		return err
	}
	in, err := f.item.Open()
	if err != nil {
		return &corpus.SkipError{Reason: corpus.SkipUnreadable, Err: err}
	}
	defer in.Close()
	hash := sha256.New()
	w := factsWriter{run: r, file: f, before: before, anchors: r.newAnchors(f.place),
		parts: max(1, (f.count+partFacts-1)/partFacts), taken: map[corpus.ID]map[string]bool{}}
	tee := io.TeeReader(in, hash)
	for located, err := range corpus.ReadFacts(f.name(), tee, r.x.Taxonomy) {
		if err != nil {
			return &corpus.SkipError{Reason: corpus.SkipInvalid, Err: errFileChanged}
		}
		r.links.Follow(located)
		w.facts, w.lines = append(w.facts, located.Fact), append(w.lines, located.Line)
		if len(w.facts) == partFacts {
			if err := w.put(ctx); err != nil {
				return err
			}
		}
	}
	if _, err := io.Copy(io.Discard, tee); err != nil {
		return &corpus.SkipError{Reason: corpus.SkipUnreadable, Err: err}
	}
	if len(w.facts) > 0 || w.part == 0 {
		if err := w.put(ctx); err != nil {
			return err
		}
	}
	if hex.EncodeToString(hash.Sum(nil)) != f.digest || w.part != w.parts {
		return &corpus.SkipError{Reason: corpus.SkipInvalid, Err: errFileChanged}
	}
	r.report.Facts.Removed += len(before)
	f.stored = r.files.names(f.wanted())
	return w.deleteRest(ctx)
}

// marks returns the marks of the facts that the index has of the file.
func (r *run) marks(ctx context.Context, f *factsFile) (map[factKey]factMark, error) {
	marks := map[factKey]factMark{}
	for _, old := range []*file{f.file, f.rarely().moved} {
		if old == nil {
			continue
		}
		for _, e := range old.entries {
			rec, _, err := r.former().Record(ctx, e.id)
			if err != nil {
				return nil, fmt.Errorf("reading %s from the index: %w", f.place, err)
			}
			for i := range rec.Facts {
				marks[keyOf(rec.Facts[i].ID)] = markOf(&rec.Facts[i])
			}
		}
	}
	return marks, nil
}

// factsWriter puts the parts of one file.
type factsWriter struct {
	run     *run
	file    *factsFile
	before  map[factKey]factMark
	anchors *anchors
	facts   []corpus.Fact // of the part that is being filled
	lines   []int         // where they begin in the file
	part    int           // its number
	parts   int           // in all
	// taken are the facts that were taken out of entries not written yet.
	taken map[corpus.ID]map[string]bool
}

// put anchors and puts the part that has been filled.
func (w *factsWriter) put(ctx context.Context) error {
	f := w.file
	if err := w.giveUp(ctx); err != nil {
		return err
	}
	states, err := w.anchors.all(ctx, w.facts)
	if err != nil {
		return err
	}
	for i := range w.facts {
		w.doubt(&w.facts[i], w.lines[i])
		w.run.countFact(&w.facts[i], w.before)
	}
	rec := corpus.Record{Facts: w.facts, Entry: corpus.Entry{
		ID: f.partID(w.part), Source: f.place.source, Path: partPath(f.place.path, w.part), Digest: f.digest,
		Version: w.run.factsVersion(w.parts), Claims: f.wanted(), Kind: corpus.FactsEntry, Anchors: states,
	}}
	f.note().parts = append(f.note().parts, rec.Entry.ID)
	w.run.written[rec.Entry.ID] = true
	w.part++
	w.facts, w.lines = nil, nil
	return w.run.batch.put(ctx, rec)
}

// giveUp takes the facts that the part is about to hold out of the entries
// that have them, since no fact may be in the index twice at any moment.
func (w *factsWriter) giveUp(ctx context.Context) error {
	for len(w.file.elsewhere) > 0 && w.file.elsewhere[0].part == w.part {
		from := w.file.elsewhere[0].from
		for len(w.file.elsewhere) > 0 && w.file.elsewhere[0].part == w.part && w.file.elsewhere[0].from == from {
			if w.taken[from] == nil {
				w.taken[from] = map[string]bool{}
			}
			w.taken[from][w.file.elsewhere[0].id] = true
			w.file.elsewhere = w.file.elsewhere[1:]
		}
		if w.run.written[from] {
			continue
		}
		if err := w.run.takeOut(ctx, from, w.taken[from]); err != nil {
			return err
		}
	}
	return nil
}

// takeOut puts an entry again without some of its facts.
func (r *run) takeOut(ctx context.Context, entry corpus.ID, facts map[string]bool) error {
	rec, ok, err := r.x.Sink.Record(ctx, entry)
	if err != nil {
		return fmt.Errorf("reading entry %s from the index: %w", entry, err)
	}
	if !ok {
		return nil
	}
	var rest []corpus.Fact
	for _, f := range rec.Facts {
		if !facts[f.ID] {
			rest = append(rest, f)
		}
	}
	if len(rest) == len(rec.Facts) {
		return nil
	}
	rec.Facts = rest
	rec.Entry.Digest = "" // it is no longer what its file holds
	return r.batch.put(ctx, rec)
}

// deleteRest deletes the entries that the file had and has no more.
func (w *factsWriter) deleteRest(ctx context.Context) error {
	put := map[corpus.ID]bool{}
	for _, id := range w.file.rarely().parts {
		put[id] = true
	}
	for _, old := range []*file{w.file.file, w.file.rarely().moved} {
		if old == nil {
			continue
		}
		for _, e := range old.entries {
			if put[e.id] {
				continue
			}
			if err := w.run.deleteEntry(ctx, e.id, false); err != nil {
				return err
			}
		}
	}
	return nil
}
