package search

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// InParallel calls f for 0 to n-1, as many at a time as there are processors
// free, and returns the error of the first that has one. After an error no more calls are begun.
// The caller takes part and waits for no helper that has not begun anything,
// so that it loses nothing when others keep the processors busy. A panic of f
// is one of the caller's.
func InParallel(n int, f func(i int) error) error {
	if n == 0 {
		return nil
	}
	p := &parallel{f: f, n: int64(n), errs: make([]error, n)}
	p.left.Add(n)
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		go p.work()
	}
	p.work()
	p.left.Wait()
	if p.panicked != nil {
		panic(p.panicked)
	}
	for _, err := range p.errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// parallel is a loop whose rounds are taken one by one.
type parallel struct {
	f      func(i int) error
	n      int64
	next   atomic.Int64
	left   sync.WaitGroup // rounds, not workers
	failed atomic.Bool
	errs   []error

	mu       sync.Mutex
	panicked any
}

func (p *parallel) work() {
	for i := p.next.Add(1) - 1; i < p.n; i = p.next.Add(1) - 1 {
		p.round(int(i))
	}
}

func (p *parallel) round(i int) {
	defer p.left.Done()
	defer func() {
		if r := recover(); r != nil {
			p.failed.Store(true)
			p.mu.Lock()
			p.panicked = r
			p.mu.Unlock()
		}
	}()
	if p.failed.Load() {
		return
	}
	if p.errs[i] = p.f(i); p.errs[i] != nil {
		p.failed.Store(true)
	}
}
