package bleve

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"
)

// TestColumnsKeepEverySet compares all forms of a column with the sets of
// ordinals it was built from.
func TestColumnsKeepEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.IntRange(1, 12).Draw(t, "values")
		set := rapid.SliceOfNDistinct(rapid.Uint32Range(1, uint32(values)), 0, min(values, 6), rapid.ID[uint32])
		sets := rapid.SliceOfN(set, 1, 60).Draw(t, "sets")
		if rapid.Bool().Draw(t, "alike") { // few different sets
			for i := range sets {
				sets[i] = sets[i%min(len(sets), 3)]
			}
		}
		holders := make([]*roaring.Bitmap, values)
		for i := range holders {
			holders[i] = roaring.New()
		}
		perRecord := make([]uint32, len(sets)+1)
		for r := range sets {
			sets[r] = slices.Sorted(slices.Values(sets[r]))
			perRecord[r] = uint32(len(sets[r]))
			for _, o := range sets[r] {
				holders[o-1].Add(uint32(r))
			}
		}
		plain := &column{values: make([]string, values)}
		packed := &column{values: plain.values, packed: packOrdinals(holders, perRecord)}
		plain.fill(holders, slices.Clone(perRecord), true)
		columns := []*column{plain, packed}
		if tuples := newTuples(plain.offsets, plain.narrow); tuples != nil {
			columns = append(columns, &column{values: plain.values, tuples: tuples})
		}
		records := slices.Sorted(slices.Values(rapid.SliceOfDistinct(rapid.Uint32Range(0, uint32(len(sets)-1)), rapid.ID[uint32]).Draw(t, "records")))
		chosen := rapid.SliceOfN(rapid.Bool(), values+1, values+1).Draw(t, "chosen")
		counts, picked := make([]uint32, values+1), []uint32{}
		for _, r := range records {
			if len(sets[r]) == 0 {
				counts[0]++
			}
			for _, o := range sets[r] {
				counts[o]++
			}
			if len(sets[r]) == 0 && chosen[0] || slices.ContainsFunc(sets[r], func(o uint32) bool { return chosen[o] }) {
				picked = append(picked, r)
			}
		}
		for i, c := range columns {
			got := make([]uint32, values+1)
			if c.count(records, got); !slices.Equal(got, counts) {
				t.Fatalf("form %d counts %v, want %v", i, got, counts)
			}
			if got := c.pick(records, chosen); !slices.Equal(got, picked) {
				t.Fatalf("form %d picks %v, want %v", i, got, picked)
			}
			for _, r := range records {
				if got := c.of(nil, r); !slices.Equal(got, sets[r]) {
					t.Fatalf("form %d has %v for record %d, want %v", i, got, r, sets[r])
				}
			}
		}
	})
}
