package rules

import (
	"strings"

	"rapport/corpus"
)

// yearAt reads a year that stands alone.
func (d *dateScanner) yearAt(i int) (DateSpan, bool) {
	at := i
	switch d.word(at) {
	case "early", "late", "spring", "summer", "autumn", "winter", "fall":
		at++
	}
	w := strings.TrimPrefix(d.word(at), "mid-")
	y := number(w)
	if len(w) != 4 || !plausible(y) || d.distractor(at) {
		return DateSpan{}, false
	}
	if at == i && len(w) == len(d.word(at)) && !d.yearFollows(at) && !d.namedEvent(at) {
		return DateSpan{}, false
	}
	return DateSpan{Date: years(y, y), to: at + 1}, true
}

// yearWords are the words after which four digits are a year.
var yearWords = map[string]bool{
	"in": true, "since": true, "by": true, "until": true, "till": true, "through": true, "during": true, "from": true,
	"before": true, "after": true, "of": true, "year": true, "throughout": true, "for": true, "circa": true,
	"late": true, "early": true, "mid": true, "summer": true, "spring": true, "autumn": true, "winter": true, "fall": true,
}

// yearFollows reports whether the words before token i announce a year, or
// continue a list of years.
func (d *dateScanner) yearFollows(i int) bool {
	before := d.word(i - 1)
	if yearWords[before] {
		return true
	}
	if before == "to" && d.word(i-2) == "back" || before == "(" && d.word(i+1) == ")" {
		return true
	}
	if len(d.spans) == 0 {
		return false
	}
	last := d.spans[len(d.spans)-1]
	gap := i - last.to
	return (before == "and" || before == "or" || before == ",") && gap >= 1 && gap <= 2 && last.Date.Precision() == corpus.PrecisionYear &&
		last.from >= d.first
}

// namedEvent reports whether the year is part of a name: "the 2010 Lisbon
// Summit".
func (d *dateScanner) namedEvent(i int) bool {
	before := d.word(i - 1)
	return (before == "the" || before == "’s" || before == "s") && i+1 < d.last && d.p.tokens[i+1].upper && d.p.tokens[i+1].word
}

// distractor reports whether four digits at token i are something else than a
// year: a count, a number of a document, a sum, a fiscal year.
func (d *dateScanner) distractor(i int) bool {
	next, before := d.word(i+1), d.word(i-1)
	if next == ")" && number(d.word(i+2)) >= 0 && before == "(" { // "(2005) 016"
		return true
	}
	if d.word(i-1) == "fy" || before == "year" && d.word(i-2) == "fiscal" {
		return true
	}
	if _, counts := units[next]; counts || next == "%" || number(next) >= 0 {
		return true
	}
	return len(before) > 0 && strings.ContainsAny(before, "$€£¥#") || numbered[before]
}
