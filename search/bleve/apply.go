package bleve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"rapport/corpus"
	"rapport/search"
)

// Apply makes the batch visible and durable as a whole, or not at all. When
// it returns nil the batch survives a crash. After an error of the storage,
// such as a full disk, the index goes on answering from what it held before
// the batch, and every later Apply returns ErrFailed.
func (x *Index) Apply(ctx context.Context, b corpus.Batch) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	v, err := x.writable(ctx)
	if err != nil {
		return err
	}
	defer v.release()
	var (
		batch = index.NewBatch()
		next  = v.state
	)
	err = guard("apply a batch", func() error {
		put := lastPut(b.Put)
		if err := remove(v, batch, &next, put, b.Delete); err != nil {
			return err
		}
		return x.build(ctx, batch, &next, put)
	})
	if err != nil {
		return err
	}
	return x.commit(ctx, batch, next)
}

// Begin marks the content as changing until End is called, also over a crash.
func (x *Index) Begin(ctx context.Context) error {
	return x.change(ctx, func(s state) state {
		s = s.begin()
		if d := x.taxonomy.Digest(); d != "" {
			s.Taxonomy = d
		}
		return s
	})
}

// End marks the content as settled, also when ctx is done. Unless it is, it
// merges the segments into one when none of them holds half of the records.
func (x *Index) End(ctx context.Context) error {
	if err := x.change(context.WithoutCancel(ctx), state.end); err != nil {
		return err
	}
	return x.compact(ctx)
}

// Settled returns the generation that the index holds now, as it will be called
// once no run is under way.
func (x *Index) Settled() (search.Generation, error) {
	v, err := x.acquire()
	if err != nil {
		return search.Generation{}, err
	}
	defer v.release()
	settled := v.state.end()
	return settled.generation(), nil
}

func (x *Index) change(ctx context.Context, f func(state) state) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	v, err := x.writable(ctx)
	if err != nil {
		return err
	}
	defer v.release()
	return x.commit(ctx, index.NewBatch(), f(v.state))
}

// writable returns the current view, or why nothing can be written.
func (x *Index) writable(ctx context.Context) (*view, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if failed := x.failed.Load(); failed != nil {
		return nil, fmt.Errorf("%w: %w", ErrFailed, *failed)
	}
	return x.acquire()
}

// Failed returns why the index stopped writing, nil when it did not.
func (x *Index) Failed() error {
	if failed := x.failed.Load(); failed != nil {
		return *failed
	}
	return nil
}

// lastPut returns the records by entry. Of two with one entry the later counts.
func lastPut(records []corpus.Record) map[corpus.ID]*corpus.Record {
	put := make(map[corpus.ID]*corpus.Record, len(records))
	for i := range records {
		put[records[i].Entry.ID] = &records[i]
	}
	return put
}

// remove takes out of the index what stands under the entries that the batch
// replaces or deletes. A put and a delete of one entry is a put.
func remove(v *view, batch *index.Batch, next *state, put map[corpus.ID]*corpus.Record, gone []corpus.ID) error {
	ids := make(map[corpus.ID]bool, len(put)+len(gone))
	for id := range put {
		ids[id] = true
	}
	for _, id := range gone {
		ids[id] = true
	}
	for _, s := range v.segs {
		docs, err := s.any(fieldEntry, ids)
		if err != nil {
			return err
		}
		for it := docs.Iterator(); it.HasNext(); {
			if err := removeRecord(s, it.Next(), batch, next); err != nil {
				return err
			}
		}
	}
	return nil
}

// any returns the live records that hold one of the values in a field.
func (s *segment) any(field string, values map[corpus.ID]bool) (*roaring.Bitmap, error) {
	all := roaring.New()
	d, err := s.dictionary(field)
	if err != nil {
		return nil, err
	}
	for value := range values {
		docs, err := d.documents(string(value))
		if err != nil {
			return nil, err
		}
		all.Or(docs)
	}
	return all, nil
}

func removeRecord(s *segment, doc uint32, batch *index.Batch, next *state) error {
	r, err := s.stored(doc, noBody)
	if err != nil {
		return err
	}
	batch.Delete(r.id)
	switch {
	case len(r.entry) > 0:
		next.Sum = next.Sum.sub(r.hash)
		next.Entries--
		if r.document() {
			next.Documents--
		}
	default:
		next.Facts--
	}
	return nil
}

// build adds the records to the batch. Analysis takes most of the time of
// indexing and runs on all processors.
func (x *Index) build(ctx context.Context, batch *index.Batch, next *state, put map[corpus.ID]*corpus.Record) error {
	type built struct {
		records []*record
		hash    digest
	}
	work := make([]*corpus.Record, 0, len(put))
	for _, r := range put {
		work = append(work, r)
	}
	results := make([]built, len(work))
	var at atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			return guard("analyse a record", func() error {
				b := x.builders.take(x.groups)
				defer x.builders.give(b)
				for i := at.Add(1) - 1; i < int64(len(work)); i = at.Add(1) - 1 {
					if err := ctx.Err(); err != nil {
						return err
					}
					records, hash, err := b.records(work[i])
					if err != nil {
						return err
					}
					results[i] = built{records, hash}
				}
				return nil
			})
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, r := range results {
		for _, rec := range r.records {
			if old, ok := batch.IndexOps[rec.id]; ok && old != nil {
				return fmt.Errorf("entry %s: two records of one batch have the identifier %q", work[i].Entry.ID, rec.id)
			}
			batch.Update(rec)
		}
		next.Sum = next.Sum.add(r.hash)
		next.Entries++
		if work[i].Document != nil {
			next.Documents++
		}
		next.Facts += len(work[i].Facts)
	}
	return nil
}

// commit writes the batch with the state it leads to, and publishes the view
// of both. It is called with writing held, or before the index is shared.
func (x *Index) commit(ctx context.Context, batch *index.Batch, next state) error {
	data, err := json.Marshal(&next)
	if err != nil {
		return err
	}
	batch.SetInternal([]byte(internalState), data)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := x.write(batch); err != nil {
		return x.fail(err)
	}
	v, err := x.load()
	if err == nil {
		err = x.warm(v)
	}
	if err != nil {
		return x.fail(err)
	}
	x.publish(v)
	return nil
}

// fail ends writing for good. The store is closed, so that it does not write
// the failed batch later; views of it stay readable.
func (x *Index) fail(err error) error {
	err = fmt.Errorf("write to the index in %s: %w; free the disk or repair it, then run again", x.dir, err)
	x.failed.Store(&err)
	return errors.Join(err, x.closeStore())
}
