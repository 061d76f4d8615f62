package bleve

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"rapport/corpus"
	"rapport/search"
)

// view is one state of the index: the segments of one snapshot of the store,
// and what is derived from them. It is immutable but for what it computes on
// demand, and lives until the last reference is released.
type view struct {
	index  *Index
	reader *scorch.IndexSnapshot
	refs   atomic.Int64
	segs   []*segment
	state  state

	mu        sync.Mutex
	expanded  expansions
	globals   map[string]*values
	lengths   map[string]lengthTotal
	saturated map[string]*[knownLengths]float64 // by field of lengths

	same, near foldsOnce

	lookups lookups
	recent  recent
}

// segment is one immutable segment with the records of it that are live.
type segment struct {
	id      uint64
	data    api.Segment
	size    uint32
	layout  *layout
	deleted *roaring.Bitmap // nil when nothing is
	columns *segmentColumns

	mu   sync.Mutex
	fsts map[string]*vellum.FST // dictionaries by field

	// The live records by kind. They are shared and never changed.
	documents, facts, entries *roaring.Bitmap
}

// live returns the live records of a kind.
func (s *segment) live(k search.Kind) *roaring.Bitmap {
	if k == search.Facts {
		return s.facts
	}
	return s.documents
}

// load returns a view of the store's current snapshot, with one reference.
func (x *Index) load() (*view, error) {
	r, err := x.store.Reader()
	if err != nil {
		return nil, damaged("open "+x.dir, err)
	}
	reader := r.(*scorch.IndexSnapshot)
	v := &view{
		index: x, reader: reader,
		globals: map[string]*values{}, lengths: map[string]lengthTotal{}, saturated: map[string]*[knownLengths]float64{},
		same: newFoldsOnce(), near: newFoldsOnce(),
	}
	v.refs.Store(1)
	if v.state, err = readState(x.dir, reader.Internal()); err != nil {
		v.release()
		return nil, err
	}
	err = guard("read the segments", func() error {
		for _, ss := range reader.Segments() {
			s := &segment{
				id: ss.Id(), data: ss.Segment(), size: uint32(ss.FullSize()),
				deleted: ss.Deleted(), columns: x.columns.of(ss.Id()), fsts: map[string]*vellum.FST{},
			}
			var err error
			if s.layout, err = layoutOf(s.data); err != nil {
				return damaged("read a segment", err)
			}
			if err := s.split(); err != nil {
				return err
			}
			v.segs = append(v.segs, s)
		}
		return nil
	})
	if err != nil {
		v.release()
		return nil, err
	}
	return v, nil
}

// split finds the records of each kind.
func (s *segment) split() error {
	d, err := s.dictionary(fieldKind)
	if err != nil {
		return err
	}
	for kind, to := range map[string]**roaring.Bitmap{
		kindDocument: &s.documents, kindFact: &s.facts, kindEntry: &s.entries,
	} {
		if *to, err = d.documents(kind); err != nil {
			return err
		}
	}
	return nil
}

// warm builds the columns of the facets, so that no search has to.
func (x *Index) warm(v *view) error {
	if x.lazy {
		return nil
	}
	return guard("build columns", func() error {
		for _, s := range v.segs {
			for _, k := range []search.Kind{search.Documents, search.Facts} {
				if s.live(k).IsEmpty() {
					continue
				}
				if err := s.warm(k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// acquire returns the current view with one more reference.
func (x *Index) acquire() (*view, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || x.current == nil {
		return nil, search.ErrClosed
	}
	x.current.refs.Add(1)
	return x.current, nil
}

func (v *view) release() {
	if v.refs.Add(-1) == 0 {
		// Closing only gives memory back; a failure to unmap changes no answer.
		_ = v.reader.Close()
	}
}

// publish makes v, with its reference, the current view.
func (x *Index) publish(v *view) {
	x.mu.Lock()
	old := x.current
	if x.closed {
		old = v
	} else {
		x.current = v
	}
	x.mu.Unlock()
	if old != nil {
		old.release()
	}
	x.columns.keep(v)
}

// follow takes up segments that were merged in the background, with their
// columns built before any search sees them, and prepares what completion and
// near-copies need once nothing has changed for quietTicks.
func (x *Index) follow() {
	tick := time.NewTicker(refreshInterval)
	defer tick.Stop()
	var last *view
	quiet := 0
	for {
		select {
		case <-x.closing.Done():
			return
		case <-tick.C:
			x.refresh()
		}
		v, err := x.acquire()
		if err != nil {
			return
		}
		if quiet++; v != last {
			last, quiet = v, 0
		}
		if quiet == quietTicks && !x.lazy {
			_ = v.prepare(x.closing) // a damaged segment is reported by the search that meets it
		}
		v.release()
	}
}

// quietTicks is how many refreshes must pass without a change before what only
// completion and near-copies need is built: while documents come in, segments are soon merged
// away.
const quietTicks = 2

// prepare makes ready what completes words and titles, and which documents are
// near-copies. It stops early when ctx is done.
func (v *view) prepare(ctx context.Context) error {
	return guard("prepare for completion and near-copies", func() error {
		for _, s := range v.segs {
			if _, err := s.column(fieldTitleSort); err != nil {
				return err
			}
			for _, field := range []string{fieldWord, fieldTitleWord} {
				if err := s.buildBeginnings(ctx, field); err != nil {
					return err
				}
			}
		}
		_, err := v.folds(ctx, search.CollapseNear)
		return err
	})
}

// refresh replaces the current view when the store has merged segments. It
// gives way to writers, who publish views of their own.
func (x *Index) refresh() {
	if x.writing.TryLock() {
		defer x.writing.Unlock()
		x.takeUp()
	}
}

// takeUp replaces the current view when the store has merged segments. It is
// called with writing held.
func (x *Index) takeUp() {
	if x.failed.Load() != nil || x.store == nil {
		return
	}
	r, err := x.store.Reader()
	if err != nil {
		return
	}
	defer func() { _ = r.Close() }()
	now, err := x.acquire()
	if err != nil {
		return
	}
	defer now.release()
	if now.reader == r {
		return
	}
	v, err := x.load()
	if err != nil {
		return // the view at hand holds the same content
	}
	if err := x.warm(v); err != nil {
		v.release()
		return
	}
	x.publish(v)
}

// count returns the number of live records of a kind.
func (v *view) count(k search.Kind) int {
	n := 0
	for _, s := range v.segs {
		n += int(s.live(k).GetCardinality())
	}
	return n
}

// find returns the segment and number of the record with the identifier.
func (v *view) find(id string) (*segment, uint32, bool, error) {
	for _, s := range v.segs {
		d, err := s.dictionary(fieldRecordID)
		if err != nil {
			return nil, 0, false, err
		}
		docs, err := d.documents(id)
		if err != nil {
			return nil, 0, false, err
		}
		if !docs.IsEmpty() {
			return s, docs.Minimum(), true, nil
		}
	}
	return nil, 0, false, nil
}

// taxonomy returns the taxonomy, which is never nil.
func (v *view) taxonomy() *corpus.Taxonomy { return v.index.taxonomy }
