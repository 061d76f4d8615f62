package web

import (
	"context"
	"errors"

	"rapport/search"
	"rapport/web/pages"
)

// Reading is a run of the indexer that is under way.
type Reading = pages.Reading

// readingError means that there is no answer yet, because the sources are being
// read.
type readingError struct{ run *Reading }

// Error says how far that is.
func (e *readingError) Error() string {
	if e.run.Ended {
		return "The sources have not been read to their end: the run over them ended early. Its operator goes on with: rapport index FOLDER"
	}
	return "The service is starting: its sources are still being read, " + e.run.Progress() + ". Try again in a moment"
}

// begun is an engine that is not asked while it would answer from nothing: when
// no source has been read to its end and no document is there yet, "nothing
// found" would be taken for the truth. Nor is one that cannot answer called so
// while it is being made.
type begun struct {
	search.Engine
	reading func() *Reading
	bare    bool // what is empty may be seen
}

// Acquire implements search.Engine.
func (b begun) Acquire(ctx context.Context) (search.Snapshot, error) {
	run := b.reading() // first: a run that ends meanwhile leaves what is true
	snapshot, err := b.Engine.Acquire(ctx)
	switch {
	case run == nil:
	case errors.Is(err, search.ErrLayout), errors.Is(err, search.ErrNoIndex):
		return nil, &readingError{run}
	case err == nil && run.Incomplete:
		if now := snapshot.Generation(); now.Documents+now.Facts == 0 && !b.bare {
			snapshot.Release()
			return nil, &readingError{run}
		}
		return &partSnapshot{snapshot, run}, nil
	}
	return snapshot, err
}

// partSnapshot is a snapshot that lacks what a run has not read yet, whether or
// not the run ends while it is used.
type partSnapshot struct {
	search.Snapshot
	run *Reading
}

// incomplete returns the run that a snapshot lacks documents of, while no source
// has been read to its end; else nil.
func incomplete(s search.Snapshot) *Reading {
	if part, ok := s.(*partSnapshot); ok {
		return part.run
	}
	return nil
}

// reading returns the run that is under way, nil when there is none.
func (s *server) reading() *Reading {
	if s.options.Reading == nil {
		return nil
	}
	return s.options.Reading()
}

// notYet returns the error about a document, which may be one that has not been
// read yet when it is not there.
func notYet(s search.Snapshot, err error) error {
	if run := incomplete(s); run != nil && errors.Is(err, search.ErrNotFound) {
		return &readingError{run}
	}
	return err
}

// acquireWhole returns a snapshot of an index that has been complete once. What
// is taken along, and looks complete, is refused before that.
func (s *server) acquireWhole(ctx context.Context) (search.Snapshot, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if run := incomplete(snapshot); run != nil {
		snapshot.Release()
		return nil, &readingError{run}
	}
	return snapshot, nil
}
