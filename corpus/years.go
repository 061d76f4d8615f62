package corpus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The years that a text can speak of. Four digits outside are numbers.
const (
	firstYear = 1800
	lastYear  = 2099
)

// tagYears returns the years and decades that title and body speak of, in
// order. A year is a number of four digits from 1900 to 2099 where nothing
// around it says that it counts, numbers or measures something else; earlier
// ones need a word before them that introduces a year. Ranges of fewer than
// ten years stand for every year in them.
func tagYears(doc *Document) []Tag {
	y := yearFinder{found: map[string]*found{}}
	eachText(doc, func(piece string, offset int, title bool) {
		y.list.read(piece)
		y.offset, y.title = offset, title
		for i := range y.list.words {
			y.word(i)
		}
	})
	tags := make([]Tag, 0, len(y.found))
	for value, f := range y.found {
		tags = append(tags, f.tag(value))
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Value, b.Value) })
	if len(tags) == 0 {
		return nil
	}
	return tags
}

// yearFinder goes through the words of a text.
type yearFinder struct {
	list   wordList
	found  map[string]*found
	offset int
	title  bool
}

// add counts a year or decade whose words are i to j.
func (y *yearFinder) add(value string, i, j int) {
	f := y.found[value]
	if f == nil {
		f = &found{}
		y.found[value] = f
	}
	f.add(y.list.span(i, j), y.offset+y.list.words[i].start, y.title)
}

// word looks at word i.
func (y *yearFinder) word(i int) {
	w := y.list.fold(i)
	if decade, ok := decadeNames[string(w)]; ok {
		// "the early nineties"; "nineties" of a temperature are not written so.
		if before := y.before(i); before == "the" || before == "early" || before == "mid" || before == "late" {
			y.add(decade, i, i)
		}
		return
	}
	if n := len(w); n == 5 && w[4] == 's' && w[3] == '0' && allDigits(w[:4]) && inRange(w[:4], firstYear) {
		y.add(string(w), i, i) // 1990s
		return
	}
	if fiscal := strings.TrimPrefix(string(w), "fy"); len(fiscal) == 4 && len(w) == 6 && allDigits([]byte(fiscal)) && inRange([]byte(fiscal), firstYear) {
		y.add(fiscal, i, i)
		return
	}
	if len(w) != 4 || !allDigits(w) || !inRange(w, firstYear) {
		return
	}
	if y.gapAfter(i) == "’" || y.gapAfter(i) == "'" {
		if y.after(i) == "s" && w[3] == '0' {
			y.add(string(w)+"s", i, i+1) // 1990's
			return
		}
	}
	if y.isYear(i) {
		y.add(string(w), i, i)
		y.fill(i)
	}
}

// fill adds the years between word i and the end of a range that begins there.
func (y *yearFinder) fill(i int) {
	j := i + 1
	if y.after(i) == "to" || y.after(i) == "and" && y.before(i) == "between" || y.after(i) == "through" {
		j = i + 2
	} else if gap := strings.TrimSpace(y.gapAfter(i)); gap != "-" && gap != "–" && gap != "—" {
		return
	}
	if j >= len(y.list.words) {
		return
	}
	end := y.list.fold(j)
	if len(end) != 4 || !allDigits(end) || !inRange(end, firstYear) || !y.isYear(j) {
		return
	}
	from, _ := strconv.Atoi(string(y.list.fold(i)))
	to, _ := strconv.Atoi(string(end))
	if to-from >= 10 {
		return
	}
	for year := from + 1; year < to; year++ {
		y.add(strconv.Itoa(year), i, j)
	}
}

// isYear decides whether the four digits at word i are a year.
func (y *yearFinder) isYear(i int) bool {
	w, text := y.list.words[i], y.list.text
	prev, next := "", ""
	if w.start > 0 {
		prev = text[:w.start]
	}
	next = text[w.end:]
	before, after := y.before(i), y.after(i)
	switch {
	case strings.HasSuffix(prev, "$") || strings.HasSuffix(prev, "€") || strings.HasSuffix(prev, "£") || strings.HasSuffix(prev, "¥"),
		strings.HasSuffix(prev, "#") || strings.HasSuffix(prev, "№") || strings.HasSuffix(prev, "@") || strings.HasSuffix(prev, "_") || strings.HasSuffix(prev, "="),
		strings.HasSuffix(prev, ",") && len(prev) > 1 && digitByte(prev[len(prev)-2]):
		return false
	case strings.HasSuffix(prev, ".") && len(prev) > 1 && digitByte(prev[len(prev)-2]):
		return dotted(prev) // 3.5.2011, not 1.2011
	case strings.HasPrefix(next, "%") || strings.HasPrefix(next, "°") || strings.HasPrefix(next, "_") || strings.HasPrefix(next, "@"),
		len(next) > 1 && (next[0] == '.' || next[0] == ',') && digitByte(next[1]):
		return false
	case len(next) > 1 && next[0] == ':' && digitByte(next[1]):
		return false
	case numbered[before] && !strings.HasSuffix(strings.TrimRight(prev, " "), "("):
		return false
	case y.clock(i), y.phone(i):
		return false
	}
	if counted[after] && !months[before] && !introduces[before] && y.gapAfter(i) == " " {
		return false
	}
	if string(y.list.fold(i)) < "1900" {
		return introduces[before] || months[before]
	}
	return true
}

// dotted reports a text that ends with a day and a month with dots: "3.5.".
func dotted(prev string) bool {
	parts := strings.Split(prev[max(0, len(prev)-6):], ".")
	return len(parts) >= 3 && len(parts[len(parts)-2]) <= 2 && len(parts[len(parts)-2]) > 0
}

// clock reports a time of day: "at 2000 hours", "2000 GMT".
func (y *yearFinder) clock(i int) bool {
	after := y.after(i)
	return after == "hrs" || after == "hours" || after == "gmt" || after == "utc" || after == "cet"
}

// phone reports four digits beside other groups of digits, as in a telephone
// number. Dates and ranges have a month, a day or a year beside them.
func (y *yearFinder) phone(i int) bool {
	group := func(j int) bool {
		if j < 0 || j >= len(y.list.words) {
			return false
		}
		w := y.list.fold(j)
		return allDigits(w) && len(w) >= 3 && (len(w) != 4 || !inRange(w, firstYear))
	}
	touches := func(gap string) bool { return gap == "-" || gap == " " || gap == "." }
	return i > 0 && group(i-1) && touches(y.gapAfter(i-1)) || group(i+1) && touches(y.gapAfter(i))
}

// before and after return the folded neighbours of word i in its sentence.
func (y *yearFinder) before(i int) string {
	if i == 0 {
		return ""
	}
	return string(y.list.fold(i - 1))
}

func (y *yearFinder) after(i int) string {
	if i+1 >= len(y.list.words) || y.list.words[i+1].apart {
		return ""
	}
	return string(y.list.fold(i + 1))
}

// gapAfter returns what stands between word i and the next one.
func (y *yearFinder) gapAfter(i int) string {
	if i+1 >= len(y.list.words) {
		return ""
	}
	return y.list.text[y.list.words[i].end:y.list.words[i+1].start]
}

func allDigits(w []byte) bool {
	for _, c := range w {
		if !digitByte(c) {
			return false
		}
	}
	return len(w) > 0
}

func digitByte(c byte) bool { return '0' <= c && c <= '9' }

func inRange(w []byte, first int) bool {
	n, err := strconv.Atoi(string(w))
	return err == nil && n >= first && n <= lastYear
}
