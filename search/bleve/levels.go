package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// Levels returns how many documents match at least 1, 2 ... of the clauses.
func (s *snapshot) Levels(ctx context.Context, queries []search.Query) (counts []int, err error) {
	err = s.run(ctx, "count levels", func(v *view) error {
		e := v.evaluation(ctx, search.Documents)
		nodes, err := e.all(queries)
		if err != nil {
			return err
		}
		end, err := e.turn()
		if err != nil {
			return err
		}
		defer end()
		counts = make([]int, len(nodes))
		for i := range v.segs {
			if err := e.countLevels(i, nodes, counts); err != nil {
				return err
			}
		}
		return nil
	})
	return counts, err
}

// countLevels adds the levels of segment i.
func (e *evaluation) countLevels(i int, nodes []node, counts []int) error {
	live := e.view.segs[i].live(e.kind)
	if len(nodes) <= fewClauses {
		found, err := levels(e, i, nodes, live)
		for k, docs := range found {
			counts[k] += int(docs.AndCardinality(live))
		}
		return err
	}
	matched, err := held(e, i, nodes, live)
	if err != nil {
		return err
	}
	exactly := make([]int, len(nodes)+1)
	for r, n := range matched {
		if n > 0 && live.Contains(uint32(r)) {
			exactly[n]++
		}
	}
	sum := 0
	for k := len(nodes); k > 0; k-- {
		sum += exactly[k]
		counts[k-1] += sum
	}
	return nil
}

// fewClauses is the number of clauses up to which whole bitmaps are
// intersected. The work for that grows with the square of the number.
const fewClauses = 12

// levels returns the records that match at least 1, 2 ... of the clauses. A
// record that matches k clauses so far moves one level up when it matches the
// next, so n clauses take n*(n+1)/2 intersections of bitmaps.
func levels(e *evaluation, i int, clauses []node, within *roaring.Bitmap) ([]*roaring.Bitmap, error) {
	level := make([]*roaring.Bitmap, len(clauses))
	for j := range level {
		level[j] = roaring.New()
	}
	for j, c := range clauses {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		found, err := c.find(e, i, within)
		if err != nil {
			return nil, err
		}
		for k := j; k > 0; k-- {
			level[k].Or(roaring.And(level[k-1], found))
		}
		level[0].Or(found)
	}
	return level, nil
}

// held returns, for each record of segment i, how many of the clauses it
// matches. It may count or leave out records outside within, as find does.
func held(e *evaluation, i int, clauses []node, within *roaring.Bitmap) ([]uint16, error) {
	counts := make([]uint16, e.view.segs[i].size)
	records := make([]uint32, 4096)
	for _, c := range clauses {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		found, err := c.find(e, i, within)
		if err != nil {
			return nil, err
		}
		it := found.ManyIterator()
		for n := it.NextMany(records); n > 0; n = it.NextMany(records) {
			for _, r := range records[:n] {
				counts[r]++
			}
		}
	}
	return counts, nil
}
