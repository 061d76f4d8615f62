package bleve

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/search"
)

// TestTurns checks that dear questions wait for each other until their
// deadline, and cheap ones do not.
func TestTurns(t *testing.T) {
	v := &view{index: &Index{turns: make(turns, 1)}}
	ctx := context.Background()
	end, err := (&evaluation{ctx: ctx, view: v, postings: dear}).turn()
	if err != nil {
		t.Fatal(err)
	}
	cheap, err := (&evaluation{ctx: ctx, view: v, postings: dear - 1}).turn()
	if err != nil {
		t.Fatalf("a cheap question waits: %v", err)
	}
	cheap()
	ctx, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, err := (&evaluation{ctx: ctx, view: v, postings: dear}).turn(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a dear question runs beside another: %v", err)
	}
	end()
	end, err = (&evaluation{ctx: context.Background(), view: v, postings: dear}).turn()
	if err != nil {
		t.Fatal(err)
	}
	end()
}

// TestStepsAreBounded checks that a question which compares too many positions
// is refused, and one which compares as many as allowed is not.
func TestStepsAreBounded(t *testing.T) {
	const positions, places = 1000, 50
	one := make([]uint32, positions)
	for i := range one {
		one[i] = uint32(titleZone + i)
	}
	at := make([][]uint32, places)
	for k := range at {
		at[k] = one
	}
	for _, slop := range []int{0, 3} {
		fresh := &evaluation{ctx: t.Context()}
		found, err := fresh.match(nil, at, slop)
		if err != nil || len(found) == 0 {
			t.Errorf("with %d moves: %d found, %v", slop, len(found), err)
		}
		if fresh.steps < positions*places/2 {
			t.Errorf("with %d moves: %d steps are too few to be all", slop, fresh.steps)
		}
		spent := &evaluation{ctx: t.Context(), steps: maxSteps - fresh.steps + 1}
		if _, err := spent.match(nil, at, slop); !errors.Is(err, search.ErrTooExpensive) {
			t.Errorf("with %d moves: %v", slop, err)
		}
	}
}
