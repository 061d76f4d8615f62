package extract

import (
	"context"
	"fmt"
	"time"

	"rapport/corpus"
)

// exchange reads a file in a worker and gives its answers to take until that
// returns false. Its error says why there are no more.
//
// While take has an answer the turn is left to other files. Who takes the
// results of several files in order may let one wait until another has been
// read, so a turn that was kept could keep that one waiting for ever.
func (p *Pool) exchange(ctx context.Context, f File, take func(workAnswer) bool) error {
	if err := p.enter(ctx); err != nil {
		return err
	}
	inTurn := true
	defer func() {
		if inTurn {
			p.leave()
		}
	}()
	w, err := p.worker()
	if err != nil {
		return f.skip(corpus.SkipUnreadable, err)
	}
	finished, stuck := false, false
	defer func() { p.park(w, finished && !stuck) }()
	defer w.watch(p.options.Memory)()
	answers := w.ask(f, p.options)
	timer := time.NewTimer(p.options.Timeout)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return f.skip(corpus.SkipTimeout, fmt.Errorf("not read in %v", p.options.Timeout))
		case a, alive := <-answers:
			if !alive {
				return w.died(f)
			}
			if a.Done {
				finished = true
				return nil
			}
			if a.PDF {
				cache, err := p.findCache(ctx)
				if err != nil {
					return err
				}
				w.tell(workReply{Cache: cache})
				timer.Reset(p.options.Timeout)
				continue
			}
			stuck = stuck || a.Reason == corpus.SkipTimeout // its reader may never end, and would keep the next file waiting
			p.leave()
			inTurn = false
			if !take(a) {
				return nil
			}
			if err := p.enter(ctx); err != nil {
				return err
			}
			inTurn = true
			timer.Reset(p.options.Timeout)
		}
	}
}

// findCache returns where the compiled PDF reader is. The first call has it made,
// which takes seconds and cannot be broken off: who does not want to wait any more
// leaves that to the end, for others and for later.
func (p *Pool) findCache(ctx context.Context) (string, error) {
	p.once.Do(func() {
		go func() {
			defer close(p.cached)
			p.cache = p.compile()
		}()
	})
	select {
	case <-p.cached:
		return p.cache, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// enter waits for a turn.
func (p *Pool) enter(ctx context.Context) error {
	select {
	case <-p.turns:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pool) leave() { p.turns <- struct{}{} }

// worker returns a worker that is idle, or starts one.
func (p *Pool) worker() (*worker, error) {
	if w := p.idleWorker(); w != nil {
		return w, nil
	}
	return startWorker(p.options)
}

func (p *Pool) idleWorker() *worker {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.idle) - 1
	if last < 0 {
		return nil
	}
	w := p.idle[last]
	p.idle = p.idle[:last]
	return w
}

// park keeps a worker that has finished its file for the next one, unless
// there are enough. Any other is ended.
func (p *Pool) park(w *worker, finished bool) {
	p.mu.Lock()
	kept := finished && w.grown.Load() == 0 && !p.closed && len(p.idle) < p.options.Workers
	if kept {
		p.idle = append(p.idle, w)
	}
	p.mu.Unlock()
	if !kept {
		w.kill()
	}
}

// Close ends all workers that are idle; those at work end with their file.
func (p *Pool) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, w := range p.idle {
		w.kill()
	}
	p.idle = nil
	return nil
}
