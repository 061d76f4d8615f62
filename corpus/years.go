package corpus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The years that a text can speak of. Four digits outside are numbers.
const (
	firstYear = 1800
	lastYear  = 2099
)

// yearFinder finds the years and decades that title and body speak of. A year
// is a number of four digits from 1900 to 2099 where nothing around it says
// that it counts, numbers or measures something else; earlier ones, from 1800,
// need a word before them that introduces a year. Ranges of up to ten years
// stand for every year in them, longer ones for their first and last year and
// their decades.
type yearFinder struct {
	list   *wordList
	found  map[string]*found
	offset int
	title  bool
	// numbered is the last word that numbers something: "1970" in
	// "resolutions 1970 and 1973".
	numbered int
	series   map[string]bool // words that number texts, beside those in numbered
}

func searchYears(series map[string]bool) *yearFinder {
	return &yearFinder{found: map[string]*found{}, series: series}
}

// read finds the years in a piece of text.
func (y *yearFinder) read(l *wordList, offset int, title bool) {
	y.list, y.offset, y.title, y.numbered = l, offset, title, -1
	for i := range l.words {
		y.word(i)
	}
}

// tags returns a tag for each year and decade, in order.
func (y *yearFinder) tags() []Tag {
	var tags []Tag
	for value, f := range y.found {
		tags = append(tags, f.tag(value))
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Value, b.Value) })
	return tags
}

// add counts a year or decade whose words are i to j.
func (y *yearFinder) add(value string, i, j int) {
	f := y.found[value]
	if f == nil {
		f = &found{}
		y.found[value] = f
	}
	f.add(y.list, i, j, y.offset, y.title)
}

// word looks at word i.
func (y *yearFinder) word(i int) {
	w := y.list.fold(i)
	if len(w) < 3 || len(w) > 9 || !digitByte(w[0]) && w[len(w)-1] != 's' && w[0] != 'f' {
		return
	}
	if decade, ok := decadeNames[string(w)]; ok {
		// "the early nineties"; "nineties" of a temperature are not written so.
		if before := y.before(i); before == "the" || before == "early" || before == "mid" || before == "late" {
			y.add(decade, i, i)
		}
		return
	}
	if len(w) == 3 && w[0] >= '3' && digitByte(w[0]) && w[1] == '0' && w[2] == 's' && i > 0 && apostrophe(y.gapBefore(i)) {
		y.add("19"+string(w), i, i) // ’90s
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
		y.span(i)
	}
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

// gapBefore returns what stands between word i and the one before it.
func (y *yearFinder) gapBefore(i int) string { return y.gapAfter(i - 1) }

// apostrophe reports a gap that ends with an apostrophe.
func apostrophe(gap string) bool {
	return strings.HasSuffix(gap, "'") || strings.HasSuffix(gap, "’") || strings.HasSuffix(gap, "‘")
}

// gapAfter returns what stands between word i and the next one, with one space
// for every run of white space.
func (y *yearFinder) gapAfter(i int) string {
	if i < 0 || i+1 >= len(y.list.words) {
		return ""
	}
	gap := y.list.text[y.list.words[i].end:y.list.words[i+1].start]
	if len(gap) <= 1 && gap != "\n" && gap != "\t" {
		return gap
	}
	var b strings.Builder
	space := false
	for _, r := range gap {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		b.WriteRune(r)
		space = false
	}
	return b.String()
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
