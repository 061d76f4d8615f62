package bleve

import (
	"context"
	"errors"
	"slices"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"

	"rapport/corpus"
	"rapport/search"
)

// PutMistaken adds a record under a partner that its document does not name, or
// under none when it names some, as a fault of the storage engine would.
func PutMistaken(x *Index, rec corpus.Record) error {
	list, hash, err := newBuilder(nil).records(&rec)
	if err != nil {
		return err
	}
	partner := fieldNumbers[search.FieldPartner]
	if list[0].of(partner) == nil {
		list[0].keyword(search.FieldPartner, "mistaken")
	} else {
		list[0].fields = slices.DeleteFunc(list[0].fields, func(f fieldRun) bool { return f.number == partner })
	}
	batch := index.NewBatch()
	batch.Update(list[0])
	x.writing.Lock()
	defer x.writing.Unlock()
	v, err := x.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	next := v.state
	next.Sum = next.Sum.add(hash)
	next.Entries++
	next.Documents++
	return x.commit(context.Background(), batch, next)
}

// Miscount makes an index say of itself that it holds a document more.
func Miscount(x *Index) error {
	return x.change(context.Background(), func(s state) state {
		s.Documents++
		return s
	})
}

// CreateWithSchema makes an empty index of another layout.
func CreateWithSchema(dir string, version int) error {
	x, err := open(dir, Options{})
	if err != nil {
		return err
	}
	b := index.NewBatch()
	b.SetInternal([]byte(internalSchema), []byte(strconv.Itoa(version)))
	return errors.Join(x.store.Batch(b), x.Close())
}

// Prepare makes completions ready, as the index does by itself when nothing has
// changed for a while. It returns the number of beginnings of words that are
// ready then and whether it is known which documents are near-copies: of the
// content that it prepared, since a merge may publish another one at any moment.
func Prepare(x *Index) (beginnings int, nearKnown bool, err error) {
	v, err := x.acquire()
	if err != nil {
		return 0, false, err
	}
	defer v.release()
	if err := v.prepare(context.Background()); err != nil {
		return 0, false, err
	}
	for _, s := range v.segs {
		known, _ := s.beginnings(fieldWord)
		beginnings += len(known)
	}
	return beginnings, knowsNear(v), nil
}

// knowsNear reports whether a view knows near-copies. It waits for whoever is
// looking for them.
func knowsNear(v *view) bool {
	v.near.turn <- struct{}{}
	defer func() { <-v.near.turn }()
	return v.near.known
}

// HoldNear keeps a snapshot as it is while a search looks for its near-copies,
// until release is called.
func HoldNear(s search.Snapshot) (release func()) {
	turn := s.(*snapshot).v.near.turn
	turn <- struct{}{}
	return func() { <-turn }
}

// FindNear looks for near-copies in a view that nobody else knows.
func FindNear(ctx context.Context, x *Index) (found bool, err error) {
	v, err := x.load()
	if err != nil {
		return false, err
	}
	defer v.release()
	f, err := v.folds(ctx, search.CollapseNear)
	return f != nil, err
}

// SegmentSizes returns the numbers of records of the segments.
func SegmentSizes(x *Index) ([]int, error) {
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	var sizes []int
	for _, s := range v.segs {
		sizes = append(sizes, int(s.size))
	}
	return sizes, nil
}

// References returns how many hold the current view: 1 when nobody asks.
func References(x *Index) int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.current.refs.Load()
}

// Apart returns the options with segments left apart until the end of a run.
func Apart(o Options) Options {
	o.apart = true
	return o
}

// KnownSegments returns of how many segments columns are kept.
func KnownSegments(x *Index) int {
	x.columns.mu.Lock()
	defer x.columns.mu.Unlock()
	return len(x.columns.segs)
}
