package bleve

import (
	"cmp"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// span is a stretch of positions, both inclusive.
type span struct{ from, to uint32 }

func (s span) compare(o span) int {
	return cmp.Or(cmp.Compare(s.from, o.from), cmp.Compare(s.to, o.to))
}

// spanSource yields where something stands in records, asked in rising order.
type spanSource interface {
	in(to []span, record uint32) ([]span, error)
}

// phraseSource finds a phrase by the positions of its places.
type phraseSource struct {
	e      *evaluation
	slop   int
	places []positionSource // nil for a place whose words an earlier one has
	same   []int            // the first place with the words of each
	at     [][]uint32       // positions by place
}

// positionSource yields the positions of a place in records, asked in rising
// order: each once, in rising order.
type positionSource interface {
	in(to []uint32, record uint32) ([]uint32, error)
}

// walk returns where a variant stands in records, which all hold its places.
func (vs *variantSegment) walk(e *evaluation, v variant, records *roaring.Bitmap) *phraseSource {
	p := &phraseSource{
		e: e, slop: v.slop, places: make([]positionSource, len(v.places)),
		same: make([]int, len(v.places)), at: make([][]uint32, len(v.places)),
	}
	first := make(map[string]int, len(v.places))
	for k, place := range vs.places {
		key := v.places[k].key()
		if j, ok := first[key]; ok {
			p.same[k] = j
			continue
		}
		first[key], p.same[k] = k, k
		p.places[k] = place.positions(records)
	}
	return p
}

func (p *phraseSource) in(to []span, record uint32) ([]span, error) {
	for k, place := range p.places {
		if place == nil {
			p.at[k] = p.at[p.same[k]]
			continue
		}
		var err error
		if p.at[k], err = place.in(p.at[k][:0], record); err != nil || len(p.at[k]) == 0 {
			return to, err
		}
		if err := p.e.spend(len(p.at[k])); err != nil {
			return to, err
		}
	}
	return p.e.match(to, p.at, p.slop)
}

// match appends where the places, given by their positions in rising order,
// stand side by side, or with at most slop moves of a place by one position.
func (e *evaluation) match(to []span, at [][]uint32, slop int) ([]span, error) {
	switch {
	case len(at) == 1:
		for _, p := range at[0] {
			to = append(to, span{p, p})
		}
		return to, nil
	case slop > 0:
		return e.matchSloppy(to, at, slop)
	}
	next := make([]int, 0, 16)
	for range at {
		next = append(next, 0)
	}
	last := uint32(len(at) - 1)
	steps := 0
candidates:
	for _, p := range at[0] {
		if steps >= stepsAtOnce {
			if err := e.spend(steps); err != nil {
				return to, err
			}
			steps = 0
		}
		for k := 1; k < len(at); k++ {
			steps++
			want := p + uint32(k)
			for next[k] < len(at[k]) && at[k][next[k]] < want {
				next[k]++
			}
			if next[k] == len(at[k]) {
				return to, e.spend(steps)
			}
			if at[k][next[k]] != want {
				continue candidates
			}
		}
		to = append(to, span{p, p + last}) // between title and body no word stands
	}
	return to, e.spend(steps)
}

// matchSloppy tries every start that puts some place exactly where it is. For
// a start, each place is best taken nearest to where it should be, and the
// moves are the sum of the distances; the best start of all puts the median
// place exactly, so none is missed. Places are different words of the text.
func (e *evaluation) matchSloppy(to []span, at [][]uint32, slop int) ([]span, error) {
	var starts []int
	for k, positions := range at {
		if err := e.spend(len(positions) * startSteps); err != nil {
			return to, err
		}
		for _, p := range positions {
			starts = append(starts, int(p)-k)
		}
	}
	slices.Sort(starts)
	first := len(to)
	chosen := make([]uint32, len(at))
	for _, start := range slices.Compact(starts) {
		if err := e.spend(len(at)); err != nil {
			return to, err
		}
		if moves(at, start, slop, chosen) > slop {
			continue
		}
		if err := e.spend(len(at) * len(at) / 2); err != nil {
			return to, err
		}
		if !distinct(chosen) {
			continue
		}
		s := span{slices.Min(chosen), slices.Max(chosen)}
		if sameZone(s.from, s.to) {
			to = append(to, s)
		}
	}
	slices.SortFunc(to[first:], span.compare)
	return append(to[:first], slices.Compact(to[first:])...), nil
}

// moves returns how far the places stand from a phrase that begins at start,
// and puts the positions nearest to it into chosen. It gives up beyond slop.
func moves(at [][]uint32, start, slop int, chosen []uint32) int {
	sum := 0
	for k, positions := range at {
		want := start + k
		i := sort.Search(len(positions), func(i int) bool { return int(positions[i]) >= want })
		distance := slop + 1
		if i < len(positions) {
			distance, chosen[k] = int(positions[i])-want, positions[i]
		}
		if i > 0 && want-int(positions[i-1]) < distance {
			distance, chosen[k] = want-int(positions[i-1]), positions[i-1]
		}
		if sum += distance; sum > slop {
			return sum
		}
	}
	return sum
}

func distinct(positions []uint32) bool {
	for i, p := range positions {
		if slices.Contains(positions[:i], p) {
			return false
		}
	}
	return true
}
