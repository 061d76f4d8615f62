package bleve

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// room is memory for the records of a segment, for their weights and for their
// scores. What it gives out is good until the same is asked for again.
type room struct {
	records []uint32
	weights []uint32
	scores  []float64
}

// rooms hands rooms from search to search. For frequent words they are most of
// what a search would allocate, and the collector of garbage, which runs the
// more often the more is allocated, takes its time from all that are answered.
type rooms struct{ pool sync.Pool }

func (r *rooms) take() *room {
	if one, ok := r.pool.Get().(*room); ok {
		return one
	}
	return &room{}
}

func (r *rooms) give(one *room) { r.pool.Put(one) }

// list returns the records of a set.
func (r *room) list(set *roaring.Bitmap) []uint32 {
	n := int(set.GetCardinality())
	if cap(r.records) < n {
		r.records = make([]uint32, n)
	}
	r.records = r.records[:n]
	set.ToExistingArray(&r.records)
	return r.records
}

// zeros returns n weights.
func (r *room) zeros(n int) []uint32 {
	if cap(r.weights) < n {
		r.weights = make([]uint32, n)
		return r.weights
	}
	r.weights = r.weights[:n]
	clear(r.weights)
	return r.weights
}

// noScores returns n scores of zero.
func (r *room) noScores(n int) []float64 {
	if cap(r.scores) < n {
		r.scores = make([]float64, n)
		return r.scores
	}
	r.scores = r.scores[:n]
	clear(r.scores)
	return r.scores
}
