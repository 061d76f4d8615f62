package indexer

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rapport/corpus"
)

// outcome is what a run made of a file. Every file has one in the end.
type outcome uint8

const (
	untouched outcome = iota // not seen by the run
	added
	changed
	unchanged
	removed
	skipped
	opened // a container, of which the members are counted
)

// file is what the index and the run know of one place. There is one for every
// file, so it is kept small.
type file struct {
	place place
	// entries are what the index holds of the file: one entry for a document,
	// one for each part of a facts file.
	entries []entry
	claims  *names // as the index has them
	stored  *names // claims of the records that this run has put
	seen    *names // sources of this run that hold the file
	few     *few   // nil for most files
	// id and state are those of the document that the file is now, zero when it
	// is none.
	id      corpus.ID
	state   state
	outcome outcome
}

// few is what the run knows of few files.
type few struct {
	dropped *names // sources of this run that no longer hold the file
	// parts are the entries of a facts file that this run has put.
	parts []corpus.ID
	// moved is the file under the place that it had in former runs, and next
	// the file under the place that it has now.
	moved, next *file
}

// rarely returns what is known of few files, for this one.
func (f *file) rarely() few {
	if f.few == nil {
		return few{}
	}
	return *f.few
}

// note returns the same to change it.
func (f *file) note() *few {
	if f.few == nil {
		f.few = &few{}
	}
	return f.few
}

// entry is what a run needs of a corpus.Entry beyond place and claims.
type entry struct {
	id      corpus.ID
	digest  digestKey
	origin  *origin
	anchors map[corpus.ID]string
}

// origin is what many entries have in common.
type origin struct {
	kind    corpus.EntryKind
	version string
}

func (f *file) isFacts() bool { return f.is(corpus.FactsEntry) }

// isContainer reports whether the file is no document but holds some. Those
// are counted, not the file.
func (f *file) isContainer() bool { return f.is(corpus.ContainerEntry) }

func (f *file) is(kind corpus.EntryKind) bool {
	return len(f.entries) > 0 && f.entries[0].origin.kind == kind
}

// indexed reports whether the index holds something of the file, be it under
// the place that it had before.
func (f *file) indexed() bool {
	moved := f.rarely().moved
	return len(f.entries) > 0 || moved != nil && len(moved.entries) > 0
}

// wanted returns the claims that the file's records should have after the
// run.
func (f *file) wanted() []string {
	claims := slices.Clone(f.claims.all())
	if moved := f.rarely().moved; moved != nil {
		claims = union(claims, moved.claims.all())
	}
	claims = slices.DeleteFunc(claims, f.rarely().dropped.has)
	return union(claims, f.seen.all())
}

// state names what determines a document's text: its bytes and what read them.
type state [7]byte

func stateOf(e corpus.Entry) state {
	sum := sha256.Sum256([]byte(e.Digest + "\x00" + e.Version))
	return state(sum[:])
}

// digestKey is half of a digest, as many are held.
type digestKey [16]byte

func digestKeyOf(digest string) digestKey {
	sum := sha256.Sum256([]byte(digest))
	return digestKey(sum[:])
}

// files are all places that the index and the run know. Finding one, and
// noting who has seen it, is safe for concurrent use.
type files struct {
	mu      sync.Mutex
	known   table
	members map[place][]*file   // by the file that they may be members of
	byEntry map[corpus.ID]*file // of any entry, as the index has it
	sets    nameSets
	partial map[corpus.ID]corpus.Partial // by entry: documents that were read in part
}

// load reads the entries of an index.
func load(ctx context.Context, index Sink) (*files, error) {
	fs := &files{known: newTable(), members: map[place][]*file{}, byEntry: map[corpus.ID]*file{}, sets: nameSets{}, partial: map[corpus.ID]corpus.Partial{}}
	sources, origins := map[string]string{}, map[origin]*origin{} // of which there are few
	for e, err := range index.Entries(ctx) {
		if err != nil {
			return nil, fmt.Errorf("reading what the index holds: %w", err)
		}
		from, ok := origins[origin{e.Kind, e.Version}]
		if !ok {
			from = &origin{e.Kind, e.Version}
			origins[*from] = from
		}
		at := place{intern(sources, e.Source), e.Path}
		if e.Kind == corpus.FactsEntry {
			at.path, _ = splitPart(e.Path)
		}
		f := fs.at(at)
		f.entries = append(f.entries, entry{e.ID, digestKeyOf(e.Digest), from, e.Anchors})
		f.claims = fs.names(union(f.claims.all(), e.Claims))
		fs.byEntry[e.ID] = f
		if len(e.Lacks) > 0 {
			fs.partial[e.ID] = corpus.Partial{Path: at.key(), Lacks: e.Lacks}
		}
		if len(f.entries) == 1 {
			for _, container := range containers(at.path) {
				holder := place{at.source, container}
				fs.members[holder] = append(fs.members[holder], f)
			}
		}
		if e.Kind == corpus.DocumentEntry {
			f.id, f.state = e.ID, stateOf(e)
		}
	}
	return fs, nil
}

func intern(shared map[string]string, s string) string {
	if known, ok := shared[s]; ok {
		return known
	}
	shared[s] = s
	return s
}

// union returns the sorted union of two sets. Neither is changed.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// at returns the file at a place, which may be new.
func (fs *files) at(p place) *file {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f, free := fs.known.find(p)
	if f == nil {
		f = &file{place: place{p.source, strings.Clone(p.path)}} // the path may be a part of a longer one
		fs.known.files[free] = f
	}
	return f
}

// lookUp returns the file at a place, nil when none is known.
func (fs *files) lookUp(p place) *file {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f, _ := fs.known.find(p)
	return f
}

// see notes that a source holds the file, and reports whether it was seen
// before in this run.
func (fs *files) see(f *file, source string) (before bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	before = f.seen != nil
	f.seen = fs.sets.of(union(f.seen.all(), []string{source}))
	return before
}

// names returns the set of some sources.
func (fs *files) names(sources []string) *names {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.sets.of(sources)
}

// relate ties files of the index to the place that they have now, when that
// is another one, as after the folder that holds a single file was indexed.
func (fs *files) relate(a *atlas) {
	var moved []*file
	for _, f := range fs.known.files {
		p := f.place
		full := a.file(p)
		if full != "" && a.at(p, full) != p {
			moved = append(moved, f)
		}
	}
	slices.SortFunc(moved, func(a, b *file) int { return strings.Compare(a.place.key(), b.place.key()) })
	for _, f := range moved {
		if now := fs.at(a.at(f.place, a.file(f.place))); now.rarely().moved == nil {
			now.note().moved, f.note().next = f, now
		}
	}
}

// inOrder returns all files, ordered by place.
func (fs *files) inOrder() []*file {
	list := make([]*file, 0, len(fs.known.files))
	for _, f := range fs.known.files {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *file) int { return a.place.compare(b.place) })
	return list
}
