package bleve

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rapport/search"
)

func TestTheWeightOfTitlesIsThatOfTheRanking(t *testing.T) {
	if want := search.DefaultRanking().Title; titleWeight != want {
		t.Errorf("titles weigh %d in the index and %d in the ranking", titleWeight, want)
	}
}

func TestPackedPositionsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.OneOf(rapid.Uint32Range(0, 1<<29), rapid.SampledFrom([]uint32{0, 1<<firstBits - 1, 1 << firstBits, maxPosition, maxPosition + 1}))
		distance := rapid.OneOf(rapid.Uint32Range(1, 1<<20), rapid.SampledFrom([]uint32{1, maxDistance - 1, maxDistance, maxDistance + 1}))
		positions := []uint32{first.Draw(t, "first")}
		for range rapid.SampledFrom([]int{0, 1, 1, 2, 3, 8}).Draw(t, "more") {
			positions = append(positions, positions[len(positions)-1]+distance.Draw(t, "distance"))
		}
		weight := rapid.SampledFrom([]int{len(positions), titleWeight * len(positions)}).Draw(t, "weight")
		packed, locations := pack(7, positions, weight)
		if packed == 0 || packed > recordMask {
			t.Fatalf("%d is no number of 31 bits that says something", packed)
		}
		if got := weightOf(packed); got != uint32(weight) {
			t.Fatalf("weight %d, want %d", got, weight)
		}
		var got []uint32
		if len(locations) == 0 {
			got = positionsIn(nil, packed)
		} else {
			c := rawCursor{locations: varints{data: locations}}
			got = c.located(nil)
			if c.locations.at != uint64(len(locations)) {
				t.Fatalf("read %d bytes of %d", c.locations.at, len(locations))
			}
		}
		if !slices.Equal(got, positions) {
			t.Fatalf("%v, want %v", got, positions)
		}
	})
}
