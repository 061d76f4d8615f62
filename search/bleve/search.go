package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// Search evaluates a plan, segment by segment: the records of the question as
// a bitmap, the filters as more of them, the counts of the facets over what
// is left, and the best hits. Only these are read from storage.
func (s *snapshot) Search(ctx context.Context, p search.Plan) (found *search.Found, err error) {
	err = s.run(ctx, "search", func(v *view) error {
		found, err = v.search(ctx, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (v *view) search(ctx context.Context, p search.Plan) (*search.Found, error) {
	e := v.evaluation(ctx, p.Kind)
	e.room = v.index.rooms.take()
	defer v.index.rooms.give(e.room)
	question, err := e.compile(p.Query)
	if err != nil {
		return nil, err
	}
	filters, err := e.filters(p.Filters)
	if err != nil {
		return nil, err
	}
	counters, err := e.counters(p, filters)
	if err != nil {
		return nil, err
	}
	top, err := newCollector(e, p, question)
	if err != nil {
		return nil, err
	}
	end, err := e.turn()
	if err != nil {
		return nil, err
	}
	defer end()
	found := &search.Found{}
	for i := range v.segs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sel, err := e.selection(i, question, filters, counters)
		if err != nil {
			return nil, err
		}
		sel.room = e.room
		found.Total += sel.size()
		top.folding.count(i, sel.hits)
		if err := e.take(i, sel, counters, top); err != nil {
			return nil, err
		}
	}
	found.Facets, found.Folded = counters.facets(e), top.folding.away()
	found.Hits, err = top.hits(e)
	return found, err
}

// together is the number of hits from which on facets are counted beside the
// collection of the best hits, on another processor when one is free.
const together = 8192

// take counts the facets of the records of segment i and offers them as hits.
func (e *evaluation) take(i int, s *selection, c *counters, top *collector) error {
	if len(c.list) == 0 || top.limit == 0 || s.size() < together {
		if err := c.count(e, i, s); err != nil {
			return err
		}
		return top.collect(e, i, s)
	}
	s.list() // both need it
	return search.InParallel(2, func(part int) error {
		return guard("collect and count", func() error {
			if part == 0 {
				return top.collect(e, i, s)
			}
			return c.count(e, i, s)
		})
	})
}

// selection is the part of a segment that a search is about.
type selection struct {
	hits *roaring.Bitmap
	// whole reports that hits are all live records of the kind.
	whole bool
	// sideways are, by filter, the records that pass all other filters. A
	// facet counts those of its own filter.
	sideways []*roaring.Bitmap
	// sidewaysWhole tells the same of each of them as whole.
	sidewaysWhole []bool

	records []uint32 // of hits, made when first needed
	room    *room    // for them, nil when there is none
}

func (s *selection) size() int { return int(s.hits.GetCardinality()) }

// list returns the hits as a list.
func (s *selection) list() []uint32 {
	switch {
	case s.records != nil:
	case s.room != nil:
		s.records = s.room.list(s.hits)
	default:
		s.records = s.hits.ToArray()
	}
	return s.records
}

// selection finds the records of segment i. A filter whose facet is counted
// too must not hide records from that count, so the question is evaluated
// without the filters then; else they narrow it from the start.
func (e *evaluation) selection(i int, question node, filters []*filter, c *counters) (*selection, error) {
	live := e.view.segs[i].live(e.kind)
	within := live
	if !c.sideways {
		for _, f := range filters {
			passed, err := f.find(e, i, within)
			if err != nil {
				return nil, err
			}
			within = roaring.And(within, passed)
		}
	}
	_, all := question.(allNode)
	base := within
	if !all {
		found, err := question.find(e, i, within)
		if err != nil {
			return nil, err
		}
		base = roaring.And(found, within)
	}
	if len(filters) == 0 {
		return &selection{hits: base, whole: all}, nil
	}
	if !c.sideways {
		return &selection{hits: base}, nil
	}
	return e.narrow(i, base, all, filters)
}

// narrow applies filters to the records of a question and keeps, for each,
// what it alone leaves out.
func (e *evaluation) narrow(i int, base *roaring.Bitmap, all bool, filters []*filter) (*selection, error) {
	passed := make([]*roaring.Bitmap, len(filters))
	for j, f := range filters {
		found, err := f.find(e, i, base)
		if err != nil {
			return nil, err
		}
		passed[j] = roaring.And(base, found)
	}
	// after[j] passes all filters from j on.
	after := make([]*roaring.Bitmap, len(filters)+1)
	after[len(filters)] = base
	for j := len(filters) - 1; j >= 0; j-- {
		after[j] = passed[j]
		if j < len(filters)-1 {
			after[j] = roaring.And(passed[j], after[j+1])
		}
	}
	s := &selection{
		hits: after[0], sideways: make([]*roaring.Bitmap, len(filters)),
		sidewaysWhole: make([]bool, len(filters)),
	}
	before := base
	for j := range filters {
		switch {
		case j == 0:
			s.sideways[j] = after[1]
		case j == len(filters)-1:
			s.sideways[j] = before
		default:
			s.sideways[j] = roaring.And(before, after[j+1])
		}
		s.sidewaysWhole[j] = all && len(filters) == 1
		if j == 0 {
			before = passed[0]
		} else {
			before = roaring.And(before, passed[j])
		}
	}
	return s, nil
}
