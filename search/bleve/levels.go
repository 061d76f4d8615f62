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
		counts = make([]int, len(nodes))
		for i := range v.segs {
			found, err := levels(e, i, nodes, v.segs[i].live(e.kind))
			if err != nil {
				return err
			}
			for k, docs := range found {
				counts[k] += int(roaring.And(docs, v.segs[i].live(e.kind)).GetCardinality())
			}
		}
		return nil
	})
	return counts, err
}
