package corpus

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Bounds for telling a quotation by its words without their numbers.
const (
	// fixedWords and fixedLetters are how many words and letters beside its
	// numbers a quotation has at least: "571 hectares" is any number of hectares.
	fixedWords   = 3
	fixedLetters = 16
	// mostPlaces is how often its longest piece may stand in the text. What is
	// common proves no place.
	mostPlaces = 200
	// longestNumber is how many bytes a number takes at most where a quotation is
	// looked for.
	longestNumber = 60
)

// numberForm is the regular expression of a number in folded text: digits or
// words, with what separates its groups and the word of magnitude after it.
var numberForm = sync.OnceValue(func() string {
	var apart, glued []string
	for _, m := range magnitudes {
		if glued = append(glued, m.word); len(m.word) > 1 {
			apart = append(apart, m.word)
		}
	}
	spelled := strings.Join(slices.Sorted(maps.Keys(smallNumbers)), "|")
	return `(?:\d+(?:[.,' ]?\d+)*(?:(?:` + strings.Join(glued, "|") + `)\b)?|\b(?i:` + spelled + `)(?:-(?i:` + spelled + `))?\b)` +
		`(?:[ -](?i:` + strings.Join(apart, "|") + `)\b)?`
})

var numberPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(numberForm()) })

// renumbered returns the folded bytes that differ from the quotation in their
// numbers alone, if there is exactly one such place and enough words beside the
// numbers to prove it; else the zero span.
func (a *Anchorer) renumbered(q quotation) span {
	pieces := numberPattern().Split(q.exact, -1)
	fixed := strings.FieldsFunc(strings.Join(pieces, " "), func(r rune) bool { return !wordRune(r) })
	if len(pieces) < 2 || len(fixed) < fixedWords || len(strings.Join(fixed, "")) < fixedLetters {
		return span{}
	}
	longest := slices.MaxFunc(pieces, func(x, y string) int { return len(x) - len(y) })
	places := a.find(longest)
	if len(longest) < shortContext || len(places) > mostPlaces {
		return span{}
	}
	quoted := make([]string, len(pieces))
	for i, piece := range pieces {
		quoted[i] = regexp.QuoteMeta(piece)
	}
	form, err := regexp.Compile(strings.Join(quoted, numberForm()))
	if err != nil { // a quotation that is not UTF-8
		return span{}
	}
	reach := len(q.exact) + longestNumber*len(pieces)
	found := span{}
	for _, at := range places {
		from, to := max(0, at-reach), min(len(a.folded.text), at+reach)
		for _, m := range form.FindAllStringIndex(a.folded.text[from:to], -1) {
			here := span{from + m[0], from + m[1]}
			if here == found || !a.edges(q, here.start, here.end) {
				continue
			}
			if found != (span{}) {
				return span{}
			}
			found = here
		}
	}
	return found
}
