package bleve

import (
	"fmt"
	"sync"

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
	writers sync.Pool
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
	defer p.writers.Put(w)
	s, size, err := w.write(records, config)
	if err != nil {
		return nil, 0, fmt.Errorf("make a segment of %d records: %w", len(records), err)
	}
	return s, size, nil
}

// Merge merges segments.
func (p *plugin) Merge(segments []api.Segment, drops []*roaring.Bitmap, path string, stop chan struct{}, s api.StatsReporter) ([][]uint64, uint64, error) {
	return p.ZapPlugin.Merge(segments, drops, path, stop, s)
}

// register makes the plugin known to the storage engine, which keeps one
// table of them for the whole process.
var register = sync.OnceFunc(func() { scorch.RegisterSegmentPlugin(&plugin{}, false) })
