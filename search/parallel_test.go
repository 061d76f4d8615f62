package search

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestInParallel(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100} {
		calls := make([]atomic.Int64, n)
		if err := InParallel(n, func(i int) error { calls[i].Add(1); return nil }); err != nil {
			t.Fatal(err)
		}
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("%d of %d was called %d times", i, n, got)
			}
		}
	}
	odd := errors.New("odd")
	if err := InParallel(100, func(i int) error {
		if i == 41 {
			return odd
		}
		return nil
	}); !errors.Is(err, odd) {
		t.Errorf("error %v", err)
	}
	defer func() {
		if p := recover(); p != odd {
			t.Errorf("recovered %v", p)
		}
	}()
	_ = InParallel(100, func(i int) error {
		if i == 97 {
			panic(odd)
		}
		return nil
	})
}
