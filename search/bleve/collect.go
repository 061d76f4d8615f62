package bleve

import (
	"container/heap"
	"fmt"
	"math"
	"sort"
	"strconv"

	"rapport/search"
)

// collector keeps the best hits of a search. All orders are the same to it: a
// hit has a number or a text that sorts it, smallest first, and the hash of
// its identifier, which decides between equals. It looks at each record once
// and keeps limit hits, so a page costs the same at any depth.
type collector struct {
	question node
	plan     search.Plan
	limit    int
	after    *key
	best     hitHeap
	folding  *folding // nil when every hit is listed
}

// key is a place in the order of hits.
type key struct {
	number float64 // the score, negated, or a date
	text   string
	tie    uint64
}

func (a *key) less(b *key) bool {
	switch {
	case a.number != b.number:
		return a.number < b.number
	case a.text != b.text:
		return a.text < b.text
	}
	return a.tie < b.tie
}

// hit is a record of a segment with its place.
type hit struct {
	key
	segment int
	record  uint32
}

// hitHeap holds the worst hit first.
type hitHeap []hit

func (h hitHeap) Len() int           { return len(h) }
func (h hitHeap) Less(i, j int) bool { return h[j].less(&h[i].key) }
func (h hitHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *hitHeap) Push(x any)        { *h = append(*h, x.(hit)) }
func (h *hitHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

func newCollector(e *evaluation, p search.Plan, question node) (*collector, error) {
	if p.Sort == "" {
		p.Sort = search.ByRelevance
	}
	c := &collector{question: question, plan: p, limit: max(p.Limit, 0)}
	if e.kind == search.Documents {
		var err error
		if c.folding, err = e.view.foldingOf(e.ctx, p.Collapse); err != nil {
			return nil, err
		}
	}
	if p.After == nil {
		return c, nil
	}
	c.after = &key{tie: p.After.Tie}
	if p.Sort == search.ByTitle {
		c.after.text = p.After.Key
		if c.after.text == "" {
			c.after.number = 1
		}
		return c, nil
	}
	n, err := strconv.ParseFloat(p.After.Key, 64)
	if err != nil || math.IsNaN(n) {
		return nil, fmt.Errorf("%w: %q in the order %q", search.ErrPosition, p.After.Key, p.Sort)
	}
	if p.Sort == search.ByRelevance {
		n = -n
	}
	c.after.number = n
	return c, nil
}

// collect offers the hits of segment i.
func (c *collector) collect(e *evaluation, i int, s *selection) error {
	if c.limit == 0 || s.hits.IsEmpty() {
		return nil
	}
	ties, err := e.view.segs[i].ties()
	if err != nil {
		return err
	}
	records := s.list()
	switch c.plan.Sort {
	case search.ByRelevance:
		scores := e.room.noScores(len(records))
		if err := c.question.score(e, i, records, scores); err != nil {
			return err
		}
		for j, r := range records {
			c.offer(hit{key{number: -scores[j], tie: ties[r]}, i, r})
		}
		return nil
	case search.Newest, search.Oldest:
		return c.collectDates(e, i, records, ties)
	case search.ByTitle:
		return c.collectTitles(e, i, records, ties)
	}
	return fmt.Errorf("there is no order %q", c.plan.Sort)
}

// offer keeps a hit when it is among the best so far, alone or of its group.
func (c *collector) offer(h hit) {
	if !c.folding.take(h) {
		c.keep(h)
	}
}

// keep keeps a hit when it is among the best so far and after the place where
// the page begins.
func (c *collector) keep(h hit) {
	if len(c.best) == c.limit && !h.less(&c.best[0].key) {
		return
	}
	if c.after != nil && !c.after.less(&h.key) {
		return
	}
	if len(c.best) < c.limit {
		heap.Push(&c.best, h)
		return
	}
	c.best[0] = h
	heap.Fix(&c.best, 0)
}

// collectDates sorts by date: by the first day, then the last; undated last.
func (c *collector) collectDates(e *evaluation, i int, records []uint32, ties []uint64) error {
	s := e.view.segs[i]
	field := fieldName(e.kind, fieldDate)
	col, err := s.column(field)
	if err != nil {
		return err
	}
	days, err := s.dates(e.kind)
	if err != nil {
		return err
	}
	numbers := make([]float64, len(days))
	for o, d := range days {
		n := float64(dayNumber(d.start)<<22 | dayNumber(d.end))
		switch {
		case o == 0:
			n = math.MaxFloat64
		case c.plan.Sort == search.Newest:
			n = -n
		}
		numbers[o] = n
	}
	var ordinals []uint32
	for _, r := range records {
		number := numbers[0]
		if ordinals = col.of(ordinals[:0], r); len(ordinals) > 0 {
			number = numbers[ordinals[0]]
		}
		c.offer(hit{key{number: number, tie: ties[r]}, i, r})
	}
	return nil
}

// dayNumber maps YYYYMMDD to a number of 22 bits in the same order.
func dayNumber(d uint32) uint64 {
	return uint64(d/10000*13+d/100%100)*32 + uint64(d%100)
}

// collectTitles sorts by title; records without one come last.
func (c *collector) collectTitles(e *evaluation, i int, records []uint32, ties []uint64) error {
	col, err := e.view.segs[i].column(fieldTitleSort)
	if err != nil {
		return err
	}
	// Titles are numbered in order, so most records beyond the worst hit kept
	// are told by number alone.
	bound := len(col.values)
	var ordinals []uint32
	for _, r := range records {
		h := hit{key{number: 1, tie: ties[r]}, i, r}
		if ordinals = col.of(ordinals[:0], r); len(ordinals) > 0 {
			if int(ordinals[0]) > bound {
				continue
			}
			h.number, h.text = 0, col.values[ordinals[0]-1]
		}
		c.offer(h)
		if len(c.best) == c.limit && c.best[0].number == 0 {
			worst := c.best[0].text
			if bound > 0 && (bound == len(col.values) || col.values[bound-1] != worst) {
				bound = sort.Search(len(col.values), func(j int) bool { return col.values[j] > worst })
			}
		}
	}
	return nil
}

// hits reads the hits from storage, best first.
func (c *collector) hits(e *evaluation) ([]search.Hit, error) {
	if c.folding != nil {
		for _, h := range c.folding.best {
			c.keep(h)
		}
	}
	sort.Slice(c.best, func(i, j int) bool { return c.best[i].less(&c.best[j].key) })
	hits := make([]search.Hit, len(c.best))
	read := func(i int) error {
		err := e.ctx.Err()
		if err == nil {
			hits[i], err = c.hit(e, c.best[i])
		}
		return err
	}
	if !c.plan.Bodies || c.plan.Explain { // an explanation uses what belongs to the evaluation
		for i := range hits {
			if err := read(i); err != nil {
				return nil, err
			}
		}
		return hits, nil
	}
	// To unpack long texts takes most of the time of a page.
	err := search.InParallel(len(hits), func(i int) error {
		return guard("read a hit", func() error { return read(i) })
	})
	return hits, err
}

func (c *collector) hit(e *evaluation, h hit) (search.Hit, error) {
	one := search.Hit{Position: search.Position{Key: h.text, Tie: h.tie}, Folded: c.folding.behind(h)}
	switch c.plan.Sort {
	case search.ByRelevance:
		one.Score = -h.number
		one.Position.Key = strconv.FormatFloat(one.Score, 'g', -1, 64)
	case search.Newest, search.Oldest:
		one.Position.Key = strconv.FormatFloat(h.number, 'g', -1, 64)
	}
	s := e.view.segs[h.segment]
	var err error
	switch {
	case e.kind == search.Facts:
		one.Fact, err = s.fact(h.record)
	case c.plan.Bodies:
		one.Document, err = e.view.read(s, h.record)
	case c.plan.Openings:
		if one.Document, err = s.document(h.record, firstPart); err == nil {
			one.Opening, one.Document.Body = one.Document.Body, ""
		}
	default:
		one.Document, err = s.document(h.record, noBody)
	}
	if err != nil || !c.plan.Explain {
		return one, err
	}
	x, ok, err := c.question.explain(e, h.segment, h.record)
	if ok {
		one.Explain = &x
	}
	return one, err
}
