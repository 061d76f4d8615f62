package bleve

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/corpus"
	"rapport/search"
)

// The field likeness holds, of every document, half the digest of its bytes
// and the sketch of its text, as one term.
func likenessTerm(l corpus.Likeness) string {
	term := l.Digest[:]
	if l.Sketch != (corpus.Sketch{}) {
		term = append(term, l.Sketch[:]...)
	}
	return string(term)
}

// likenessOf reads the term.
func likenessOf(term string) (l corpus.Likeness) {
	rest := term[copy(l.Digest[:], term):]
	copy(l.Sketch[:], rest)
	return l
}

// eachLikeness calls f for every document, those deleted included.
func (s *segment) eachLikeness(ctx context.Context, f func(record uint32, l corpus.Likeness)) error {
	d, err := s.dictionary(fieldLikeness)
	if err != nil {
		return err
	}
	n := 0
	return d.each(nil, nil, nil, func(e entry) (bool, error) {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		docs, err := d.holdersOf(e)
		if err != nil {
			return false, err
		}
		l := likenessOf(string(e.term))
		for it := docs.Iterator(); it.HasNext(); {
			f(it.Next(), l)
		}
		return true, nil
	})
}

// digests returns the first half of the digest of every document.
func (s *segment) digests(ctx context.Context) ([][16]byte, error) {
	return derived(s.columns, fieldLikeness, func() ([][16]byte, error) {
		list := make([][16]byte, s.size)
		err := s.eachLikeness(ctx, func(record uint32, l corpus.Likeness) { list[record] = l.Digest })
		return list, err
	})
}

// folds are the groups of documents that one of them can stand for.
type folds struct {
	group  [][]uint32        // by segment and record, 0 for what stands alone
	folded []*roaring.Bitmap // by segment: the documents in groups
}

// foldsOnce are the folds of a view, found when first asked for.
type foldsOnce struct {
	turn  chan struct{} // holds one while they are looked for or read
	known bool
	folds *folds // nil where every document stands alone
}

func newFoldsOnce() foldsOnce { return foldsOnce{turn: make(chan struct{}, 1)} }

