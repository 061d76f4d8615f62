package indexer

import (
	"sync"
	"time"
)

// progressEvery is how often progress is told.
const progressEvery = 100 * time.Millisecond

// tracker follows how far a run is. It is safe for concurrent use.
type tracker struct {
	tell    func(Progress)
	started time.Time

	mu    sync.Mutex
	now   Progress
	told  time.Time
	later *time.Timer // tells what has not been told yet, nil when there is nothing
	ended bool
}

// found counts a path that a source yielded.
func (t *tracker) found() { t.step(func(p *Progress) { p.Seen++ }) }

// walked says that all paths have been found.
func (t *tracker) walked() { t.step(func(p *Progress) { p.Total = p.Seen }) }

// done counts a path that was dealt with, and the bytes that were read.
func (t *tracker) done(bytes int64) {
	t.step(func(p *Progress) { p.Done++; p.Bytes += bytes })
}

func (t *tracker) step(change func(*Progress)) {
	if t.tell == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.now)
	now := time.Now()
	switch wait := progressEvery - now.Sub(t.told); {
	case wait <= 0:
		t.told = now
		t.tell(t.state(now))
	case t.later == nil && !t.ended: // nothing else may happen for long
		t.later = time.AfterFunc(wait, t.rest)
	}
}

// rest tells what had to wait.
func (t *tracker) rest() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.later = nil
	if !t.ended {
		t.told = time.Now()
		t.tell(t.state(t.told))
	}
}

// last tells how it ended.
func (t *tracker) last() {
	if t.tell == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended = true; t.later != nil {
		t.later.Stop()
	}
	t.tell(t.state(time.Now()))
}

func (t *tracker) state(now time.Time) Progress {
	p := t.now
	p.Elapsed = now.Sub(t.started)
	if p.Total > p.Done && p.Done > 0 {
		p.Remaining = time.Duration(float64(p.Elapsed) / float64(p.Done) * float64(p.Total-p.Done))
	}
	return p
}
