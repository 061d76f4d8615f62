package bleve

import (
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// positional is a node that knows where it matches.
type positional interface {
	node
	// candidates returns the records of segment i that may match.
	candidates(i int) *roaring.Bitmap
	// spans returns where it matches in records.
	spans(e *evaluation, i int, records *roaring.Bitmap) spanSource
	// width returns the number of places that are looked for in a record.
	width() int
	// rarity returns the weight by which its frequency is multiplied.
	rarity() float64
}

// nearNode matches where left and right stand at most distance positions
// apart, in either order.
type nearNode struct {
	label       string
	left, right positional
	distance    int
	bm25        bm25

	// What find found, by segment.
	found []variantSegment
}

func (e *evaluation) near(q search.Near) (node, error) {
	n := &nearNode{label: q.String(), distance: q.Distance, found: make([]variantSegment, len(e.view.segs))}
	for side, part := range map[*positional]search.Query{&n.left: q.Left, &n.right: q.Right} {
		c, err := e.text(part)
		if err != nil {
			return nil, err
		}
		switch c := c.(type) {
		case noneNode:
			return c, nil
		case positional:
			*side = c
		default:
			return nil, fmt.Errorf("%s cannot stand beside NEAR", part)
		}
	}
	for i := range e.view.segs {
		e.postings += int(n.candidates(i).GetCardinality()) * n.width() * placeEffort
	}
	var err error
	n.bm25, err = e.bm25(fieldName(e.kind, fieldLength), 0)
	n.bm25.weight = n.left.rarity() + n.right.rarity()
	return n, err
}

func (n *nearNode) candidates(i int) *roaring.Bitmap {
	return roaring.And(n.left.candidates(i), n.right.candidates(i))
}

func (n *nearNode) width() int { return n.left.width() + n.right.width() }

func (n *nearNode) rarity() float64 { return n.bm25.weight }

func (n *nearNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	candidates := n.candidates(i)
	if within != nil {
		candidates = roaring.And(candidates, within)
	}
	if err := e.locate(candidates.GetCardinality(), n.width(), 0); err != nil {
		return nil, err
	}
	found := variantSegment{}
	source := n.spans(e, i, candidates)
	var spans []span
	for k, it := 0, candidates.Iterator(); it.HasNext(); k++ {
		if k%1024 == 0 {
			if err := e.ctx.Err(); err != nil {
				return nil, err
			}
		}
		record := it.Next()
		var err error
		if spans, err = source.in(spans[:0], record); err != nil {
			return nil, err
		}
		if len(spans) > 0 {
			found.records = append(found.records, record)
			found.weights = append(found.weights, weightOfSpans(spans))
		}
	}
	n.found[i] = found
	return roaring.BitmapOf(found.records...), nil
}

func (n *nearNode) score(e *evaluation, i int, records []uint32, scores []float64) error {
	weights := e.room.zeros(len(records))
	addWeights(records, weights, n.found[i].records, n.found[i].weights)
	return n.bm25.add(e, i, records, weights, scores)
}

func (n *nearNode) explain(e *evaluation, i int, record uint32) (search.Explanation, bool, error) {
	weights := make([]uint32, 1)
	addWeights([]uint32{record}, weights, n.found[i].records, n.found[i].weights)
	if weights[0] == 0 {
		return search.Explanation{}, false, nil
	}
	x, err := n.bm25.explain(e, i, record, weights[0], n.label)
	return x, true, err
}

func (n *nearNode) spans(e *evaluation, i int, records *roaring.Bitmap) spanSource {
	return &nearSource{
		e: e, left: n.left.spans(e, i, records), right: n.right.spans(e, i, records), distance: distanceOf(n.distance),
	}
}

// distanceOf returns a distance as positions are counted.
func distanceOf(n int) uint32 { return uint32(min(uint64(max(n, 0)), math.MaxUint32)) }

// nearSource pairs the spans of two sources.
type nearSource struct {
	e           *evaluation
	left, right spanSource
	distance    uint32
	l, r        []span
	pairs       [][2]span
}

func (s *nearSource) in(to []span, record uint32) ([]span, error) {
	var err error
	if s.l, err = s.left.in(s.l[:0], record); err != nil || len(s.l) == 0 {
		return to, err
	}
	if s.r, err = s.right.in(s.r[:0], record); err != nil || len(s.r) == 0 {
		return to, err
	}
	if err := s.e.spend(len(s.l) + len(s.r)); err != nil {
		return to, err
	}
	s.pairs = near(s.pairs[:0], s.l, s.r, s.distance)
	for _, p := range s.pairs {
		to = append(to, span{min(p[0].from, p[1].from), max(p[0].to, p[1].to)})
	}
	return to, nil
}

// near returns the pairs of spans that stand at most distance positions apart
// and do not overlap: for each of the left the nearest of the right on either
// side. Both are in rising order. The pairs are appended.
func near(pairs [][2]span, left, right []span, distance uint32) [][2]span {
	longest := uint32(0)
	for _, r := range right {
		longest = max(longest, r.to-r.from)
	}
	reach := uint64(distance) + uint64(longest)
	at := 0
	for _, l := range left {
		// A span may end before one does that begins before it.
		for at > 0 && right[at-1].from > l.to {
			at--
		}
		for at < len(right) && right[at].from <= l.to {
			at++
		}
		for j := at - 1; j >= 0 && uint64(right[j].from)+reach >= uint64(l.from); j-- {
			if r := right[j]; r.to < l.from && l.from-r.to <= distance && sameZone(l.from, r.from) {
				pairs = append(pairs, [2]span{l, r})
				break
			}
		}
		if at < len(right) && right[at].from-l.to <= distance && sameZone(l.from, right[at].from) {
			pairs = append(pairs, [2]span{l, right[at]})
		}
	}
	return pairs
}