// folds returns the groups of a way to collapse; nil when every document
// stands alone. They are found once for each view, those of near-copies in
// the background when nothing changes for a while. A request whose time is
// over stops looking and leaves it to the next.
func (v *view) folds(ctx context.Context, c search.Collapse) (*folds, error) {
	once := &v.same
	switch c {
	case search.CollapseSame:
	case search.CollapseNear:
		once = &v.near
	default:
		return nil, nil
	}
	select {
	case once.turn <- struct{}{}:
		defer func() { <-once.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if once.known {
		return once.folds, nil
	}
	records, list, err := v.likenesses(ctx, c == search.CollapseNear)
	if err != nil {
		return nil, err
	}
	find := corpus.SameGroups
	if c == search.CollapseNear {
		find = corpus.NearGroups
	}
	groups, err := find(ctx, list)
	if err != nil {
		return nil, err
	}
	once.folds, once.known = v.newFolds(records, groups), true
	return once.folds, nil
}

// likenesses returns the live documents of all segments, in order, and what
// tells copies of them; sketches and dates only when they are asked for.
func (v *view) likenesses(ctx context.Context, sketches bool) (records [][]uint32, list []corpus.Likeness, err error) {
	for _, s := range v.segs {
		live := s.documents.ToArray()
		all, err := s.likenesses(ctx, sketches)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range live {
			list = append(list, all[r])
		}
		records = append(records, live)
	}
	return records, list, nil
}

func (s *segment) likenesses(ctx context.Context, sketches bool) ([]corpus.Likeness, error) {
	list := make([]corpus.Likeness, s.size)
	if !sketches {
		digests, err := s.digests(ctx)
		for r, d := range digests {
			list[r].Digest = d
		}
		return list, err
	}
	if err := s.eachLikeness(ctx, func(record uint32, l corpus.Likeness) { list[record] = l }); err != nil {
		return nil, err
	}
	col, err := s.column(fieldDate)
	if err != nil {
		return nil, err
	}
	dates := make([]corpus.Date, len(col.values)+1)
	for i, value := range col.values {
		if dates[i+1], err = corpus.ParseDate(value); err != nil {
			return nil, damaged("read a date", err)
		}
	}
	var ordinals []uint32
	for r := range list {
		if ordinals = col.of(ordinals[:0], uint32(r)); len(ordinals) > 0 {
			list[r].Published = dates[ordinals[0]]
		}
	}
	return list, nil
}

func (v *view) newFolds(records [][]uint32, groups []uint32) *folds {
	f := &folds{}
	any := false
	for i, s := range v.segs {
		group := make([]uint32, s.size)
		var folded []uint32
		for _, r := range records[i] {
			if group[r] = groups[0]; groups[0] > 0 {
				folded = append(folded, r)
			}
			groups = groups[1:]
		}
		any = any || len(folded) > 0
		f.group = append(f.group, group)
		f.folded = append(f.folded, roaring.BitmapOf(folded...))
	}
	if !any {
		return nil
	}
	return f
}

// folding is how the hits of one search are folded.
type folding struct {
	*folds
	held map[uint32]int // hits by group
	best map[uint32]hit
	hits int // in groups
}

func (v *view) foldingOf(ctx context.Context, c search.Collapse) (*folding, error) {
	f, err := v.folds(ctx, c)
	if f == nil || err != nil {
		return nil, err
	}
	return &folding{folds: f, held: map[uint32]int{}, best: map[uint32]hit{}}, nil
}

// count counts the hits of segment i by group.
func (f *folding) count(i int, hits *roaring.Bitmap) {
	if f == nil {
		return
	}
	for it := roaring.And(hits, f.folded[i]).Iterator(); it.HasNext(); {
		f.held[f.group[i][it.Next()]]++
		f.hits++
	}
}

// away returns how many hits are not listed.
func (f *folding) away() int {
	if f == nil {
		return 0
	}
	return f.hits - len(f.held)
}

// take keeps a hit when it is the best of its group so far. It returns false
// for a hit that stands alone.
func (f *folding) take(h hit) bool {
	if f == nil {
		return false
	}
	g := f.group[h.segment][h.record]
	if g == 0 {
		return false
	}
	if best, ok := f.best[g]; !ok || h.less(&best.key) {
		f.best[g] = h
	}
	return true
}

// behind returns how many other hits a hit stands for.
func (f *folding) behind(h hit) int {
	if f == nil {
		return 0
	}
	return max(0, f.held[f.group[h.segment][h.record]]-1)
}

// kinNode matches the documents of the group that a document belongs to, and
// that document.
type kinNode struct {
	unscored
	folds   *folds // nil when every document stands alone
	segment *segment
	record  uint32
	group   uint32
}

// kin compiles a value of search.FieldSame or search.FieldNear.
func (e *evaluation) kin(c search.Collapse, id string) (node, error) {
	f, err := e.view.folds(e.ctx, c)
	if err != nil {
		return nil, err
	}
	s, record, ok, err := e.view.find(idDocument + id)
	if err != nil || !ok {
		return noneNode{}, err
	}
	n := &kinNode{folds: f, segment: s, record: record}
	if f != nil {
		for i := range e.view.segs {
			if e.view.segs[i] == s {
				n.group = f.group[i][record]
			}
		}
	}
	return n, nil
}

func (n *kinNode) find(e *evaluation, i int, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	found := roaring.New()
	if e.view.segs[i] == n.segment {
		found.Add(n.record)
	}
	if n.group == 0 {
		return found, nil
	}
	for it := n.folds.folded[i].Iterator(); it.HasNext(); {
		if r := it.Next(); n.folds.group[i][r] == n.group {
			found.Add(r)
		}
	}
	return found, nil
}
