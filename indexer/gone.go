package indexer

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"rapport/corpus"
)

// Beyond these a source is taken to be out of order, as when a disk is not
// mounted, and nothing of it is deleted: when more than half of the files that
// the index has from it are lost, or more than a fifth and more than ten.
const (
	goneHalf  = 2
	gonePart  = 5
	goneFiles = 10
)

// tooMany reports whether so many lost files are beyond what people remove.
func tooMany(lost, of int) bool {
	return lost*goneHalf > of || lost*gonePart > of && lost > goneFiles
}

// findGone finds the files that the sources no longer hold, and drops the
// claims of the sources on them. It returns a *GoneError for each source of
// which too much is gone; that one keeps all its claims.
func (r *run) findGone() (refused []error) {
	all := r.files.inOrder()
	for _, s := range r.sources {
		if !s.Complete() || r.broken[s.Name()] != nil {
			continue
		}
		if err := r.dropClaims(s.Name(), all); err != nil {
			refused = append(refused, err)
		}
	}
	if err := r.dropNamed(all); err != nil {
		refused = append(refused, err)
	}
	for _, f := range all {
		if f.outcome == untouched && f.rarely().dropped != nil && len(f.wanted()) == 0 {
			r.remove(f)
		}
	}
	r.forgetFailures()
	return refused
}

// remove accounts for a file that is gone.
func (r *run) remove(f *file) {
	f.outcome = removed
	if f.isContainer() || r.rename(f) {
		return
	}
	r.report.Removed++
	r.list(&r.report.Paths.Removed, f.place)
}

// rename accounts for a document that is gone as renamed when one of the same
// bytes was added. Of several equal ones any will do.
func (r *run) rename(f *file) bool {
	if !f.is(corpus.DocumentEntry) {
		return false
	}
	digest := f.entries[0].digest
	now := r.digests[digest]
	for r.digests[digest] = nil; now == nil || now.outcome != added; {
		others := r.copies[digest]
		if len(others) == 0 {
			return false
		}
		now, r.copies[digest] = others[len(others)-1], others[:len(others)-1]
	}
	r.report.Added--
	r.unlist(&r.report.Paths.Added, now.place)
	r.report.Renamed++
	if paths := &r.report.Paths; len(paths.Renamed) < maxPaths {
		paths.Renamed = append(paths.Renamed, corpus.Rename{From: f.place.key(), To: now.place.key()})
	} else {
		paths.Omitted++
	}
	return true
}

// dropClaims drops the claims of a source on the files that it does not hold.
func (r *run) dropClaims(source string, all []*file) error {
	var gone []*file
	of, lost, seen := 0, 0, 0
	for _, f := range all {
		if f.seen.has(source) {
			seen++
		}
		if len(f.entries) == 0 || !f.claims.has(source) && !(f.liesIn(source) && r.vanished(f)) {
			continue
		}
		if !f.isContainer() {
			of++
		}
		switch {
		case f.seen.has(source) || f.rarely().next != nil && f.rarely().next.seen.has(source):
		case r.unseeable(source, f):
		default:
			gone = append(gone, f)
			if !f.isContainer() && r.lost(f) {
				lost++
			}
		}
	}
	if (tooMany(lost, of) || lost > 0 && seen == 0) && !r.x.Options.Force {
		return &GoneError{Source: source, Gone: lost, Of: of}
	}
	for _, f := range gone {
		f.note().dropped = r.files.names(union(f.rarely().dropped.all(), []string{source}))
		if r.vanished(f) {
			f.note().dropped = r.files.names(union(f.rarely().dropped.all(), f.claims.all()))
		}
	}
	return nil
}

// liesIn reports whether the file lies in the folder of the source, whether
// or not the source has ever claimed it.
func (f *file) liesIn(source string) bool {
	return f.place.source == source || f.rarely().next != nil && f.rarely().next.place.source == source
}

// unseeable reports whether the file lies where the source could not look.
func (r *run) unseeable(source string, f *file) bool {
	return slices.ContainsFunc(r.blind[source], f.place.under) || slices.ContainsFunc(r.partial, f.place.under)
}

