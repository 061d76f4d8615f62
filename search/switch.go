package search

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"
)

// ClosableEngine is an engine that holds files or memory until it is closed.
type ClosableEngine interface {
	Engine
	io.Closer
}

// Switch is an engine that passes questions on to a current engine, which can
// be replaced under load: a snapshot goes on with the engine that it was
// acquired from, and an engine that was replaced is closed when its last
// snapshot is released. It is safe for concurrent use.
type Switch struct {
	mu      sync.Mutex
	current *shared              // nil when closed
	closing map[*shared]struct{} // engines that nobody uses any more
}

// shared is an engine with the number of those who use it: the Switch itself
// and every snapshot.
type shared struct {
	engine ClosableEngine
	users  int
	closed chan struct{}
	err    error // of Close, once closed is
}

// NewSwitch returns a Switch to the engine, which it owns from now on.
func NewSwitch(e ClosableEngine) *Switch {
	return &Switch{current: newShared(e), closing: map[*shared]struct{}{}}
}

func newShared(e ClosableEngine) *shared {
	return &shared{engine: e, users: 1, closed: make(chan struct{})}
}

// Acquire returns a snapshot of the current engine.
func (s *Switch) Acquire(ctx context.Context) (Snapshot, error) {
	s.mu.Lock()
	current := s.current
	if current == nil {
		s.mu.Unlock()
		return nil, ErrClosed
	}
	current.users++
	s.mu.Unlock()
	snapshot, err := current.engine.Acquire(ctx)
	if err != nil {
		s.release(current)
		return nil, err
	}
	return &switchedSnapshot{Snapshot: snapshot, release: sync.OnceFunc(func() { s.release(current) })}, nil
}

// Swap makes e the current engine and returns at once. The channel receives
// the error of closing the former one, or nil, when its last snapshot has
// been released. After Close it closes e and returns ErrClosed.
func (s *Switch) Swap(e ClosableEngine) (<-chan error, error) {
	s.mu.Lock()
	former := s.current
	if former == nil {
		s.mu.Unlock()
		return nil, errors.Join(ErrClosed, e.Close())
	}
	s.current = newShared(e)
	s.mu.Unlock()
	done := make(chan error, 1)
	s.release(former)
	go func() {
		<-former.closed
		done <- former.err
	}()
	return done, nil
}

// Close lets the current engine go and waits until its last snapshot is
// released and it is closed, and so are those that it has replaced and that
// nobody uses any more. Acquire fails from now on. Closing twice does nothing.
func (s *Switch) Close() error {
	s.mu.Lock()
	last := s.current
	s.current = nil
	s.mu.Unlock()
	if last == nil {
		return nil
	}
	s.release(last)
	<-last.closed
	s.mu.Lock()
	others := slices.Collect(maps.Keys(s.closing))
	s.mu.Unlock()
	for _, e := range others {
		<-e.closed
	}
	return last.err
}

// release takes away a user of an engine, which is closed after the last. Whoever
// was the last does not wait for that: an engine may have a merge to end first.
func (s *Switch) release(e *shared) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.users--; e.users > 0 {
		return
	}
	s.closing[e] = struct{}{}
	go func() {
		e.err = e.engine.Close()
		close(e.closed)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.closing, e)
	}()
}

// switchedSnapshot is a snapshot that keeps its engine open.
type switchedSnapshot struct {
	Snapshot
	release func()
}

// Release lets the snapshot and then its engine go.
func (s *switchedSnapshot) Release() {
	s.Snapshot.Release()
	s.release()
}
