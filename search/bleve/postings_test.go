package bleve

import (
	"slices"
	"testing"

	index "github.com/blevesearch/bleve_index_api"
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
		positions := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 1<<22), 1, 9, rapid.ID[uint32]).Draw(t, "positions")
		slices.Sort(positions)
		weight := rapid.SampledFrom([]int{len(positions), titleWeight * len(positions)}).Draw(t, "weight")
		var tf index.TokenFreq
		var loc index.TokenLocation
		pack(&tf, &loc, positions, weight)
		f := uint64(tf.Frequency())
		if f == 0 {
			t.Fatal("a frequency of 0 stands for none")
		}
		if got := weightOf(f); got != uint32(weight) {
			t.Fatalf("weight %d, want %d", got, weight)
		}
		var got []uint32
		if len(tf.Locations) == 0 {
			got = unpack(nil, f)
		} else {
			l := tf.Locations[0]
			got = append(got, uint32(l.Position))
			for _, d := range append([]uint64{uint64(l.Start), uint64(l.End)}, l.ArrayPositions...) {
				if d > 0 {
					got = append(got, got[len(got)-1]+uint32(d))
				}
			}
		}
		if !slices.Equal(got, positions) {
			t.Fatalf("%v, want %v", got, positions)
		}
	})
}
