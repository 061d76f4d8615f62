package bleve_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rapport/search"
	"rapport/search/bleve"
)

// TestDamageIsNotMergedAway damages a segment of an open index. Merging must not
// give what is left of it a new file with a checksum that agrees; the end of the
// run must say what is wrong; and batches are taken all the same.
func TestDamageIsNotMergedAway(t *testing.T) {
	dir := t.TempDir()
	x := createIn(t, dir)
	defer func() { _ = x.Close() }()
	r := rand.New(rand.NewPCG(2, 6))
	next := 0
	put := func() {
		t.Helper()
		apply(t, x, randomPuts(r, next, 30))
		next += 30
	}
	put()
	flipByte(t, x, dir)
	for range 15 { // more than the store leaves side by side
		put()
	}
	ended := make(chan error, 1)
	go func() { ended <- x.End(context.Background()) }()
	select {
	case err := <-ended:
		// What is sound may have been merged into a segment large enough already.
		sizes, e := bleve.SegmentSizes(x)
		if e != nil || !errors.Is(err, search.ErrDamaged) && 2*slices.Max(sizes) < next {
			t.Errorf("the run ended with %v, segments of %v, %v; want that the index is damaged", err, sizes, e)
		}
	case <-time.After(time.Minute):
		t.Fatal("the run does not end")
	}
	if err := x.Checksums(t.Context()); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("the checksums after merging: %v", err)
	}
	put()
	s := acquire(t, x)
	if found := find(t, s, search.Plan{Query: search.All{}}); found.Total != next {
		t.Errorf("%d documents, want %d", found.Total, next)
	}
}

// flipByte changes a byte in the postings of the only segment.
func flipByte(t *testing.T, x *bleve.Index, dir string) {
	t.Helper()
	names, err := x.Files()
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	f, err := os.OpenFile(filepath.Join(dir, names[0]), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	at, one := info.Size()*3/4, make([]byte, 1)
	if _, err := f.ReadAt(one, at); err != nil {
		t.Fatal(err)
	}
	one[0] ^= 1
	if _, err := f.WriteAt(one, at); err != nil {
		t.Fatal(err)
	}
}
