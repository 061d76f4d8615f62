package indexer

import (
	"context"
	"errors"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"rapport/corpus"
)

// Bounds on what a run holds in memory while files are read. A file beyond
// readBytes is read alone.
const (
	lookAhead   = 1 << 16  // paths found before they are read, so that their number is known soon
	memberBytes = 16 << 20 // of those that hold their content, such as lines of a file
	readAhead   = 512      // files read before those in front of them are
	readBytes   = 64 << 20 // of files being read
	partBytes   = 8 << 20  // of what one file has given
)

// found is what a source yielded.
type found struct {
	source string
	item   corpus.Item
	skip   *corpus.SkipError
	held   int64 // bytes of memory
}

// readDocuments reads all documents that the sources hold and puts those that
// have changed, in the order of the sources. Facts files are set aside.
//
// One goroutine walks the sources, one hands out the files, several read and
// extract them, and the caller's collects the results in order.
func (r *run) readDocuments(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	paths := make(chan found, lookAhead)
	work := make(chan *task)
	queue := make(chan *task, readAhead)
	held := semaphore.NewWeighted(memberBytes)
	reading := semaphore.NewWeighted(readBytes)

	g.Go(func() error {
		defer close(paths)
		return r.walk(ctx, paths, held)
	})
	g.Go(func() error {
		defer close(work)
		defer close(queue)
		return r.dispatch(ctx, paths, work, queue, held, reading)
	})
	for range r.workers() {
		g.Go(func() error {
			for t := range work {
				r.read(ctx, t)
				close(t.ready)
			}
			return nil
		})
	}
	g.Go(func() error { return r.collect(ctx, queue, held, reading) })
	return g.Wait()
}

func (r *run) workers() int {
	if n := r.x.Options.Workers; n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// walk sends what the sources yield. A source that fails is noted as broken.
func (r *run) walk(ctx context.Context, paths chan<- found, held *semaphore.Weighted) error {
	for _, s := range r.sources {
		for item, err := range s.Items(ctx) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			one := found{source: s.Name(), item: item}
			if err != nil && !errors.As(err, &one.skip) {
				r.broken[s.Name()] = err
				break
			}
			if item.Format == corpus.LineFormat {
				one.held = min(item.Size, memberBytes)
				if err := held.Acquire(ctx, one.held); err != nil {
					return err
				}
			}
			r.tracker.found()
			select {
			case paths <- one:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	r.tracker.walked()
	return nil
}

// dispatch decides which paths are files of their own and hands those out to
// be read. What needs no reading goes to the queue as it is.
func (r *run) dispatch(ctx context.Context, paths <-chan found, work, queue chan<- *task, held, reading *semaphore.Weighted) error {
	for p := range paths {
		t := &task{found: p, ready: make(chan struct{}), parts: make(chan []made)}
		r.prepare(t)
		if t.idle() {
			close(t.ready)
		} else {
			t.weight = min(max(p.item.Size, 4096), readBytes)
			if err := reading.Acquire(ctx, t.weight); err != nil {
				return err
			}
		}
		select {
		case queue <- t:
		case <-ctx.Done():
			return ctx.Err()
		}
		if t.idle() {
			continue
		}
		select {
		case work <- t:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// collect takes the tasks in order and accounts for each. Whatever it waits
// for, what has been read is applied soon.
func (r *run) collect(ctx context.Context, queue <-chan *task, held, reading *semaphore.Weighted) error {
	apply := time.NewTicker(r.applyEvery())
	defer apply.Stop()
	var t *task
	var ready <-chan struct{} // of t
	var parts <-chan []made   // of t
	next := queue             // nil while t is waited for
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-apply.C:
			if err := r.batch.flush(ctx); err != nil {
				return err
			}
		case first, more := <-next:
			if !more {
				return ctx.Err()
			}
			t, ready, parts, next = first, first.ready, first.parts, nil
		case part := <-parts:
			if err := r.accountPart(ctx, t, part); err != nil {
				return err
			}
		case <-ready:
			if err := r.account(ctx, t); err != nil {
				return err
			}
			r.tracker.done(t.size)
			reading.Release(t.weight)
			held.Release(t.held)
			t, ready, parts, next = nil, nil, nil, queue
		}
	}
}

// applyEvery returns how long a record waits for its batch to fill up.
func (r *run) applyEvery() time.Duration {
	switch {
	case r.x.From != nil:
		return time.Hour // a rebuild counts as a whole, and larger batches make fewer segments
	case r.x.Options.ApplyEvery > 0:
		return r.x.Options.ApplyEvery
	}
	return DefaultApplyEvery
}
