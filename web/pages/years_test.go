package pages

import (
	"fmt"
	"net/url"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"rapport/search"
)

// TestYearsStandWhereTheyBelong compares the bars of random years with counts
// by hand: a year without records leaves a gap, and no record is lost where a
// bar stands for several years.
func TestYearsStandWhereTheyBelong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.MapOfN(rapid.IntRange(1900, rapid.SampledFrom([]int{1910, 1990, 2100}).Draw(t, "last")), rapid.IntRange(1, 50), 1, 30).Draw(t, "counts")
		f := search.Facet{Field: search.FieldYear, Values: []search.FacetValue{{Value: "1990s", Count: 70}, {Value: "none", Count: 9}}}
		first, last := 9999, 0
		for year, n := range counts {
			f.Values = append(f.Values, search.FacetValue{Value: strconv.Itoa(year), Count: n})
			first, last = min(first, year), max(last, year)
		}
		v := yearsView(Address{Path: "/search", Params: url.Values{}}, f)
		if v.Min != first || v.Max != last || len(v.List) != len(counts)+1 {
			t.Fatalf("%d to %d with %d values, want %d to %d with %d", v.Min, v.Max, len(v.List), first, last, len(counts)+1)
		}
		step := 1
		for _, s := range []int{2, 5} { // 201 years need no more
			if (last-first)/step+1 > mostBars {
				step = s
			}
		}
		sums, most := map[int]int{}, 0
		for year, n := range counts {
			slot := (year - (first - first%step)) / step
			sums[slot] += n
			most = max(most, sums[slot])
		}
		if len(v.Bars) != len(sums) {
			t.Fatalf("%d bars, want %d: %v", len(v.Bars), len(sums), counts)
		}
		for _, bar := range v.Bars {
			n, ok := sums[bar.X/(bar.Width+1)]
			if want := fmt.Sprintf("%.1f", max(1.5, barsHeight*float64(n)/float64(most))); !ok || bar.Height != want {
				t.Fatalf("the bar at %d is %s high, want %s: %v", bar.X, bar.Height, want, counts)
			}
		}
	})
}
