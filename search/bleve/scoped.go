package bleve

import (
	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// scopedNode is a clause of several clauses under one that a record may match
// without it. Its parts score only records that match it as a whole.
type scopedNode struct {
	node
	found []*roaring.Bitmap // by segment
}

// scoped returns the node as one whose score counts only where it matches.
func (e *evaluation) scoped(n node) node {
	switch n.(type) {
	case *andNode, *atLeastNode:
		return &scopedNode{node: n, found: make([]*roaring.Bitmap, len(e.view.segs))}
	}
	return n
}

func (n *scopedNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	found, err := n.node.find(e, i, within)
	n.found[i] = found
	return found, err
}

func (n *scopedNode) score(e *evaluation, i int, records []uint32, scores []float64) error {
	var places []int
	var some []uint32
	it := n.found[i].Iterator()
	for j, r := range records {
		it.AdvanceIfNeeded(r)
		if !it.HasNext() {
			break
		}
		if it.PeekNext() == r {
			places, some = append(places, j), append(some, r)
		}
	}
	if len(some) == 0 {
		return nil
	}
	parts := make([]float64, len(some))
	if err := n.node.score(e, i, some, parts); err != nil {
		return err
	}
	for k, j := range places {
		scores[j] += parts[k]
	}
	return nil
}

func (n *scopedNode) explain(e *evaluation, i int, record uint32) (search.Explanation, bool, error) {
	if !n.found[i].Contains(record) {
		return search.Explanation{}, false, nil
	}
	return n.node.explain(e, i, record)
}
