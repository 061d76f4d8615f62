package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"rapport/indexer/datadir"
	"rapport/search"
	"rapport/search/bleve"
)

// unanswering is the engine of a store that cannot answer.
type unanswering struct{ why error }

// Acquire implements search.Engine.
func (u unanswering) Acquire(context.Context) (search.Snapshot, error) { return nil, u.why }

// Close implements search.ClosableEngine.
func (u unanswering) Close() error { return nil }

// condemn notes why the index cannot answer: it is damaged, or of another
// version. It is let go, so that a rebuild takes nothing over from it: no answer
// is better than a wrong one.
func (s *store) condemn(why error) error {
	if !errors.Is(why, search.ErrDamaged) && !errors.Is(why, search.ErrLayout) {
		why = fmt.Errorf("%w: %w", search.ErrDamaged, why)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.damage, s.index = why, nil
	_, err := s.engine.Swap(unanswering{why})
	return err
}

// prove compares the index with its checksums before a process that ends soon
// answers from it, and before it is first written to. Before a rebuild that was
// asked for takes records over, all of it is read. With damage the index is let
// go, so that such a rebuild reads everything from the sources. report, which
// may be nil, is told when it takes long.
func (s *store) prove(ctx context.Context, job indexJob, report func(progress)) error {
	_, index, _ := s.state()
	if index == nil || job.DryRun {
		return nil
	}
	defer unlessSoon(func() {
		if report != nil {
			report(progress{Note: "the index is read and compared with its checksums first"})
		}
	})()
	var err error
	switch {
	case job.Rebuild:
		err = index.Verify(ctx)
	case index != s.proven:
		err = index.Checksums(ctx)
	}
	switch {
	case errors.Is(err, search.ErrDamaged):
		return s.condemn(err)
	case err == nil:
		s.proven = index
	}
	return err
}

// ready says why no question can be answered, nil when they can.
func (s *store) ready() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.damage == nil && s.index == nil {
		return search.ErrNoIndex
	}
	return s.damage
}

// agree compares the numbers of a manifest with those of its index, and which
// records are deleted. An index
// whose run was cut off is ahead of its manifest, and says so.
func agree(g datadir.Generation, index *bleve.Index) error {
	m, _, err := g.Manifest()
	if err != nil {
		return err
	}
	snapshot, err := index.Acquire(context.Background())
	if err != nil {
		return err
	}
	defer snapshot.Release()
	now := snapshot.Generation()
	if now.Pending {
		return nil
	}
	if now.ID == m.ID && now.Documents == m.Documents && now.Facts == m.Facts {
		return agreeOnDeleted(m, index)
	}
	return fmt.Errorf("%w: by its manifest it is generation %s with %d documents and %d facts, and it is %s with %d and %d; restore a backup, or index the sources again with --rebuild",
		search.ErrDamaged, m.ID, m.Documents, m.Facts, now.ID, now.Documents, now.Facts)
}

// agreeOnDeleted compares which records are deleted with the manifest. Files
// that a merge has made are in it a moment later (see followMerges).
func agreeOnDeleted(m datadir.Manifest, index *bleve.Index) error {
	now, err := index.Deleted()
	if err != nil {
		return err
	}
	for name, sum := range now {
		if want, ok := m.Deleted[name]; ok && want != sum {
			return fmt.Errorf("%w: other records of %s are deleted than its manifest says; restore a backup, or index the sources again with --rebuild", search.ErrDamaged, name)
		}
	}
	return nil
}

// verifyInBackground reads the current generation once and compares all
// checksums, which takes too long to wait for before serving. An index with
// damage answers no more once no run changes it. The function that it returns
// ends that, and asks a run that it waits for to end.
func (s *store) verifyInBackground(ctx context.Context, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g, index, _ := s.state()
		if index == nil {
			return
		}
		check, err := verifyFiles(ctx, s.dir, g, index, true)
		if err == nil {
			err = errors.Join(check.Err(), index.Verify(ctx))
		}
		switch {
		case ctx.Err() != nil || errors.Is(err, search.ErrClosed):
			return // it was replaced meanwhile, by one that was verified
		case err == nil:
			log.Info("all checksums of the index agree", "files", check.Files, "bytes", check.Bytes)
			return
		case s.dir.Here() != nil:
			log.Error("the data directory is not where it was, and its checksums could not be compared", "error", err)
			return // what is open answers; where it went, the operator knows
		}
		if !s.running.TryLock() {
			log.Error("the index is damaged and answers no more once the run that is under way has ended", "error", err)
			s.running.Lock()
		}
		defer s.running.Unlock()
		if now, _, _ := s.state(); now == g {
			log.Error("the index is damaged and answers no more", "error", err)
			_ = s.condemn(err) // fails only when the store is closed
		}
	}()
	return func() { cancel(); s.end(); <-ended }
}
