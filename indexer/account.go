package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"rapport/corpus"
)

// account says what became of a task's file, and puts its record. Tasks come
// in the order of the sources.
func (r *run) account(ctx context.Context, t *task) error {
	if t.err != nil {
		return t.err
	}
	f := t.file
	switch {
	case t.skip != nil:
		if !t.repeat && !(t.skip.Reason.Chosen() && f.indexed()) { // else it is removed
			r.skip(f, t.skip, "")
		}
	case t.item.Gone:
		r.gone = append(r.gone, f)
	case t.repeat:
	case t.facts:
		r.facts = append(r.facts, &factsFile{file: f, item: t.item, source: t.source})
	case t.refused != nil:
		r.skip(f, t.refused, t.digest)
	case t.same && t.record == nil:
		r.keep(t, f.entries[0].ID)
	default:
		return r.putDocument(ctx, t)
	}
	return nil
}

// keep accounts for a document that has not changed.
func (r *run) keep(t *task, id corpus.ID) bool {
	if other, ok := r.taken[id]; ok {
		r.duplicate(t.file, other, id)
		return false
	}
	r.taken[id] = t.file
	t.file.outcome, t.file.id = unchanged, id
	r.report.Unchanged++
	delete(r.ledger.Failures, t.file.place.String())
	return true
}

// putDocument puts a document, unless another file has its ID.
func (r *run) putDocument(ctx context.Context, t *task) error {
	f, rec := t.file, t.record
	r.warn(t.warnings...)
	if t.same {
		if !r.keep(t, rec.Entry.ID) {
			return nil
		}
	} else {
		if other := r.holder(rec.Entry.ID, f); other != nil {
			r.duplicate(f, other, rec.Entry.ID)
			return nil
		}
		r.taken[rec.Entry.ID] = f
		r.replace(f)
		r.count(rec.Facts, t.old)
		f.id, f.state = rec.Entry.ID, stateOf(rec.Entry)
	}
	f.stored = rec.Entry.Claims
	r.digests[rec.Entry.Digest] = true
	return r.batch.put(ctx, *rec)
}

// replace accounts for a file of which a new version is put.
func (r *run) replace(f *file) {
	delete(r.ledger.Failures, f.place.String())
	if f.indexed() {
		f.outcome = changed
		r.report.Changed++
		r.list(&r.report.Paths.Changed, f.place)
		return
	}
	f.outcome = added
	r.report.Added++
	r.list(&r.report.Paths.Added, f.place)
}

// holder returns another file that has the ID and keeps it: a file of this
// run, or one that the index holds and that this run does not concern.
func (r *run) holder(id corpus.ID, f *file) *file {
	if other, ok := r.taken[id]; ok && other != f {
		return other
	}
	other := r.files.byEntry[id]
	if other == nil || other == f || other == f.moved || r.covers(other) {
		return nil
	}
	if name := r.atlas.file(other.place); name != "" {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	return other
}

// covers reports whether a source of this run, of which all is read, holds
// the file.
func (r *run) covers(f *file) bool {
	return slices.ContainsFunc(r.sources, func(s corpus.Source) bool {
		return s.Complete() && slices.Contains(f.claims, s.Name())
	})
}

// duplicate skips a file because another one has its ID.
func (r *run) duplicate(f, other *file, id corpus.ID) {
	r.skip(f, &corpus.SkipError{Reason: corpus.SkipDuplicate,
		Err: fmt.Errorf("%s and %s both declare the id %q; change one of them", other.place, f.place, id)}, "")
}

// skip accounts for a file that cannot become a document.
func (r *run) skip(f *file, why *corpus.SkipError, digest string) {
	f.outcome = skipped
	s := corpus.Skip{Path: f.place.String(), Reason: why.Reason, FirstSeen: r.report.Started, LastSeen: r.report.Started}
	if why.Err != nil {
		s.Detail = why.Err.Error()
	}
	s.Kept = r.kept(f)
	if !why.Reason.Chosen() {
		failure := r.ledger.fail(s.Path, Failure{Digest: digest, Version: r.x.Version, Reason: s.Reason, Detail: s.Detail, First: s.FirstSeen, Last: s.LastSeen})
		s.FirstSeen = failure.First
	}
	r.report.Skipped = append(r.report.Skipped, s)
}

// kept reports whether a former version of the file stays in the index.
func (r *run) kept(f *file) bool {
	for _, old := range []*file{f, f.moved} {
		if old == nil {
			continue
		}
		for _, e := range old.entries {
			if holder := r.taken[e.ID]; holder == nil || holder == f {
				return true
			}
		}
	}
	return false
}

// list adds a path to a list of the report, which has a bound.
func (r *run) list(paths *[]string, p place) {
	if len(*paths) >= maxPaths {
		r.report.Paths.Omitted++
		return
	}
	*paths = append(*paths, p.String())
}

// maxWarnings is how many warnings a report holds.
const maxWarnings = 1000

// warn adds warnings to the report. The last of too many says how many more
// there are.
func (r *run) warn(messages ...string) {
	for _, m := range messages {
		if r.warnings++; r.warnings <= maxWarnings {
			r.report.Warnings = append(r.report.Warnings, m)
		}
	}
}

// finish completes the report.
func (r *run) finish() corpus.Report {
	r.tracker.last()
	if more := r.warnings - maxWarnings; more > 0 {
		r.report.Warnings = append(r.report.Warnings, fmt.Sprintf("and %d more warnings", more))
	}
	r.report.Seconds = time.Since(r.first).Seconds()
	if !r.x.Options.DryRun && r.x.Ledger != nil {
		*r.x.Ledger = *r.ledger
	}
	return r.report
}
