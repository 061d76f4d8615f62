package bleve

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// TestMergingIsTriedAgain merges into a folder that is not there, and then where
// merging failed some time ago.
func TestMergingIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	s := writeSegment(t, filepath.Join(dir, "1.zap"), []made{simpleRecord(1), simpleRecord(2)})
	defer s.Close()
	p, drops := &plugin{}, []*roaring.Bitmap{nil}
	merge := func(folder string, stop chan struct{}) error {
		_, _, err := p.MergeUsing([]api.Segment{s}, drops, filepath.Join(folder, "2.zap"), stop, nil, nil)
		return err
	}
	away := filepath.Join(dir, "away")
	if err := merge(away, nil); err == nil || !p.failing(away) || p.failing(dir) {
		t.Errorf("merged into a folder that is not there: %v", err)
	}
	stop := make(chan struct{})
	close(stop)
	if err := merge(away, stop); !errors.Is(err, api.ErrClosed) {
		t.Errorf("a merge that waits is not stopped: %v", err)
	}
	p.failures.Store(dir, time.Now().Add(-retryInterval))
	if err := merge(dir, nil); err != nil || p.failing(dir) {
		t.Errorf("merged again: %v, failing: %v", err, p.failing(dir))
	}
}

// TestAnIndexPreparesByItself waits until completions and near-copies are ready in
// an index that nobody asks.
func TestAnIndexPreparesByItself(t *testing.T) {
	x, err := Create(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	ready := func() bool {
		v, err := x.acquire()
		if err != nil {
			t.Fatal(err)
		}
		defer v.release()
		return knowsNear(v)
	}
	for deadline := time.Now().Add(time.Minute); !ready(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the index does not prepare")
		}
	}
}
