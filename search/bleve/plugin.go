package bleve

import (
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// The kind of segments that the index asks the storage engine for.
const (
	segmentType    = "rapport"
	segmentVersion = zap.Version
)

// plugin makes the segments of new batches itself and leaves all else, opening
// and merging above all, to the storage engine, whose format they have. The
// engine's own way from documents to a segment takes three times as long: it
// goes through maps of terms that are there already, and one processor.
type plugin struct {
	zap.ZapPlugin
	writers  sync.Pool
	failures sync.Map // when merging failed, by folder
}

// Type is the name under which the storage engine knows the plugin.
func (*plugin) Type() string { return segmentType }

// Version is that of the format.
func (*plugin) Version() uint32 { return segmentVersion }

// New makes a segment of records.
func (p *plugin) New(documents []index.Document) (api.Segment, uint64, error) {
	return p.NewUsing(documents, nil)
}

// NewUsing makes a segment of records.
func (p *plugin) NewUsing(documents []index.Document, config map[string]any) (api.Segment, uint64, error) {
	records := make([]*record, len(documents))
	for i, d := range documents {
		r, ok := d.(*record)
		if !ok {
			return nil, 0, fmt.Errorf("a segment is made of records, not of %T", d)
		}
		records[i] = r
	}
	w, ok := p.writers.Get().(*segmentWriter)
	if !ok {
		w = newSegmentWriter()
	}
	s, size, err := w.write(records, config)
	if err != nil {
		return nil, 0, fmt.Errorf("make a segment of %d records: %w", len(records), err)
	}
	p.writers.Put(w) // not after a failure: it would still hold what it failed at
	return s, size, nil
}

// MergeUsing merges segments. Those on disk are compared with their checksums
// first: a merge copies most of what it reads, and gives it a checksum that
// agrees. Within retryInterval after a failure it waits, since the storage
// engine tries again at once and for ever, each time until the disk is full.
func (p *plugin) MergeUsing(segments []api.Segment, drops []*roaring.Bitmap, path string, stop chan struct{},
	s api.StatsReporter, config map[string]any,
) (numbers [][]uint64, size uint64, err error) {
	folder := filepath.Dir(path)
	if last, ok := p.failures.Load(folder); ok {
		select {
		case <-stop:
			return nil, 0, api.ErrClosed
		case <-time.After(time.Until(last.(time.Time).Add(retryInterval))):
		}
	}
	defer releasePages(segments)()
	err = guard("merge segments", func() error {
		for _, one := range segments {
			if isClosed(stop) {
				return api.ErrClosed
			}
			if err := checkFile(one); err != nil {
				return err
			}
		}
		numbers, size, err = p.ZapPlugin.MergeUsing(segments, drops, path, stop, s, config)
		return err
	})
	switch {
	case isClosed(stop) && err != nil:
		err = api.ErrClosed // tells the storage engine not to try again
	case err != nil:
		p.failures.Store(folder, time.Now())
	default:
		p.failures.Delete(folder)
	}
	return numbers, size, err
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// retryInterval is how long after a failure merging is tried again.
const retryInterval = 5 * time.Second

// failing reports whether the latest merge in a folder failed.
func (p *plugin) failing(folder string) bool {
	_, failing := p.failures.Load(folder)
	return failing
}

// registered makes the plugin known to the storage engine, which keeps one
// table of them for the whole process.
var registered = sync.OnceValue(func() *plugin {
	p := &plugin{}
	scorch.RegisterSegmentPlugin(p, false)
	return p
})
