package searchtest

import (
	"cmp"
	"slices"
)

// spans lists where a form stands in a record. A single place that two terms
// of one position fit counts twice.
func (f form) spans(r *record) []span {
	if len(f.places) == 0 {
		return nil
	}
	at := make([][]int, len(f.places))
	for k, place := range f.places {
		at[k] = f.at(r, place)
	}
	var found []span
	switch {
	case len(at) == 1:
		for _, p := range at[0] {
			found = append(found, span{p, p})
		}
		return found
	case f.slop > 0:
		return sloppy(at, f.slop)
	}
	for _, p := range at[0] {
		whole := true
		for k := range at {
			whole = whole && slices.Contains(at[k], p+k)
		}
		if whole {
			found = append(found, span{p, p + len(at) - 1})
		}
	}
	return distinct(found)
}

// sloppy tries every start at which some place stands exactly where it
// should, with every other place at the position nearest to where it should
// be, the later of two as near.
func sloppy(at [][]int, slop int) []span {
	var found []span
	for k := range at {
		for _, p := range at[k] {
			if s, ok := fit(at, p-k, slop); ok {
				found = append(found, s)
			}
		}
	}
	return distinct(found)
}

func fit(at [][]int, start, slop int) (span, bool) {
	moves := 0
	var chosen []int
	for k, positions := range at {
		if len(positions) == 0 {
			return span{}, false
		}
		best := positions[0]
		for _, p := range positions {
			if abs(p-start-k) <= abs(best-start-k) {
				best = p
			}
		}
		if slices.Contains(chosen, best) {
			return span{}, false
		}
		chosen = append(chosen, best)
		moves += abs(best - start - k)
	}
	return span{slices.Min(chosen), slices.Max(chosen)}, moves <= slop
}

func abs(n int) int { return max(n, -n) }

func distinct(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	return slices.Compact(spans)
}

// spans lists where a term stands, each place once.
func (t *term) spans(r *record) []span {
	if t.left != nil {
		return t.pairs(r)
	}
	var found []span
	for _, f := range t.forms {
		found = append(found, f.spans(r)...)
	}
	return distinct(found)
}

// pairs returns the stretches from every left to the nearest right on either
// side.
func (t *term) pairs(r *record) []span {
	var found []span
	for _, p := range t.joined(r) {
		found = append(found, span{min(p[0].from, p[1].from), max(p[0].to, p[1].to)})
	}
	return found
}

// joined pairs every left with the nearest right on either side.
func (t *term) joined(r *record) [][2]span {
	var found [][2]span
	right := t.right.spans(r)
	for _, l := range t.left.spans(r) {
		before, after := -1, -1
		for i, s := range right {
			if s.to < l.from && l.from-s.to <= t.distance && (before < 0 || s.from >= right[before].from) {
				before = i
			}
			if s.from > l.to && s.from-l.to <= t.distance && after < 0 {
				after = i
			}
		}
		for _, i := range []int{before, after} {
			if i >= 0 {
				found = append(found, [2]span{l, right[i]})
			}
		}
	}
	return found
}

// frequency returns how often a term stands in a record, the title weighted.
// With once, the places of a Near and of a phrase with moves count as one.
func (t *term) frequency(r *record, title int, once bool) int {
	if t.left != nil {
		return weigh(loosely(t.pairs(r), once), title)
	}
	sum := 0
	for _, f := range t.forms {
		spans := f.spans(r)
		if f.slop > 0 {
			spans = loosely(spans, once)
		}
		switch {
		case f.uniform && len(spans) > 0:
			sum++
		case f.titles:
			sum += len(spans)
		case !f.uniform:
			sum += weigh(spans, title)
		}
	}
	return sum
}

// loosely returns one of the spans, that weighs least, if once is asked for.
func loosely(spans []span, once bool) []span {
	if !once || len(spans) < 2 {
		return spans
	}
	return spans[len(spans)-1:]
}

func weigh(spans []span, title int) int {
	sum := 0
	for _, s := range spans {
		if s.from < bodyStart {
			sum += title
		} else {
			sum++
		}
	}
	return sum
}

// score returns what a term adds to the score of a record.
func (e *evaluation) score(t *term, r *record) float64 {
	tf := t.frequency(r, e.ranking.Title, e.once)
	return t.weight * e.ranking.TermScore(float64(tf), float64(r.length), e.average)
}
