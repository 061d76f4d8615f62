package indexer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rapport/corpus"
)

// account says what became of a task's file, and puts its records. Tasks come
// in the order of the sources.
func (r *run) account(ctx context.Context, t *task) error {
	if t.err != nil {
		return t.err
	}
	f := t.file
	r.warn(t.warnings...)
	if t.cut {
		r.partial = append(r.partial, f.place)
	}
	switch {
	case t.skip != nil:
		if !t.repeat && !(t.skip.Reason.Chosen() && f.indexed()) { // else it is removed
			r.skip(f, t.skip, "")
		}
	case t.item.Gone:
		r.gone = append(r.gone, f)
	case t.repeat:
		r.seeMembers(f, t.source)
	case t.facts:
		r.facts = append(r.facts, &factsFile{file: f, item: t.item, source: t.source})
	case t.same:
		r.keepAll(t)
	default:
		return r.accountPart(ctx, t, t.made)
	}
	return nil
}

// accountPart accounts for members that a container has given.
func (r *run) accountPart(ctx context.Context, t *task, part []made) error {
	for _, m := range part {
		if err := r.accountMade(ctx, t, m); err != nil {
			return err
		}
	}
	return nil
}

// seeMembers notes that another source holds the members of a file, too.
func (r *run) seeMembers(f *file, source string) {
	for _, m := range r.files.members[f.place] {
		r.files.see(m, source)
	}
}

// keepAll accounts for a file that has not changed, and for its members.
func (r *run) keepAll(t *task) {
	for _, m := range r.files.members[t.file.place] {
		if !r.files.see(m, t.source) && m.is(corpus.DocumentEntry) {
			r.keep(m, m.entries[0].id)
		}
	}
	if t.file.is(corpus.DocumentEntry) {
		r.keep(t.file, t.file.entries[0].id)
	}
	if t.file.isContainer() {
		t.file.outcome = opened
	}
	r.skipMembersAgain(t) // a mail is a document itself, and may hold others
}

// skipMembersAgain accounts for the members of an unchanged file that could
// not be read.
func (r *run) skipMembersAgain(t *task) {
	for _, path := range r.failedIn[t.file.place.key()] {
		m := r.files.at(place{t.file.place.source, path[len(t.file.place.source)+1:]})
		if m.outcome == untouched {
			r.files.see(m, t.source)
			r.skip(m, r.x.Ledger.Failures[path].skip(), t.digest)
		}
	}
}

// failedMembers returns the members that could not be read, in order, by each
// file and member that they are members of.
func failedMembers(l *Ledger) map[string][]string {
	if l == nil {
		return nil
	}
	failed := map[string][]string{}
	for path := range l.Failures {
		for i, c := range []byte(path) {
			if c == '!' {
				failed[path[:i]] = append(failed[path[:i]], path)
			}
		}
	}
	for _, paths := range failed {
		slices.Sort(paths)
	}
	return failed
}

// accountMade accounts for a file or a member that was read.
func (r *run) accountMade(ctx context.Context, t *task, m made) error {
	if m.file != t.file && r.files.see(m.file, t.source) && m.file.outcome != untouched {
		r.warn(fmt.Sprintf("%s: there is another of this name in its file, which is left out", m.file.place))
		return nil
	}
	switch {
	case m.refused != nil:
		if m.file == t.file {
			r.partial = append(r.partial, t.file.place)
		}
		r.skip(m.file, m.refused, t.digest)
		return nil
	case m.record.Document == nil: // a container, which is no document
		delete(r.ledger.Failures, m.file.place.key())
		m.file.outcome, m.file.stored = opened, r.files.names(m.record.Entry.Claims)
		return r.batch.put(ctx, *m.record)
	}
	return r.putDocument(ctx, m)
}

