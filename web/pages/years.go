package pages

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// YearsView is the year facet: a histogram, two boxes for a range, and the
// same counts as a list.
type YearsView struct {
	Field    string
	From, To string // of the selected range
	Min, Max int    // years there are
	Bars     []BarView
	Ticks    []TickView
	Width    int
	Title    string
	Peak     string      // where the tallest bar stands, and its count
	List     []ValueView // years and decades, latest first
	Extra    []Param     // selected single values
}

// BarView is a bar of the histogram.
type BarView struct {
	X, Width  int
	Y, Height string
	On        bool
}

// TickView is a year below the axis.
type TickView struct {
	X      int
	Anchor string // start, middle or end: which end of the text is at X
	Text   string
}

const (
	barsHeight = 44 // of the tallest bar, in units of the drawing
	barsTop    = 2
	mostBars   = 74
)

func yearsView(here Address, f search.Facet) *YearsView {
	v := &YearsView{Field: f.Field}
	for _, value := range here.Params[f.Field] {
		if from, to, isRange := strings.Cut(value, ".."); isRange && v.From == "" && v.To == "" {
			v.From, v.To = from, to
		} else if value != corpus.None {
			v.Extra = append(v.Extra, Param{f.Field, value})
		}
	}
	counts := map[int]int{}
	var single []search.FacetValue
	for _, value := range f.Values {
		if value.Value == corpus.None {
			continue
		}
		single = append(single, value)
		if year, err := strconv.Atoi(value.Value); err == nil && year > 0 {
			counts[year] = value.Count
		}
	}
	slices.SortFunc(single, func(a, b search.FacetValue) int { return strings.Compare(b.Value, a.Value) })
	for _, value := range single {
		v.List = append(v.List, NewValue(here, f.Field, value))
	}
	v.draw(here, counts)
	return v
}

// draw makes the bars: one for each year when they fit, else one for several
// years side by side.
func (v *YearsView) draw(here Address, counts map[int]int) {
	if len(counts) == 0 {
		return
	}
	first, last := 9999, 0
	for year := range counts {
		first, last = min(first, year), max(last, year)
	}
	v.Min, v.Max = first, last
	step := 1
	for (last-first)/step+1 > mostBars {
		step = map[int]int{1: 2, 2: 5, 5: 10, 10: 20, 20: 50, 50: 100, 100: 1000}[step]
		if step == 0 {
			return
		}
	}
	start := first - first%step
	bars := (last-start)/step + 1
	sums := make([]int, bars)
	most, peak, peaks := 0, 0, 0
	for year, n := range counts {
		sums[(year-start)/step] += n
	}
	for i, n := range sums {
		switch {
		case n > most:
			most, peak, peaks = n, i, 1
		case n == most:
			peaks++
		}
	}
	width := min(30, max(3, 222/bars))
	v.Width = max(222, bars*width)
	for i, n := range sums {
		if n == 0 {
			continue
		}
		year := start + i*step
		height := max(1.5, float64(barsHeight)*float64(n)/float64(most))
		v.Bars = append(v.Bars, BarView{
			X: i * width, Width: width - 1,
			Y: fmt.Sprintf("%.1f", barsTop+barsHeight-height), Height: fmt.Sprintf("%.1f", height),
			On: v.inside(year, year+step-1),
		})
	}
	v.tick(start, step, bars, width)
	v.Peak = "Most in " + span(start+peak*step, step)
	switch {
	case step == 1 && peaks > 1:
		v.Peak = "Most: " + Number(most) + ", in " + Number(peaks) + " years"
	case step == 1: // records that speak of several years make a sum of years no number of records
		v.Peak += ": " + Number(most)
	}
	v.Title = fmt.Sprintf("%d to %d. %s.", first, last, v.Peak)
}

// tick writes years below the axis: the first, the last, and round ones
// between them, far enough apart to be read.
func (v *YearsView) tick(start, step, bars, width int) {
	const label, apart = 24, 36 // a year is so wide, and ticks are so far apart
	end := bars * width
	v.Ticks = append(v.Ticks, TickView{0, "start", strconv.Itoa(v.Min)})
	for _, every := range []int{1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000} {
		if every/step*width < apart {
			continue
		}
		for year := start + (every-start%every)%every; year <= v.Max; year += every {
			if x := (year-start)/step*width + width/2; x >= label+apart/2 && x <= end-label-apart/2 {
				v.Ticks = append(v.Ticks, TickView{x, "middle", strconv.Itoa(year)})
			}
		}
		break
	}
	if v.Max > v.Min {
		v.Ticks = append(v.Ticks, TickView{end, "end", strconv.Itoa(v.Max)})
	}
}

func (v *YearsView) inside(first, last int) bool {
	from, to := 0, 9999
	if n, err := strconv.Atoi(v.From); err == nil {
		from = n
	}
	if n, err := strconv.Atoi(v.To); err == nil {
		to = n
	}
	if len(v.Extra) > 0 && v.From == "" && v.To == "" {
		return slices.ContainsFunc(v.Extra, func(p Param) bool {
			year, err := strconv.Atoi(p.Value)
			return err == nil && first <= year && year <= last
		})
	}
	return last >= from && first <= to
}

// chosen says which years are selected.
func (v *YearsView) chosen() string {
	var parts []string
	switch {
	case v.From != "" && v.To != "":
		parts = append(parts, v.From+"–"+v.To)
	case v.From != "":
		parts = append(parts, "from "+v.From)
	case v.To != "":
		parts = append(parts, "to "+v.To)
	}
	for _, p := range v.Extra {
		parts = append(parts, p.Value)
	}
	if len(parts) > 3 {
		return Number(len(parts)) + " selected"
	}
	return strings.Join(parts, ", ")
}

func span(year, step int) string {
	if step == 1 {
		return strconv.Itoa(year)
	}
	return fmt.Sprintf("%d to %d", year, year+step-1)
}
