package bleve

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestTurns checks that dear questions wait for each other until their
// deadline, and cheap ones do not.
func TestTurns(t *testing.T) {
	v := &view{index: &Index{turns: make(turns, 1)}}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	end, err := (&evaluation{ctx: ctx, view: v, postings: dear}).turn()
	if err != nil {
		t.Fatal(err)
	}
	cheap, err := (&evaluation{ctx: ctx, view: v, postings: dear - 1}).turn()
	if err != nil {
		t.Fatalf("a cheap question waits: %v", err)
	}
	cheap()
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