// lost reports whether the file is neither on the disk, where an ignore file
// leaves it out, nor at another path.
func (r *run) lost(f *file) bool {
	name := r.atlas.file(f.place)
	return (name == "" || !exists(name)) && !r.elsewhere(f)
}

// elsewhere reports whether what the file held was found at another path: it
// was renamed, and is not lost.
func (r *run) elsewhere(f *file) bool {
	for _, e := range f.entries {
		if _, put := r.digests[e.digest]; r.taken[e.id] == nil && !put {
			return false
		}
	}
	return true
}

// vanished reports whether the file is no longer on the disk, so that no
// source can hold it, or was a member of a file that was read.
func (r *run) vanished(f *file) bool {
	name := r.atlas.file(f.place)
	return name != "" && !exists(name)
}

// dropNamed drops all claims on files that a list named and that do not exist.
func (r *run) dropNamed(all []*file) error {
	var gone []*file
	for _, named := range r.gone {
		found := false
		for _, f := range beginning(all, named.place) {
			if len(f.entries) > 0 && f.place.under(named.place) && f.seen == nil {
				gone, found = append(gone, f), true
			}
		}
		if !found && named.outcome == untouched {
			r.skip(named, &corpus.SkipError{Reason: corpus.SkipUnreadable, Err: fs.ErrNotExist}, "")
		}
	}
	named := len(r.gone)
	for _, f := range all {
		if f.seen != nil {
			named++
		}
	}
	if len(gone) > goneFiles && len(gone)*gonePart > named && !r.x.Options.Force {
		return &GoneError{Source: listName, Gone: len(gone), Of: named}
	}
	for _, f := range gone {
		f.note().dropped = r.files.names(union(f.rarely().dropped.all(), f.claims.all()))
	}
	return nil
}

// beginning returns, of files in order, those whose paths begin with that of a
// place.
func beginning(all []*file, p place) []*file {
	from, _ := slices.BinarySearchFunc(all, p, func(f *file, p place) int { return f.place.compare(p) })
	n := 0
	for n < len(all)-from && all[from+n].place.source == p.source && strings.HasPrefix(all[from+n].place.path, p.path) {
		n++
	}
	return all[from : from+n]
}

// forgetFailures removes the failures of files that a source no longer holds.
func (r *run) forgetFailures() {
	for _, s := range r.sources {
		if !s.Complete() || r.broken[s.Name()] != nil {
			continue
		}
		for path := range r.ledger.Failures {
			if len(path) > len(s.Name()) && path[:len(s.Name())+1] == s.Name()+"/" && !r.failing[path] {
				delete(r.ledger.Failures, path)
			}
		}
	}
}

// deleteGone deletes the documents of files that are gone, that have another
// place now, or that have another ID now.
func (r *run) deleteGone(ctx context.Context) error {
	for _, f := range r.files.inOrder() {
		if f.isFacts() {
			continue // deleted when facts are read
		}
		moved := f.rarely().next != nil && (f.rarely().next.isDocument() || f.rarely().next.outcome == opened)
		renamed := f.isDocument()
		for _, e := range f.entries {
			if r.taken[e.id] != nil || !(f.outcome == removed || moved || renamed && e.id != f.id) {
				continue
			}
			if err := r.deleteEntry(ctx, e.id, f.outcome == removed); err != nil {
				return err
			}
		}
		if f.outcome == removed || moved {
			f.id, f.state = "", state{}
		}
	}
	return nil
}

// isDocument reports whether the run found the file and a document in it.
func (f *file) isDocument() bool {
	return f.outcome == added || f.outcome == changed || f.outcome == unchanged
}

// deleteEntry deletes an entry and counts its facts when they go with it. The
// new index of a rebuild does not have it in the first place.
func (r *run) deleteEntry(ctx context.Context, id corpus.ID, count bool) error {
	if count {
		rec, _, err := r.former().Record(ctx, id)
		if err != nil {
			return fmt.Errorf("reading entry %s from the index: %w", id, err)
		}
		r.report.Facts.Removed += len(rec.Facts)
	}
	if r.x.From != nil {
		return nil
	}
	return r.batch.delete(ctx, id)
}
