package search

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for 0 to n-1, as many at a time as there are processors,
// and returns an error of one of the calls, after which no more are begun. A
// panic of f is one of the caller's.
func inParallel(n int, f func(i int) error) error {
	var (
		next, failed atomic.Int64
		workers      sync.WaitGroup
		mu           sync.Mutex
		first        error
		panicked     any
	)
	work := func() {
		defer func() {
			if p := recover(); p != nil {
				failed.Store(1)
				mu.Lock()
				panicked = p
				mu.Unlock()
			}
		}()
		for i := next.Add(1) - 1; i < int64(n) && failed.Load() == 0; i = next.Add(1) - 1 {
			if err := f(int(i)); err != nil {
				failed.Store(1)
				mu.Lock()
				first = err
				mu.Unlock()
			}
		}
	}
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		workers.Go(work)
	}
	work()
	workers.Wait()
	if panicked != nil {
		panic(panicked)
	}
	return first
}
