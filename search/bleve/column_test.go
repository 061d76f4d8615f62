package bleve

import (
	"fmt"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"
)

// TestColumnsKeepEverySet compares all forms of a column with the sets of
// ordinals it was built from.
func TestColumnsKeepEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values, sets, holders, perRecord := drawSets(t)
		plain := &column{values: make([]string, values)}
		plain.fill(holders, slices.Clone(perRecord), true)
		columns := []*column{plain}
		for layers := 1; layers <= 2; layers++ {
			columns = append(columns, &column{values: plain.values, packed: packOrdinals(holders, perRecord, layers)})
		}
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

// drawSets draws the ordinals of records, and what a column is built from.
func drawSets(t *rapid.T) (values int, sets [][]uint32, holders []*roaring.Bitmap, perRecord []uint32) {
	values = rapid.IntRange(1, 12).Draw(t, "values")
	set := rapid.SliceOfNDistinct(rapid.Uint32Range(1, uint32(values)), 0, min(values, 11), rapid.ID[uint32])
	sets = rapid.SliceOfN(set, 1, 60).Draw(t, "sets")
	if rapid.Bool().Draw(t, "alike") { // few different sets
		for i := range sets {
			sets[i] = sets[i%min(len(sets), 3)]
		}
	}
	holders = make([]*roaring.Bitmap, values)
	for i := range holders {
		holders[i] = roaring.New()
	}
	perRecord = make([]uint32, len(sets)+1)
	for r := range sets {
		sets[r] = slices.Sorted(slices.Values(sets[r]))
		perRecord[r] = uint32(len(sets[r]))
		for _, o := range sets[r] {
			holders[o-1].Add(uint32(r))
		}
	}
	return values, sets, holders, perRecord
}

// TestColumnsAreSmall holds the tables of columns, in the form that is chosen,
// against four bytes per record and per value.
func TestColumnsAreSmall(t *testing.T) {
	forms := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		_, sets, holders, perRecord := drawSets(t)
		total, multiple := 0, false
		for _, set := range sets {
			total += len(set)
			multiple = multiple || len(set) > 1
		}
		c := &column{values: make([]string, len(holders))}
		c.choose(holders, perRecord, multiple)
		if got, most := bytesOfColumn(c), 4*(len(sets)+2)+4*total; got > most {
			t.Fatalf("%d bytes for %d records with %d values, at most %d are wanted: %+v", got, len(sets), total, most, c)
		}
		forms[fmt.Sprint(c.tuples != nil, c.packed != nil, c.packed != nil && c.packed.second != nil, c.offsets != nil)] = true
	})
	if len(forms) < 4 {
		t.Errorf("only these forms were tried: %v", forms)
	}
}
