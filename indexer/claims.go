package indexer

import (
	"context"
	"fmt"
	"slices"

	"rapport/corpus"
)

// takeOver puts into the new index of a rebuild what the run does not concern
// or could not read, as the former index has it, tagged again.
func (r *run) takeOver(ctx context.Context) error {
	if r.x.From == nil {
		return nil
	}
	read := map[*file]bool{}
	for _, f := range r.facts {
		read[f.file] = true
	}
	for _, f := range r.files.inOrder() {
		if f.outcome != untouched && f.outcome != skipped || read[f] {
			continue
		}
		if f.rarely().next != nil && f.rarely().next.isDocument() {
			continue
		}
		if err := r.takeOverFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) takeOverFile(ctx context.Context, f *file) error {
	for _, e := range f.entries {
		if holder := r.taken[e.id]; holder != nil && holder != f {
			continue
		}
		rec, ok, err := r.x.From.Record(ctx, e.id)
		if err != nil {
			return fmt.Errorf("reading %s from the former index: %w", f.place, err)
		}
		if !ok {
			r.warn(fmt.Sprintf("%s: the former index has lost it; index its source again", f.place))
			continue
		}
		if rec.Document != nil {
			r.warn(r.x.describe(&rec, f.place)...)
			r.taken[e.id] = f
		}
		rec.Entry.Claims = f.wanted()
		f.stored = r.files.names(rec.Entry.Claims)
		if err := r.batch.put(ctx, rec); err != nil {
			return err
		}
	}
	return nil
}

// settleClaims writes the claims of records whose file was found by more
// sources, or by fewer, than the record says.
func (r *run) settleClaims(ctx context.Context) error {
	var unsettled []*file
	for _, f := range r.files.inOrder() {
		has := f.claims
		if f.stored != nil {
			has = f.stored
		}
		gone := f.outcome == removed || f.rarely().next != nil && f.id == "" && !f.isFacts()
		if (len(f.entries) > 0 || f.stored != nil) && !gone && !slices.Equal(has.all(), f.wanted()) {
			unsettled = append(unsettled, f)
		}
	}
	if len(unsettled) == 0 || r.x.Options.DryRun {
		return nil
	}
	if err := r.batch.flush(ctx); err != nil {
		return err
	}
	for _, f := range unsettled {
		if err := r.putClaims(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) putClaims(ctx context.Context, f *file) error {
	for _, id := range f.current() {
		rec, ok, err := r.x.Sink.Record(ctx, id)
		if err != nil {
			return fmt.Errorf("reading %s from the index: %w", f.place, err)
		}
		if !ok {
			continue // another file has taken the ID
		}
		rec.Entry.Claims = f.wanted()
		if err := r.batch.put(ctx, rec); err != nil {
			return err
		}
	}
	return nil
}

// current returns the IDs of the entries that the index has of the file now.
func (f *file) current() []corpus.ID {
	if f.rarely().parts != nil {
		return f.rarely().parts
	}
	if f.id != "" {
		return []corpus.ID{f.id}
	}
	ids := make([]corpus.ID, len(f.entries))
	for i, e := range f.entries {
		ids[i] = e.id
	}
	return ids
}

// count adds to the report how the facts of a record differ from those that
// it replaces.
func (r *run) count(now, before []corpus.Fact) {
	old := make(map[factKey]factMark, len(before))
	for i := range before {
		old[keyOf(before[i].ID)] = markOf(&before[i])
	}
	for i := range now {
		r.countFact(&now[i], old)
	}
	r.report.Facts.Removed += len(old)
}

// countFact counts one fact and takes it out of those that were there before.
func (r *run) countFact(f *corpus.Fact, before map[factKey]factMark) {
	key := keyOf(f.ID)
	old, ok := before[key]
	if ok {
		delete(before, key)
		if old.content != contentOf(f) {
			r.report.Facts.Changed++
		}
	} else {
		r.report.Facts.Added++
	}
	if !f.Evidence.Status.Stale() || ok && old.stale && old.document == documentOf(f) {
		return
	}
	if len(r.report.Facts.Stale) == maxPaths {
		r.report.Facts.StaleOmitted++
		return
	}
	r.report.Facts.Stale = append(r.report.Facts.Stale, corpus.StaleFact{
		ID: f.ID, Document: f.Evidence.Document, Status: string(f.Evidence.Status), Was: f.Evidence.Exact, Now: f.Evidence.Now,
	})
}
