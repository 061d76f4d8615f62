package search_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"rapport/search"
	"rapport/search/searchtest"
)

// guarded is an engine that counts snapshots and notices use after Close.
type guarded struct {
	*searchtest.Reference
	open   atomic.Int64
	closed atomic.Bool
	early  *atomic.Bool // closed with snapshots open
	err    error
}

func (g *guarded) Acquire(ctx context.Context) (search.Snapshot, error) {
	s, err := g.Reference.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	g.open.Add(1)
	return &guardedSnapshot{s, g}, nil
}

func (g *guarded) Close() error {
	if g.open.Load() > 0 || g.closed.Swap(true) {
		g.early.Store(true)
	}
	return errors.Join(g.err, g.Reference.Close())
}

type guardedSnapshot struct {
	search.Snapshot
	engine *guarded
}

func (s *guardedSnapshot) Release() {
	s.engine.open.Add(-1)
	s.Snapshot.Release()
}

func TestSwitchUnderLoad(t *testing.T) {
	var early atomic.Bool
	taxonomy := searchtest.Taxonomy(t)
	engine := func() *guarded { return &guarded{Reference: searchtest.NewReference(taxonomy), early: &early} }
	s := search.NewSwitch(engine())
	stop := make(chan struct{})
	var load sync.WaitGroup
	for range 4 {
		load.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				snapshot, err := s.Acquire(context.Background())
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := snapshot.Search(context.Background(), search.Plan{Query: search.All{}}); err != nil {
					t.Error(err)
				}
				snapshot.Release()
			}
		})
	}
	var closings []<-chan error
	for range 50 {
		done, err := s.Swap(engine())
		if err != nil {
			t.Fatal(err)
		}
		closings = append(closings, done)
	}
	close(stop)
	load.Wait()
	for _, done := range closings {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if early.Load() {
		t.Error("an engine was closed twice or while it was in use")
	}
}

func TestSwitchKeepsAnEngineUntilItsLastSnapshot(t *testing.T) {
	var early atomic.Bool
	failure := errors.New("disk")
	first := &guarded{Reference: searchtest.NewReference(searchtest.Taxonomy(t)), early: &early, err: failure}
	s := search.NewSwitch(first)
	snapshot, err := s.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.Swap(searchtest.NewReference(searchtest.Taxonomy(t)))
	if err != nil {
		t.Fatal(err)
	}
	if first.closed.Load() {
		t.Error("closed with a snapshot open")
	}
	snapshot.Release()
	if err := <-done; !errors.Is(err, failure) {
		t.Errorf("error of closing: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Acquire(t.Context()); !errors.Is(err, search.ErrClosed) {
		t.Errorf("acquire after close: %v", err)
	}
	if _, err := s.Swap(searchtest.NewReference(searchtest.Taxonomy(t))); !errors.Is(err, search.ErrClosed) {
		t.Errorf("swap after close: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// slow is an engine that is closed once it may be.
type slow struct {
	*searchtest.Reference
	may    chan struct{}
	closed atomic.Bool
}

func (s *slow) Close() error {
	<-s.may
	defer s.closed.Store(true)
	return s.Reference.Close()
}

// TestNobodyWaitsForAnEngineToClose: neither who replaces it, and holds locks
// meanwhile, nor whose search was its last.
func TestNobodyWaitsForAnEngineToClose(t *testing.T) {
	taxonomy := searchtest.Taxonomy(t)
	engine := func() *slow { return &slow{Reference: searchtest.NewReference(taxonomy), may: make(chan struct{})} }
	idle, used, last := engine(), engine(), searchtest.NewReference(taxonomy)
	s := search.NewSwitch(idle)
	idleClosed, err := s.Swap(used)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	usedClosed, err := s.Swap(last)
	if err != nil {
		t.Fatal(err)
	}
	snapshot.Release()
	go func() { close(idle.may); close(used.may) }()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !idle.closed.Load() || !used.closed.Load() {
		t.Error("an engine that was replaced is open when all are closed")
	}
	if err := errors.Join(<-idleClosed, <-usedClosed); err != nil {
		t.Error(err)
	}
}
