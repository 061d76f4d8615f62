package bleve

import (
	"slices"
	"sort"
)

// locatedSpan finds a clause of variants, as spanNode does in the index.
type locatedSpan struct {
	name     string
	variants []locatedVariant
}

type locatedVariant struct {
	e      *evaluation
	places []*occurrences
	slop   int
}

// stretch is a span with the bytes it covers.
type stretch struct {
	span
	start, end int
}

func (p *locatedSpan) label() string { return p.name }

func (p *locatedSpan) stretches() ([]stretch, error) {
	var all []stretch
	for _, v := range p.variants {
		spans, err := v.spans()
		if err != nil {
			return nil, err
		}
		places := v.distinct()
		for _, s := range spans {
			if err := v.e.spend(len(places)); err != nil {
				return nil, err
			}
			start, end := bytesOf(places, s)
			all = append(all, stretch{s, start, end})
		}
	}
	return all, nil
}

func (v *locatedVariant) spans() ([]span, error) {
	at := make([][]uint32, len(v.places))
	known := make(map[*occurrences][]uint32, len(v.places))
	for k, o := range v.places {
		if len(o.at) == 0 {
			return nil, nil
		}
		positions, ok := known[o]
		if !ok {
			for _, one := range o.at {
				positions = append(positions, one.position)
			}
			known[o] = positions
		}
		at[k] = positions
	}
	return v.e.match(nil, at, v.slop)
}

// distinct returns the occurrences of the places, each once.
func (v *locatedVariant) distinct() []*occurrences {
	var once []*occurrences
	seen := make(map[*occurrences]bool, len(v.places))
	for _, o := range v.places {
		if !seen[o] {
			seen[o] = true
			once = append(once, o)
		}
	}
	return once
}

// bytesOf returns the bytes that a span covers whose ends are among places.
func bytesOf(places []*occurrences, s span) (start, end int) {
	start = -1
	for _, o := range places {
		if one, ok := o.find(s.from); ok && (start < 0 || one.start < start) {
			start = one.start
		}
		if one, ok := o.find(s.to); ok && one.end > end {
			end = one.end
		}
	}
	return max(start, 0), end
}

// find returns the occurrence at a position.
func (o *occurrences) find(position uint32) (occurrence, bool) {
	i := sort.Search(len(o.at), func(i int) bool { return o.at[i].position >= position })
	if i < len(o.at) && o.at[i].position == position {
		return o.at[i], true
	}
	return occurrence{}, false
}

// spansOf returns the spans of stretches in rising order, each once.
func spansOf(list []stretch) []span {
	spans := make([]span, len(list))
	for i, s := range list {
		spans[i] = s.span
	}
	slices.SortFunc(spans, span.compare)
	return slices.Compact(spans)
}

// locatedNear finds two clauses side by side, as nearNode does in the index.
// Both are shown.
type locatedNear struct {
	name        string
	left, right *locatedSpan
	distance    uint32
}

func (n *locatedNear) label() string { return n.name }

func (n *locatedNear) stretches() ([]stretch, error) {
	left, err := n.left.stretches()
	if err != nil {
		return nil, err
	}
	right, err := n.right.stretches()
	if err != nil {
		return nil, err
	}
	inLeft, inRight := map[span]bool{}, map[span]bool{}
	for _, pair := range near(nil, spansOf(left), spansOf(right), n.distance) {
		inLeft[pair[0]], inRight[pair[1]] = true, true
	}
	keep := func(list []stretch, in map[span]bool) []stretch {
		return slices.DeleteFunc(list, func(s stretch) bool { return !in[s.span] })
	}
	return append(keep(left, inLeft), keep(right, inRight)...), nil
}
