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
func (r *room) zeros(n int) []uint32 { return zeroed(&r.weights, n) }

// noScores returns n scores of zero.
func (r *room) noScores(n int) []float64 { return zeroed(&r.scores, n) }

// zeroed returns n zeros in the memory of a list, or in more when it is small.
func zeroed[T uint32 | float64](list *[]T, n int) []T {
	if cap(*list) < n {
		*list = make([]T, n)
		return *list
	}
	*list = (*list)[:n]
	clear(*list)
	return *list
}
