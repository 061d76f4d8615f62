package indexer

import (
	"context"
	"errors"
	"io/fs"
	"iter"

	"rapport/corpus"
)

// awaySource is a source that was read before and cannot be opened now.
type awaySource struct {
	name, place string
	why         error
}

// Away returns the source that was read from a place, an absolute path, as one
// that is not there now for a reason: a run reads the others, deletes nothing of
// it, and returns a *SourceError. It is false when no source was read from there.
func (l *Ledger) Away(place string, why error) (corpus.Source, bool) {
	for name, s := range l.Sources {
		if s.Place == place && !s.Forgotten {
			return &awaySource{name, place, why}, true
		}
	}
	return nil, false
}

// Name returns the name that the source has in the index.
func (s *awaySource) Name() string { return s.name }

// Place returns where the source was.
func (s *awaySource) Place() string { return s.place }

// Complete returns true: all of it was asked for.
func (s *awaySource) Complete() bool { return true }

// Items yields why there are none, without the place: who reads a report of the
// run needs not know it.
func (s *awaySource) Items(context.Context) iter.Seq2[corpus.Item, error] {
	why := s.why
	var at *fs.PathError
	switch {
	case errors.Is(why, fs.ErrNotExist):
		why = errors.New("it is not where it was; check that the disk is mounted, or use forget to remove what was read from it")
	case errors.As(why, &at):
		why = at.Err
	}
	return func(yield func(corpus.Item, error) bool) { yield(corpus.Item{}, why) }
}
