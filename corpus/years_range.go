package corpus

import (
	"strconv"
	"strings"
)

// span adds what lies between the year at word i and the end of a range that
// begins there: the years of a short one, the decades of a long one.
func (y *yearFinder) span(i int) {
	from, _ := strconv.Atoi(string(y.list.fold(i)))
	to, j, ok := y.rangeEnd(i, from)
	if !ok || to <= from {
		return
	}
	if to-from >= longRange {
		for _, decade := range decades(from, to) {
			y.add(decade, i, j)
		}
		return
	}
	for year := from + 1; year < to; year++ {
		y.add(yearName(year), i, j)
	}
	if len(y.list.fold(j)) == 2 { // the end is no year by itself
		y.add(yearName(to), i, j)
	}
}

// rangeEnd returns the last year of a range that begins with the year at word
// i, and its word.
func (y *yearFinder) rangeEnd(i, from int) (to, j int, ok bool) {
	j = i + 1
	gap := strings.TrimSpace(y.gapAfter(i))
	dash := gap == "-" || gap == "–" || gap == "—"
	switch after := y.after(i); {
	case after == "to", after == "through", after == "and" && y.before(i) == "between":
		j = i + 2
	case !dash && gap != "/":
		return 0, 0, false
	}
	if j >= len(y.list.words) {
		return 0, 0, false
	}
	end := y.list.fold(j)
	n, err := strconv.Atoi(string(end))
	switch {
	case err != nil:
		return 0, 0, false
	case len(end) == 4:
		return n, j, inRange(end, firstYear) && y.isYear(j)
	case len(end) != 2 || j != i+1 || y.gapAfter(j) == gap:
		return 0, 0, false // 2005-07-15 is a day
	}
	to = from - from%100 + n
	switch {
	case gap == "/":
		ok = to == from+1 // 2005/06
	case gap == "-":
		ok = n > 12 // 2005-07 is a month
	default:
		ok = true
	}
	return to, j, ok && to-from < longRange
}
