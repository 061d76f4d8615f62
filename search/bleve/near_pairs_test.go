package bleve

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestNearPairsAreAll compares the pairs that stand near each other with a look at
// every left beside every right, for spans of any length: forms of a word may
// be long phrases.
func TestNearPairsAreAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.Custom(func(t *rapid.T) []span {
			list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) span {
				from := rapid.Uint32Range(titleZone, titleZone+300).Draw(t, "from")
				return span{from, from + rapid.SampledFrom([]uint32{0, 0, 1, 2, 5, 90, 200}).Draw(t, "length")}
			}), 0, 8).Draw(t, "list")
			slices.SortFunc(list, span.compare)
			return slices.Compact(list)
		})
		left, right := spans.Draw(t, "left"), spans.Draw(t, "right")
		distance := rapid.SampledFrom([]uint32{0, 1, 2, 5, 50, 1 << 31, 1<<32 - 1}).Draw(t, "distance")
		if got, want := near(nil, left, right, distance), nearEach(left, right, distance); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// nearEach pairs each of the left with the last of the right that ends before
// it and the first that begins behind it.
func nearEach(left, right []span, distance uint32) (pairs [][2]span) {
	for _, l := range left {
		before, after := -1, -1
		for i, r := range right {
			if r.to < l.from && l.from-r.to <= distance {
				before = i
			}
			if r.from > l.to && r.from-l.to <= distance && after < 0 {
				after = i
			}
		}
		for _, i := range []int{before, after} {
			if i >= 0 {
				pairs = append(pairs, [2]span{l, right[i]})
			}
		}
	}
	return pairs
}
