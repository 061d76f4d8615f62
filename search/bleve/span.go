package bleve

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// spanNode matches what any of its variants matches, and scores as if all
// were one term: its documents are those of all variants, its weight in a
// record the sum of theirs. A variant of one place is read off its postings.
// One of several places, a phrase, is looked for in the records that hold all
// its places, and only there are positions decoded.
type spanNode struct {
	label    string
	variants []variant
	segs     []spanSegment
	bm25     bm25
}

// spanSegment is a spanNode in one segment.
type spanSegment struct {
	docs     *roaring.Bitmap // that hold all places of a variant
	variants []variantSegment
}

type variantSegment struct {
	docs   *roaring.Bitmap // that hold all places
	places []placeSegment
	// What find found for a phrase: records and how often each holds it.
	records []uint32
	weights []uint32
}

type placeSegment struct {
	docs     *roaring.Bitmap
	postings []*postings
}

// simple reports whether records are found without positions.
func (n *spanNode) simple() bool {
	for _, v := range n.variants {
		if len(v.places) > 1 {
			return false
		}
	}
	return true
}

// prepare looks up postings and statistics.
func (n *spanNode) prepare(e *evaluation) error {
	n.segs = make([]spanSegment, len(e.view.segs))
	frequency := 0
	for i, s := range e.view.segs {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		seg := &n.segs[i]
		seg.variants = make([]variantSegment, len(n.variants))
		found := make([]*roaring.Bitmap, len(n.variants))
		for j, v := range n.variants {
			vs := &seg.variants[j]
			if err := vs.prepare(s, v); err != nil {
				return err
			}
			found[j] = vs.docs
			e.postings += vs.effort(v)
		}
		seg.docs = union(found)
		frequency += int(seg.docs.GetCardinality())
	}
	var err error
	n.bm25, err = e.bm25(n.lengthField(e.kind), frequency)
	return err
}

// lengthField returns the field of lengths that scores are normalised by.
func (n *spanNode) lengthField(k search.Kind) string { return fieldName(k, fieldLength) }

// effort is about how many postings are read to find and score a variant.
func (vs *variantSegment) effort(v variant) int {
	n := int(vs.docs.GetCardinality())
	switch {
	case len(v.places) == 1:
		return n
	case v.slop > 0:
		return n * len(v.places) * placeEffort * slopEffort
	}
	return n * len(v.places) * placeEffort
}

func (vs *variantSegment) prepare(s *segment, v variant) error {
	vs.places = make([]placeSegment, len(v.places))
	for k, p := range v.places {
		ps, err := s.place(p)
		if err != nil {
			return err
		}
		vs.places[k] = ps
		if vs.docs == nil {
			vs.docs = ps.docs
		} else {
			vs.docs = roaring.And(vs.docs, ps.docs)
		}
	}
	if vs.docs == nil {
		vs.docs = empty
	}
	return nil
}

// place looks up the postings of the terms that may stand at a place.
func (s *segment) place(p place) (placeSegment, error) {
	var ps placeSegment
	d, err := s.dictionary(p.field)
	if err != nil {
		return ps, err
	}
	found := make([]*roaring.Bitmap, 0, len(p.terms))
	for _, term := range p.terms {
		list, err := d.postings(term)
		if err != nil {
			return ps, err
		}
		if !list.docs.IsEmpty() {
			ps.postings = append(ps.postings, list)
			found = append(found, list.docs)
		}
	}
	ps.docs = union(found)
	return ps, nil
}

// union returns the union of bitmaps, which must not be changed.
func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return empty
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

func (n *spanNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	seg := &n.segs[i]
	if n.simple() {
		return seg.docs, nil
	}
	found := make([]*roaring.Bitmap, len(n.variants))
	for j, v := range n.variants {
		vs := &seg.variants[j]
		if len(v.places) == 1 {
			found[j] = vs.docs
			continue
		}
		if err := vs.verify(e, v, within); err != nil {
			return nil, err
		}
		found[j] = roaring.BitmapOf(vs.records...)
	}
	return union(found), nil
}

// verify finds the records in which the places of a phrase stand in order.
func (vs *variantSegment) verify(e *evaluation, v variant, within *roaring.Bitmap) error {
	vs.records, vs.weights = nil, nil
	candidates := vs.docs
	if within != nil {
		candidates = roaring.And(candidates, within)
	}
	if candidates.IsEmpty() {
		return nil
	}
	if err := e.locate(candidates.GetCardinality(), len(v.places), v.slop); err != nil {
		return err
	}
	w := vs.walk(e, v, candidates)
	var spans []span
	for k, it := 0, candidates.Iterator(); it.HasNext(); k++ {
		if k%1024 == 0 {
			if err := e.ctx.Err(); err != nil {
				return err
			}
		}
		record := it.Next()
		var err error
		if spans, err = w.in(spans[:0], record); err != nil {
			return err
		}
		if len(spans) > 0 {
			vs.records = append(vs.records, record)
			vs.weights = append(vs.weights, v.weight(spans))
		}
	}
	return nil
}

func (n *spanNode) score(e *evaluation, i int, records []uint32, scores []float64) error {
	weights := e.room.zeros(len(records))
	if err := n.weights(i, records, weights); err != nil {
		return err
	}
	return n.bm25.add(e, i, records, weights, scores)
}

func (n *spanNode) explain(e *evaluation, i int, record uint32) (search.Explanation, bool, error) {
	weights := make([]uint32, 1)
	if err := n.weights(i, []uint32{record}, weights); err != nil || weights[0] == 0 {
		return search.Explanation{}, false, err
	}
	x, err := n.bm25.explain(e, i, record, weights[0], n.label)
	return x, true, err
}

// The positional side of a spanNode: see near.go.

func (n *spanNode) candidates(i int) *roaring.Bitmap { return n.segs[i].docs }

func (n *spanNode) spans(e *evaluation, i int, records *roaring.Bitmap) spanSource {
	var all unionSource
	for j, v := range n.variants {
		vs := &n.segs[i].variants[j]
		all = append(all, vs.walk(e, v, roaring.And(vs.docs, records)))
	}
	return all
}

func (n *spanNode) width() int {
	width := 0
	for _, v := range n.variants {
		width += len(v.places)
	}
	return width
}

func (n *spanNode) rarity() float64 { return n.bm25.weight }

// unionSource yields the spans of all its sources.
type unionSource []*phraseSource

func (u unionSource) in(to []span, record uint32) ([]span, error) {
	for _, s := range u {
		var err error
		if to, err = s.in(to, record); err != nil {
			return to, err
		}
	}
	if len(u) > 1 {
		slices.SortFunc(to, span.compare)
		to = slices.Compact(to)
	}
	return to, nil
}