// keep accounts for a document that has not changed, unless another file has
// its ID.
func (r *run) keep(f *file, id corpus.ID) bool {
	if other, ok := r.taken[id]; ok && other != f {
		r.duplicate(f, other, id)
		return false
	}
	r.taken[id] = f
	f.outcome, f.id = unchanged, id
	r.report.Unchanged++
	delete(r.ledger.Failures, f.place.key())
	return true
}

// putDocument puts a document, unless another file has its ID.
func (r *run) putDocument(ctx context.Context, m made) error {
	f, rec := m.file, m.record
	id := rec.Entry.ID
	switch other := r.holder(id, f); {
	case other != nil:
		r.duplicate(f, other, id)
		return nil
	case m.same:
		r.keep(f, id)
	default:
		r.taken[id] = f
		r.replace(f)
		r.count(rec.Facts, m.old)
	}
	if former := r.files.byEntry[id]; former != nil && former != f && former.id == id {
		former.id, former.state = "", state{}
	}
	f.id, f.state, f.stored = id, stateOf(rec.Entry), r.files.names(rec.Entry.Claims)
	if len(r.files.byEntry) > 0 { // else nothing can have been renamed
		digest := digestKeyOf(rec.Document.Digest)
		if before := r.digests[digest]; before != nil {
			r.copies[digest] = append(r.copies[digest], before)
		}
		r.digests[digest] = f
	}
	return r.batch.put(ctx, *rec)
}

// replace accounts for a file of which a new version is put.
func (r *run) replace(f *file) {
	delete(r.ledger.Failures, f.place.key())
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
	if other == nil || other == f || other == f.rarely().moved || r.covers(other) {
		return nil
	}
	if other.isDocument() && other.id != id {
		return nil // it was read in this run and has another ID now
	}
	if !r.atlas.mayExist(other.place) {
		return nil
	}
	return other
}

// covers reports whether a source of this run, of which all is read, holds
// the file.
func (r *run) covers(f *file) bool {
	return slices.ContainsFunc(r.sources, func(s corpus.Source) bool {
		return s.Complete() && (f.claims.has(s.Name()) || f.liesIn(s.Name()))
	})
}

// duplicate skips a file because another one has its ID.
func (r *run) duplicate(f, other *file, id corpus.ID) {
	if f.id == id {
		f.id, f.state = "", state{}
	}
	r.skip(f, &corpus.SkipError{Reason: corpus.SkipDuplicate,
		Err: fmt.Errorf("%s and %s both declare the id %q; change one of them", other.place, f.place, id)}, "")
}

// skip accounts for a file that cannot become a document.
func (r *run) skip(f *file, why *corpus.SkipError, digest string) {
	f.outcome = skipped
	s := corpus.Skip{Path: f.place.key(), Reason: why.Reason, FirstSeen: r.report.Started, LastSeen: r.report.Started}
	if why.Err != nil {
		s.Detail = why.Err.Error()
	}
	s.Kept = r.kept(f)
	if !why.Reason.Chosen() {
		failure := r.ledger.fail(s.Path, Failure{Digest: digest, Version: r.x.Version, Reason: s.Reason, Detail: s.Detail, First: s.FirstSeen, Last: s.LastSeen})
		s.FirstSeen, r.failing[s.Path] = failure.First, true
	}
	r.report.Skipped = append(r.report.Skipped, s)
}

// kept reports whether a former version of the file stays in the index.
func (r *run) kept(f *file) bool {
	for _, old := range []*file{f, f.rarely().moved} {
		if old == nil {
			continue
		}
		for _, e := range old.entries {
			if holder := r.taken[e.id]; holder == nil || holder == f {
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
	*paths = append(*paths, p.key())
}

// unlist takes a path back that was added to a list.
func (r *run) unlist(paths *[]string, p place) {
	if i := slices.Index(*paths, p.key()); i >= 0 {
		*paths = slices.Delete(*paths, i, i+1)
		return
	}
	r.report.Paths.Omitted--
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
		r.x.Ledger = r.ledger
	}
	return r.report
}
