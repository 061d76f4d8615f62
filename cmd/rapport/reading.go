package main

import (
	"context"
	"sync"

	"rapport/corpus"
	"rapport/web"
)

// incomplete reports whether the index holds less than its sources have ever
// held: there is none, or nothing is in it, or no source has been read to its
// end.
func (s *store) incomplete() bool {
	_, index, _ := s.state()
	if index == nil {
		return true
	}
	now, err := index.Settled()
	return err != nil || now.Documents+now.Facts == 0 || s.remembered().Incomplete()
}

// underWay returns the run of the indexer that is under way, or the one that ended
// before any source had been read to its end; nil when there is neither.
func (s *store) underWay() *web.Reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reading == nil && s.index != nil && s.ledger.Incomplete() {
		return &web.Reading{Incomplete: true, Ended: true}
	}
	return s.reading
}

// begunRun is a run of the indexer that has begun: no other one can, and who
// asks is told of it, until it is done or dropped.
type begunRun struct {
	store *store
	job   indexJob
	// incomplete says that no source had been read to its end before.
	incomplete bool
	once       sync.Once // ends it
}

// begin begins a run.
func (s *store) begin(job indexJob) (*begunRun, error) {
	if !s.running.TryLock() {
		return nil, errBusy
	}
	run := &begunRun{store: s, job: job, incomplete: s.incomplete()}
	if !job.DryRun {
		s.tell(&web.Reading{Incomplete: run.incomplete})
	}
	return run, nil
}

// do makes the index agree with the job's sources. report may be nil.
func (b *begunRun) do(ctx context.Context, report func(progress)) (corpus.Report, error) {
	defer b.drop()
	ctx, cancel := b.store.untilClosed(ctx)
	defer cancel()
	return b.store.agreeWith(ctx, b.job, func(p progress) {
		if p.Note == "" && !b.job.DryRun {
			b.store.tell(&web.Reading{Incomplete: b.incomplete, Done: p.Done, Seen: p.Seen, Total: p.Total})
		}
		if report != nil {
			report(p)
		}
	})
}

// drop ends the run.
func (b *begunRun) drop() {
	b.once.Do(func() {
		b.store.tell(nil)
		b.store.running.Unlock()
	})
}

// tell notes how far a run is, nil when there is none.
func (s *store) tell(r *web.Reading) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reading = r
}
