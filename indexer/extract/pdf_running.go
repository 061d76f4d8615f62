package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The least number of pages, and the share of them, on which a line stands at
// the same end to be a running header or footer.
const (
	minRunningPages = 4
	runningShare    = 0.6
)

// dropRunning removes the first and the last line of pages when most pages
// have the same one but for numbers that count pages. The page on which it
// stands first keeps it, so that no word is lost. Lines whose numbers differ in
// another way, such as the last rows of tables, stay.
func dropRunning(pages [][]string) {
	for i, page := range pages {
		pages[i] = trimBlankLines(page)
	}
	if len(pages) < minRunningPages {
		return
	}
	dropEnd(pages, func(p []string) int { return 0 })
	dropEnd(pages, func(p []string) int { return len(p) - 1 })
}

// dropEnd removes running lines at the index that at gives.
func dropEnd(pages [][]string, at func([]string) int) {
	groups := map[string][]endLine{} // by what is the same on all pages
	for i, p := range pages {
		if len(p) > 1 {
			line := readEndLine(i, p[at(p)])
			groups[line.words] = append(groups[line.words], line)
		}
	}
	for words, lines := range groups {
		same := runningLines(lines)
		if len(same) < minRunningPages || float64(len(same)) < runningShare*float64(len(pages)) {
			continue
		}
		if strings.ContainsFunc(words, unicode.IsLetter) {
			same = same[1:]
		}
		for _, line := range same {
			p := pages[line.page]
			pages[line.page] = slices.Delete(slices.Clone(p), at(p), at(p)+1)
		}
	}
}

// endLine is the first or the last line of a page.
type endLine struct {
	page    int
	words   string // without digits and spaces, in lower case
	numbers []int
}

var digits = regexp.MustCompile(`\d+`)

func readEndLine(page int, line string) endLine {
	l := endLine{page: page}
	for _, n := range digits.FindAllString(line, -1) {
		number, err := strconv.Atoi(n)
		if err != nil { // too long to count anything: the line is one of its own
			return endLine{page: page, words: line}
		}
		l.numbers = append(l.numbers, number)
	}
	l.words = strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, line)
	return l
}

// runningLines returns, of lines with the same words, those whose numbers are
// each what it is on most pages, or as far from the number of the page.
func runningLines(lines []endLine) []endLine {
	places := len(lines[0].numbers)
	for _, l := range lines {
		places = min(places, len(l.numbers))
	}
	usual, usualAhead := make([]int, places), make([]int, places)
	for i := range places {
		usual[i] = mostFrequent(lines, func(l endLine) int { return l.numbers[i] })
		usualAhead[i] = mostFrequent(lines, func(l endLine) int { return l.numbers[i] - l.page })
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l endLine) bool {
		if len(l.numbers) > places {
			return true
		}
		for i, n := range l.numbers {
			if n != usual[i] && n-l.page != usualAhead[i] {
				return true
			}
		}
		return false
	})
}

// mostFrequent returns the value that most lines have, the first of several.
func mostFrequent(lines []endLine, value func(endLine) int) int {
	counts := map[int]int{}
	best := value(lines[0])
	for _, l := range lines {
		v := value(l)
		if counts[v]++; counts[v] > counts[best] {
			best = v
		}
	}
	return best
}

func trimBlankLines(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
