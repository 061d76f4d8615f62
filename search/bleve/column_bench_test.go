package bleve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// BenchmarkCount counts the values of one record in seven, as a common word
// has, in columns of several sizes and forms. It reports nanoseconds per hit.
func BenchmarkCount(b *testing.B) {
	for _, n := range []int{100_000, 300_000, 1_000_000} {
		for _, kind := range []string{"partner", "year", "topic"} {
			holders, perRecord := benchmarkSets(kind, n)
			var hits []uint32
			r := rand.New(rand.NewPCG(2, 2))
			for i := range n {
				if r.IntN(7) == 0 {
					hits = append(hits, uint32(i))
				}
			}
			for form, c := range columnForms(holders, perRecord) {
				b.Run(fmt.Sprintf("%s/%d/%s", kind, n, form), func(b *testing.B) {
					counts := make([]uint32, len(c.values)+1)
					b.ReportAllocs()
					for b.Loop() {
						c.count(hits, counts)
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(hits)), "ns/hit")
					b.ReportMetric(float64(bytesOfColumn(c))/float64(n), "bytes/record")
				})
			}
		}
	}
}

// benchmarkSets draws sets as the synthetic corpus of rapport bench has them:
// up to three partners, four years, or four topics with their groups.
func benchmarkSets(kind string, n int) (holders []*roaring.Bitmap, perRecord []uint32) {
	r := rand.New(rand.NewPCG(1, 1))
	skewed := func(n int) uint32 { x := r.Float64(); return uint32(float64(n) * x * x) }
	values := map[string]int{"partner": 38, "year": 110, "topic": 50}[kind]
	holders = make([]*roaring.Bitmap, values)
	for i := range holders {
		holders[i] = roaring.New()
	}
	perRecord = make([]uint32, n+1)
	for i := range n {
		var set []uint32
		switch kind {
		case "partner":
			if r.IntN(7) > 0 {
				for range 1 + skewed(3) {
					set = append(set, skewed(38))
				}
			}
		case "year":
			year := skewed(80)
			for range r.IntN(5) {
				set = append(set, year+skewed(30))
			}
		case "topic":
			for range skewed(5) {
				t := skewed(40)
				set = append(set, t, 40+t/4)
			}
		}
		slices.Sort(set)
		set = slices.Compact(set)
		perRecord[i] = uint32(len(set))
		for _, v := range set {
			holders[v].Add(uint32(i))
		}
	}
	return holders, perRecord
}

// columnForms returns the forms in which a column can be kept.
func columnForms(holders []*roaring.Bitmap, perRecord []uint32) map[string]*column {
	plain := &column{values: make([]string, len(holders))}
	plain.fill(holders, slices.Clone(perRecord), true)
	forms := map[string]*column{"offsets": plain}
	if layers := layersOf(len(holders), perRecord); layers > 0 {
		forms["packed"] = &column{values: plain.values, packed: packOrdinals(holders, perRecord, layers)}
	}
	if t := newTuples(plain.offsets, plain.narrow); t != nil {
		forms["tuples"] = &column{values: plain.values, tuples: t}
	}
	return forms
}

// bytesOfColumn returns the size of the tables of a column.
func bytesOfColumn(c *column) int {
	n := 4*len(c.offsets) + len(c.narrow) + 2*len(c.middle) + 4*len(c.wide)
	if p := c.packed; p != nil {
		n += 4*len(p.first) + 4*len(p.second) + 4*len(p.offsets) + len(p.members)
	}
	if t := c.tuples; t != nil {
		n += 2*len(t.of) + 4*len(t.offsets) + len(t.members)
	}
	return n
}
