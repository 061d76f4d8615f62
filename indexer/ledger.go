package indexer

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"rapport/corpus"
)

// Ledger is what is remembered between runs besides the index: where sources
// are on this machine, and which files failed. Losing it loses no document.
type Ledger struct {
	// Sources are the sources that were read, by name.
	Sources map[string]KnownSource `json:"sources,omitempty"`
	// Failures are the files that could not be read, by "source/path".
	Failures map[string]Failure `json:"failures,omitempty"`
	// Partial are the documents of the index of which parts could not be read,
	// in order of their paths. Every run lists them anew from the index.
	Partial []corpus.Partial `json:"partial,omitempty"`
}

// KnownSource is a source that was read.
type KnownSource struct {
	// Place is the folder or file on this machine, as an absolute path. It is
	// empty for a list of paths.
	Place string `json:"place,omitempty"`
	// Folder reports that Place is a folder that the source holds.
	Folder bool `json:"folder,omitempty"`
	// Facts reports that Place is a facts file that was named as one.
	Facts bool `json:"facts,omitempty"`
	// Forgotten reports that the source was removed, while files of it that
	// other sources hold still go by its name.
	Forgotten bool `json:"forgotten,omitempty"`
	// Begun reports that no run has read the source to its end yet: what it
	// holds may be missing.
	Begun bool      `json:"begun,omitempty"`
	First time.Time `json:"first"` // when it was first read
	Last  time.Time `json:"last"`  // when it was last read
}

// Open opens the source again, to read all of it for an index that was lost. It
// returns nil for a list of paths, which cannot be read again, and for a source
// that was forgotten.
func (s KnownSource) Open() (corpus.Source, error) {
	switch {
	case s.Place == "" || s.Forgotten:
		return nil, nil
	case s.Facts:
		return FactsFile(s.Place)
	}
	return corpus.OpenSource(s.Place)
}

// Failure is a file that could not be read, in the state that failed.
type Failure struct {
	Digest  string            `json:"digest,omitempty"` // of the bytes, when they could be read
	Version string            `json:"version,omitempty"`
	Reason  corpus.SkipReason `json:"reason"`
	Detail  string            `json:"detail,omitempty"`
	First   time.Time         `json:"first"`
	Last    time.Time         `json:"last"`
}

// skip returns the failure as a reason for leaving the file out.
func (f Failure) skip() *corpus.SkipError {
	skip := &corpus.SkipError{Reason: f.Reason}
	if f.Detail != "" {
		skip.Err = errors.New(f.Detail)
	}
	return skip
}

// placed is a source that knows where it is on this machine, as those of
// corpus.OpenSource for folders and files do.
type placed interface{ Place() string }

func placeOf(s corpus.Source) string {
	if p, ok := s.(placed); ok {
		return p.Place()
	}
	return ""
}

// clone returns a ledger that can be changed without changing l.
func (l *Ledger) clone() *Ledger {
	c := &Ledger{Sources: map[string]KnownSource{}, Failures: map[string]Failure{}}
	if l == nil {
		return c
	}
	for name, s := range l.Sources {
		c.Sources[name] = s
	}
	for path, f := range l.Failures {
		c.Failures[path] = f
	}
	c.Partial = l.Partial
	return c
}

// setPartial lists the documents that were read in part.
func (l *Ledger) setPartial(byEntry map[corpus.ID]corpus.Partial) {
	l.Partial = slices.SortedFunc(maps.Values(byEntry), func(a, b corpus.Partial) int { return strings.Compare(a.Path, b.Path) })
}

// register notes a source of a run. A name belongs to one place: a source of
// the same name at another place is refused, unless nothing is left at the
// place that had the name, which means that the source has moved.
func (l *Ledger) register(s corpus.Source, now time.Time) error {
	name, place := s.Name(), placeOf(s)
	known, ok := l.Sources[name]
	if !ok {
		known = KnownSource{First: now, Begun: true}
	}
	if ok && !known.Forgotten && place != "" && known.Place != "" && !samePlace(place, known.Place) {
		if _, err := os.Stat(known.Place); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("source %s at %s: %w by %s; rename one of them, or remove the other first with: rapport forget %s",
				name, place, ErrNameTaken, known.Place, name)
		}
	}
	if place != "" {
		known.Place = place
		info, err := os.Stat(place)
		known.Folder = err == nil && info.IsDir() || err != nil && known.Folder
	}
	if _, away := s.(*awaySource); !away {
		_, known.Facts = s.(factsSource)
	}
	known.Last, known.Forgotten = now, false
	l.Sources[name] = known
	return nil
}

func samePlace(a, b string) bool {
	if a == b {
		return true
	}
	one, err1 := os.Stat(a)
	two, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, two)
}

// Incomplete reports that no source has been read to its end yet: the index
// holds what its first run has come to.
func (l *Ledger) Incomplete() bool {
	for _, s := range l.Sources {
		if !s.Begun {
			return false
		}
	}
	return len(l.Sources) > 0
}

// readToEnd notes that a run has read a source to its end.
func (l *Ledger) readToEnd(name string) {
	s := l.Sources[name]
	s.Begun = false
	l.Sources[name] = s
}

// names returns the names of the sources in order.
func (l *Ledger) names() []string {
	names := make([]string, 0, len(l.Sources))
	for name := range l.Sources {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// fail notes a failure and returns it with the times it was first and last
// seen. A failure of another state of the file begins anew.
func (l *Ledger) fail(path string, f Failure) Failure {
	if old, ok := l.Failures[path]; ok && old.Digest == f.Digest && old.Reason == f.Reason && old.First.Before(f.Last) {
		f.First = old.First // else the clock was put back, and nothing was seen before
	}
	l.Failures[path] = f
	return f
}

// forget removes a source and its failures. When other sources hold files
// that go by its name, its place is kept to find them.
func (l *Ledger) forget(source string, used bool) {
	if s, ok := l.Sources[source]; ok && used {
		s.Forgotten = true
		l.Sources[source] = s
	} else {
		delete(l.Sources, source)
	}
	for path := range l.Failures {
		if strings.HasPrefix(path, source+"/") {
			delete(l.Failures, path)
		}
	}
}
