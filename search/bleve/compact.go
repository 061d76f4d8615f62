package bleve

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// compact merges all segments into one when none of them holds half of the
// records. A search costs a little for each segment, and every segment has
// dictionaries of its own: one segment answers sooner and is smaller. Because
// the content has to double before it happens again, a record is merged in
// this way a few times in its life. Searching goes on meanwhile, and the disk
// holds both forms for that time. Failing to merge, for want of room for one,
// or being stopped by ctx loses nothing; it is tried again after the next run.
// An error says that the index is damaged.
func (x *Index) compact(ctx context.Context) error {
	store, needed, err := x.scattered()
	if err != nil || !needed {
		return err
	}
	if err := x.merge(ctx, store); err != nil && ctx.Err() == nil {
		return x.Checksums(ctx)
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	x.takeUp()
	return nil
}

// merge merges all segments into one. The store tries for ever when it cannot,
// and does not even begin while other merges fail; its count of errors tells.
func (x *Index) merge(ctx context.Context, store *scorch.Scorch) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stats, _ := store.Stats().(*scorch.Stats)
	before := errorsOf(stats)
	done := make(chan error, 1)
	go func() {
		options := mergeplan.SingleSegmentMergePlanOptions
		done <- guard("merge", func() error { return store.ForceMerge(ctx, &options) })
	}()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return cmp.Or(err, ctx.Err())
		case <-ctx.Done():
			return ctx.Err() // the store notices by itself
		case <-tick.C:
			if errorsOf(stats) != before || registered().failing(filepath.Clean(x.dir)) {
				return errors.New("the storage engine reported an error")
			}
		}
	}
}

// scattered reports whether no segment holds half of the records.
func (x *Index) scattered() (*scorch.Scorch, bool, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.store == nil {
		return nil, false, nil
	}
	v, err := x.acquire()
	if err != nil {
		return nil, false, err
	}
	defer v.release()
	all, largest := 0, 0
	for _, s := range v.segs {
		n := int(s.size)
		all, largest = all+n, max(largest, n)
	}
	return x.store, 2*largest < all, nil
}
