package bleve

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// The limits of one question. Beyond them it is refused with
// search.ErrTooExpensive before anything is run.
const (
	maxNodes     = 4096  // words, values and operators, synonyms included
	maxExpansion = 20000 // terms that all prefix and fuzzy words stand for
	maxOpen      = 50    // prefix and fuzzy words
)

// evaluation is one question over one view. It belongs to one search.
type evaluation struct {
	ctx       context.Context
	view      *view
	kind      search.Kind
	nodes     int
	expansion int
	open      int // prefix and fuzzy words so far
	postings  int // to read, about
	places    int // looked for so far
	steps     int // taken so far
	texts     map[string]*textStats
	room      *room
}

func (v *view) evaluation(ctx context.Context, k search.Kind) *evaluation {
	if k == "" {
		k = search.Documents
	}
	return &evaluation{ctx: ctx, view: v, kind: k, texts: map[string]*textStats{}, room: &room{}}
}

// node is a question, or a part of it, made ready for a view.
type node interface {
	// find returns the live records of segment i that match. It may leave out
	// or include records outside within, whichever is faster; nil is all. The
	// bitmap must not be changed.
	find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error)
	// score adds to the scores of the records, which are in rising order and
	// were found by find before. A node that only narrows adds nothing.
	score(e *evaluation, i int, records []uint32, scores []float64) error
	// explain says what the score of a record is made of; false when the
	// record gets nothing from the node.
	explain(e *evaluation, i int, record uint32) (search.Explanation, bool, error)
}

// unscored is embedded by nodes that narrow and do not score.
type unscored struct{}

func (unscored) score(*evaluation, int, []uint32, []float64) error { return nil }
func (unscored) explain(*evaluation, int, uint32) (search.Explanation, bool, error) {
	return search.Explanation{}, false, nil
}

var empty = roaring.New()

// allNode matches all records of the kind.
type allNode struct{ unscored }

func (allNode) find(e *evaluation, i int, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	return e.view.segs[i].live(e.kind), nil
}

// noneNode matches nothing.
type noneNode struct{ unscored }

func (noneNode) find(*evaluation, int, *roaring.Bitmap) (*roaring.Bitmap, error) {
	return empty, nil
}

// notNode matches what its clause does not.
type notNode struct {
	unscored
	clause node
}

func (n *notNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	not, err := n.clause.find(e, i, within)
	if err != nil {
		return nil, err
	}
	from := e.view.segs[i].live(e.kind)
	if within != nil {
		from = within
	}
	return roaring.AndNot(from, not), nil
}

// clauses is embedded by nodes whose score is the sum of those of its parts.
type clauses []node

func (c clauses) score(e *evaluation, i int, records []uint32, scores []float64) error {
	for _, n := range c {
		if err := n.score(e, i, records, scores); err != nil {
			return err
		}
	}
	return nil
}

func (c clauses) explain(e *evaluation, i int, record uint32) (search.Explanation, bool, error) {
	sum := search.Explanation{What: "sum of"}
	for _, n := range c {
		part, ok, err := n.explain(e, i, record)
		if err != nil {
			return sum, false, err
		}
		if ok {
			sum.Value += part.Value
			sum.Parts = append(sum.Parts, part)
		}
	}
	if len(sum.Parts) == 1 {
		return sum.Parts[0], true, nil
	}
	return sum, len(sum.Parts) > 0, nil
}

// andNode matches what all clauses match. Each clause looks only among what
// the ones before it left, so the compiler puts those that are dear to find,
// phrases for one, behind the others.
type andNode struct{ clauses }

func (n *andNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	result := within
	for _, c := range n.clauses {
		found, err := c.find(e, i, result)
		if err != nil {
			return nil, err
		}
		if result == nil {
			result = found
		} else {
			result = roaring.And(result, found)
		}
		if result.IsEmpty() {
			return result, nil
		}
	}
	return result, nil
}

// orNode matches what any clause matches.
type orNode struct{ clauses }

func (n *orNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(n.clauses))
	for j, c := range n.clauses {
		var err error
		if found[j], err = c.find(e, i, within); err != nil {
			return nil, err
		}
	}
	return roaring.FastOr(found...), nil
}

// atLeastNode matches what at least min clauses match.
type atLeastNode struct {
	clauses
	min int
}

func (n *atLeastNode) find(e *evaluation, i int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if len(n.clauses) > fewClauses {
		counts, err := held(e, i, n.clauses, within)
		if err != nil {
			return nil, err
		}
		var records []uint32
		for r, c := range counts {
			if int(c) >= n.min {
				records = append(records, uint32(r))
			}
		}
		return roaring.BitmapOf(records...), nil
	}
	found, err := levels(e, i, n.clauses, within)
	if err != nil || n.min > len(found) {
		return empty, err
	}
	return found[n.min-1], nil
}

// tooExpensive returns an error that says why a question is refused.
func tooExpensive(format string, args ...any) error {
	return fmt.Errorf("%w: %s", search.ErrTooExpensive, fmt.Sprintf(format, args...))
}
