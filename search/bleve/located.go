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
	places []*occurrences
	slop   int
}

func (p *locatedSpan) label() string { return p.name }

func (p *locatedSpan) spans() [][]span {
	all := make([][]span, 0, len(p.variants))
	for _, v := range p.variants {
		all = append(all, v.spans())
	}
	return all
}

func (v *locatedVariant) spans() []span {
	at := make([][]uint32, len(v.places))
	for k, o := range v.places {
		if len(o.at) == 0 {
			return nil
		}
		at[k] = make([]uint32, len(o.at))
		for i, one := range o.at {
			at[k][i] = one.position
		}
	}
	return match(nil, at, v.slop)
}

// bytes returns the bytes that a span covers.
func (p *locatedSpan) bytes(s span) (start, end int) {
	start = -1
	for _, v := range p.variants {
		for _, o := range v.places {
			if one, ok := o.find(s.from); ok && (start < 0 || one.start < start) {
				start = one.start
			}
			if one, ok := o.find(s.to); ok && one.end > end {
				end = one.end
			}
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

// merged returns the spans of all variants as one list.
func (p *locatedSpan) merged() []span {
	all := slices.Concat(p.spans()...)
	slices.SortFunc(all, span.compare)
	return slices.Compact(all)
}

// locatedNear finds two clauses side by side, as nearNode does in the index.
// Both are shown.
type locatedNear struct {
	name        string
	left, right *locatedSpan
	distance    uint32
}

func (n *locatedNear) label() string { return n.name }

func (n *locatedNear) spans() [][]span {
	var all []span
	for _, pair := range near(n.left.merged(), n.right.merged(), n.distance) {
		all = append(all, pair[0], pair[1])
	}
	slices.SortFunc(all, span.compare)
	return [][]span{slices.Compact(all)}
}

func (n *locatedNear) bytes(s span) (start, end int) {
	for _, side := range []*locatedSpan{n.left, n.right} {
		if slices.Contains(side.merged(), s) {
			return side.bytes(s)
		}
	}
	return 0, 0
}
