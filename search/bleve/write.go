package bleve

import (
	"errors"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// write waits until the batch is on disk. When a background task of the store
// dies meanwhile, waiting would never end; the store's count of errors tells.
func (x *Index) write(batch *index.Batch) error {
	store := x.store // which fail takes away while the batch still waits
	stats, _ := store.Stats().(*scorch.Stats)
	before := errorsOf(stats)
	done := make(chan error, 1)
	go func() {
		done <- guard("write a batch", func() error { return store.Batch(batch) })
	}()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	var failed time.Time
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
		}
		switch now := errorsOf(stats); {
		case now == before:
		case failed.IsZero():
			failed = time.Now()
		case time.Since(failed) > now.patience(before):
			return errors.New("the storage engine reported an error in the background")
		}
	}
}

// storeErrors is how many errors the background tasks of the store reported,
// and how many of them merging, which is tried again.
type storeErrors struct{ all, merging uint64 }

func errorsOf(s *scorch.Stats) storeErrors {
	if s == nil {
		return storeErrors{}
	}
	return storeErrors{atomic.LoadUint64(&s.TotOnErrors), atomic.LoadUint64(&s.TotFileMergeLoopErr)}
}

// patience is how long a batch may take after errors. It does not depend on
// merging unless a thousand segments wait to be merged: then it never ends.
func (e storeErrors) patience(before storeErrors) time.Duration {
	if e.all-before.all == e.merging-before.merging {
		return time.Minute
	}
	return time.Second
}
