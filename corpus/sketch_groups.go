package corpus

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
)

// mostCompared bounds how many documents each is compared with of those that
// agree in a band. The work would else grow with the square of a family of
// forms. Copies and texts of one day stand beside each other, so that only
// families of more than this many nearly identical texts can be cut in two.
const mostCompared = 512

// SameGroups puts documents made of the same bytes into groups. It returns the
// group of each, counted from 1, and 0 for a document that has no copy. The
// error is that of ctx, soon after that is done.
func SameGroups(ctx context.Context, list []Likeness) ([]uint32, error) {
	g := newGroups(len(list))
	if err := g.joinSame(ctx, list); err != nil {
		return nil, err
	}
	return g.numbers(), nil
}

// NearGroups puts documents that are near to each other, or to one that both
// are near to, and so on, into groups, as Likeness.Near says. It returns the
// group of each, counted from 1, and 0 for a document that is near to none. The
// error is that of ctx, soon after that is done.
//
// Two sketches that are near differ in at most seven of their minima, so of
// eight bands of eight minima at least one is the same in both. Only documents
// that share a band are compared.
func NearGroups(ctx context.Context, list []Likeness) ([]uint32, error) {
	g := newGroups(len(list))
	if err := g.joinSame(ctx, list); err != nil {
		return nil, err
	}
	sketched := make([]uint32, 0, len(list))
	for i := range list {
		if list[i].Sketch != (Sketch{}) {
			sketched = append(sketched, uint32(i))
		}
	}
	for band := range sketchMinima - nearMinima + 1 {
		if err := g.joinBand(ctx, list, sketched, band); err != nil {
			return nil, err
		}
	}
	return g.numbers(), nil
}

// bandBytes is the width of a band: eight minima of four bits.
const bandBytes = sketchMinima / 2 / (sketchMinima - nearMinima + 1)

func (s *Sketch) band(i int) uint32 { return binary.BigEndian.Uint32(s[i*bandBytes:]) }

// unasked is how many documents are looked at between looks at the deadline:
// some hundreds of microseconds.
const unasked = 4096

// joinBand joins what is near among the documents that share a band.
func (g *groups) joinBand(ctx context.Context, list []Likeness, sketched []uint32, band int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	keys := make([]uint64, len(sketched))
	for i, n := range sketched {
		keys[i] = uint64(list[n].Sketch.band(band))<<32 | uint64(n)
	}
	slices.Sort(keys)
	var sharing []uint32
	for i, looked := 0, 0; i < len(keys); i += len(sharing) {
		if i >= looked {
			if err := ctx.Err(); err != nil {
				return err
			}
			looked += unasked
		}
		sharing = sharing[:0]
		for _, k := range keys[i:] {
			if k>>32 != keys[i]>>32 {
				break
			}
			sharing = append(sharing, uint32(k))
		}
		if len(sharing) > 1 {
			if err := g.joinSharing(ctx, list, sharing); err != nil {
				return err
			}
		}
	}
	return nil
}

// joinSharing joins what is near among documents.
func (g *groups) joinSharing(ctx context.Context, list []Likeness, sharing []uint32) error {
	if len(sharing) > mostCompared {
		slices.SortFunc(sharing, func(a, b uint32) int {
			x, y := &list[a], &list[b]
			return cmp.Or(cmp.Compare(x.Published.Start(), y.Published.Start()), bytes.Compare(x.Sketch[:], y.Sketch[:]))
		})
	}
	for i, a := range sharing {
		if i%64 == 63 { // each is compared with hundreds
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, b := range sharing[i+1 : min(i+1+mostCompared, len(sharing))] {
			if g.root(a) != g.root(b) && list[a].Near(&list[b]) {
				g.join(a, b)
			}
		}
	}
	return nil
}

// groups are disjoint sets of documents: each points to one of its set, the
// root to itself.
type groups struct{ parent []uint32 }

func newGroups(n int) *groups {
	g := &groups{parent: make([]uint32, n)}
	for i := range g.parent {
		g.parent[i] = uint32(i)
	}
	return g
}

func (g *groups) root(i uint32) uint32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// join makes one set of two. The root is the first of its documents.
func (g *groups) join(a, b uint32) {
	a, b = g.root(a), g.root(b)
	g.parent[max(a, b)] = min(a, b)
}

func (g *groups) joinSame(ctx context.Context, list []Likeness) error {
	first := make(map[[16]byte]uint32, len(list))
	for i := range list {
		if i%unasked == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		digest := list[i].Digest
		if digest == [16]byte{} {
			continue
		}
		if j, ok := first[digest]; ok {
			g.join(uint32(i), j)
		} else {
			first[digest] = uint32(i)
		}
	}
	return nil
}

// numbers returns the number of the set of each document, 0 for sets of one.
func (g *groups) numbers() []uint32 {
	size := make([]uint32, len(g.parent))
	for i := range g.parent {
		size[g.root(uint32(i))]++
	}
	numbers := make([]uint32, len(g.parent))
	next := uint32(0)
	for i := range g.parent {
		root := g.root(uint32(i))
		switch {
		case size[root] == 1:
		case root == uint32(i):
			next++
			numbers[i] = next
		default:
			numbers[i] = numbers[root]
		}
	}
	return numbers
}
