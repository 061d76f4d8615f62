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
type outcome int

const (
	untouched outcome = iota // not seen by the run
	added
	changed
	unchanged
	removed
	skipped
	opened // a container, of which the members are counted
)

// file is what the index and the run know of one place.
type file struct {
	place place
	// entries are what the index holds of the file: one entry for a document,
	// one for each part of a facts file.
	entries []corpus.Entry
	claims  []string // as the index has them
	stored  []string // claims of the records that this run has put
	seen    []string // sources of this run that hold the file
	dropped []string // sources of this run that no longer hold it

	outcome outcome
	// parts are the entries of a facts file that this run has put.
	parts []corpus.ID
	// moved is the file under the place that it had in former runs, and next
	// the file under the place that it has now.
	moved, next *file
	// id and state are those of the document that the file is now, zero when it
	// is none.
	id    corpus.ID
	state state
}

func (f *file) isFacts() bool { return f.is(corpus.FactsEntry) }

// isContainer reports whether the file is no document but holds some. Those
// are counted, not the file.
func (f *file) isContainer() bool { return f.is(corpus.ContainerEntry) }

func (f *file) is(kind corpus.EntryKind) bool {
	return len(f.entries) > 0 && f.entries[0].Kind == kind
}

// indexed reports whether the index holds something of the file, be it under
// the place that it had before.
func (f *file) indexed() bool {
	return len(f.entries) > 0 || f.moved != nil && len(f.moved.entries) > 0
}

// wanted returns the claims that the file's records should have after the
// run.
func (f *file) wanted() []string {
	claims := slices.Clone(f.claims)
	if f.moved != nil {
		claims = union(claims, f.moved.claims)
	}
	claims = slices.DeleteFunc(claims, func(c string) bool { return slices.Contains(f.dropped, c) })
	return union(claims, f.seen)
}

// state names what determines a document's text: its bytes and what read them.
type state [8]byte

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
	byPlace map[place]*file
	members map[place][]*file   // by the file that they may be members of
	byEntry map[corpus.ID]*file // of any entry, as the index has it
	// alone has the claims of files that one source holds, by its name: most
	// files share them.
	alone map[string][]string
}

// load reads the entries of an index.
func load(ctx context.Context, index Sink) (*files, error) {
	fs := &files{byPlace: map[place]*file{}, members: map[place][]*file{}, byEntry: map[corpus.ID]*file{}, alone: map[string][]string{}}
	shared := map[string]string{} // names and versions, of which there are few
	for e, err := range index.Entries(ctx) {
		if err != nil {
			return nil, fmt.Errorf("reading what the index holds: %w", err)
		}
		e.Source, e.Version = intern(shared, e.Source), intern(shared, e.Version)
		for i, c := range e.Claims {
			e.Claims[i] = intern(shared, c)
		}
		at := place{e.Source, e.Path}
		if e.Kind == corpus.FactsEntry {
			at.path, _ = splitPart(e.Path)
		}
		f := fs.at(at)
		f.entries = append(f.entries, e)
		f.claims = fs.shared(union(f.claims, e.Claims))
		fs.byEntry[e.ID] = f
		if len(f.entries) == 1 {
			for _, container := range containers(at.path) {
				holder := place{e.Source, container}
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
	f, ok := fs.byPlace[p]
	if !ok {
		f = &file{place: p}
		fs.byPlace[p] = f
	}
	return f
}

// see notes that a source holds the file, and reports whether it was seen
// before in this run.
func (fs *files) see(f *file, source string) (before bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if before = len(f.seen) > 0; before {
		f.seen = append(f.seen, source) // a copy, for what is shared has no room
	} else {
		f.seen = fs.only(source)
	}
	return before
}

// only returns the claims of a file that one source holds.
func (fs *files) only(source string) []string {
	claims, ok := fs.alone[source]
	if !ok {
		claims = []string{source}
		fs.alone[source] = claims
	}
	return claims
}

// shared returns the claims, those of most files without a copy of their own.
func (fs *files) shared(claims []string) []string {
	if len(claims) != 1 {
		return claims
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.only(claims[0])
}

// relate ties files of the index to the place that they have now, when that
// is another one, as after the folder that holds a single file was indexed.
func (fs *files) relate(a *atlas) {
	var moved []*file
	for p, f := range fs.byPlace {
		full := a.file(p)
		if full != "" && a.at(p, full) != p {
			moved = append(moved, f)
		}
	}
	slices.SortFunc(moved, func(a, b *file) int { return strings.Compare(a.place.String(), b.place.String()) })
	for _, f := range moved {
		if now := fs.at(a.at(f.place, a.file(f.place))); now.moved == nil {
			now.moved, f.next = f, now
		}
	}
}

// inOrder returns all files, ordered by place.
func (fs *files) inOrder() []*file {
	list := make([]*file, 0, len(fs.byPlace))
	for _, f := range fs.byPlace {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *file) int {
		if c := strings.Compare(a.place.source, b.place.source); c != 0 {
			return c
		}
		return strings.Compare(a.place.path, b.place.path)
	})
	return list
}
