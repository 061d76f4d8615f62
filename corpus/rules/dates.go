package rules

import (
	"strings"

	"rapport/corpus"
)

// DateSpan is a date in a text.
type DateSpan struct {
	Start, End int // bytes
	Date       corpus.Date
	Mode       corpus.DateMode
	// Derived reports that the year is not written beside the date but taken
	// from the nearest one before it in the paragraph.
	Derived bool

	from, to int // tokens
	// sure reports that the year stands in the same sentence.
	sure bool
}

// Dates returns the dates of a text in order. Dates without a year ("in
// March") are read with the nearest year before them in their paragraph, and
// left out when there is none. A number counts as a year from 1900 to 2099
// and only where the words around it say so.
func Dates(text string) []DateSpan { return dates(read(text)) }

func dates(p *prose) []DateSpan {
	d := dateScanner{p: p}
	for s := 0; s+1 < len(p.sentences); s++ {
		d.first, d.last = p.sentences[s], p.sentences[s+1]
		if d.first < d.last && p.tokens[d.first].paragraph {
			d.year = 0
		}
		for i := d.first; i < d.last; {
			span, ok := d.at(i)
			if !ok {
				i++
				continue
			}
			i = max(span.to, i+1)
			d.add(span)
		}
	}
	return d.spans
}

// dateScanner finds dates in one sentence after the other.
type dateScanner struct {
	p           *prose
	first, last int // tokens of the sentence
	year        int // nearest year before in the paragraph, 0 for none
	yearIn      int // first token of the sentence that it stands in
	spans       []DateSpan
}

// add keeps a span: with the year of the paragraph when it has none.
func (d *dateScanner) add(s DateSpan) {
	if s.Date.From.Year == 0 && s.Date.To.Year == 0 {
		if d.year == 0 {
			return
		}
		if next := d.word(s.to); next == "this" || next == "last" || next == "next" || next == "of" && d.word(s.to+1) != "that" {
			return // "in May of this year"
		}
		s.Date.From.Year, s.Date.To.Year, s.Derived = d.year, d.year, true
		s.sure = d.yearIn == d.first
		if !valid(s.Date) {
			return
		}
	} else if s.Date.To.Year > 0 && !s.Date.Decade {
		d.year, d.yearIn = s.Date.To.Year, d.first
	}
	s.sure = s.sure || !s.Derived
	s.Start, s.End = d.p.tokens[s.from].start, d.p.tokens[s.to-1].end
	if s.Mode == "" {
		s.Mode = d.mode(s)
	}
	d.spans = append(d.spans, s)
}

// valid reports whether a date exists in the calendar.
func valid(date corpus.Date) bool {
	_, err := corpus.ParseDate(date.String())
	return err == nil
}

// word returns the token in lower case, or "" outside the sentence.
func (d *dateScanner) word(i int) string {
	if i < d.first || i >= d.last {
		return ""
	}
	return d.p.lower(i)
}

// openers are the words other than numbers and months that begin a date.
var openers = map[string]bool{
	"from": true, "between": true, "in": true, "since": true, "until": true, "last": true, "early": true, "late": true, "mid": true,
	"spring": true, "summer": true, "autumn": true, "winter": true, "fall": true,
}

// at reads the date that begins at token i.
func (d *dateScanner) at(i int) (DateSpan, bool) {
	w := d.p.tokens[i].low
	if !d.p.tokens[i].word || !(w[0] >= '0' && w[0] <= '9' || openers[w] || month(w) > 0 || strings.HasPrefix(w, "mid-") || decadeNames[w] > 0) {
		return DateSpan{}, false
	}
	for _, form := range []func(int) (DateSpan, bool){d.iso, d.between, d.dayMonth, d.monthDay, d.decade, d.yearAt} {
		if s, ok := form(i); ok && (s.Date.From.Year == 0 || valid(s.Date)) {
			s.from = i
			return s, true
		}
	}
	return DateSpan{}, false
}

// iso reads "2011-05-03" and "2003-2014".
func (d *dateScanner) iso(i int) (DateSpan, bool) {
	w := d.word(i)
	switch {
	case len(w) == len("2011-05-03"):
		date, err := corpus.ParseDate(w)
		return DateSpan{Date: date, to: i + 1}, err == nil && plausible(date.From.Year)
	case len(w) == len("2003-2014") && w[4] == '-':
		from, to := number(w[:4]), number(w[5:])
		return DateSpan{Date: years(from, to), to: i + 1, Mode: corpus.ModeDuring}, plausible(from) && plausible(to) && from < to
	}
	return DateSpan{}, false
}

// between reads "from 2004 to 2011", "between 2004 and 2011" and "2003–2014".
func (d *dateScanner) between(i int) (DateSpan, bool) {
	link, at := "", i+1
	switch d.word(i) {
	case "from":
		link = "to until through"
	case "between":
		link = "and"
	default:
		link, at = "– —", i
	}
	from := number(d.word(at))
	to := number(d.word(at + 2))
	linked := d.word(at+1) != "" && strings.Contains(" "+link+" ", " "+d.word(at+1)+" ")
	if !linked || !plausible(from) || !plausible(to) || from >= to {
		return DateSpan{}, false
	}
	return DateSpan{Date: years(from, to), to: at + 3, Mode: corpus.ModeDuring}, true
}

// dayMonth reads "13 December 2007", "14th of February 2005", "14-15 November
// 2012" and "4 May".
func (d *dateScanner) dayMonth(i int) (DateSpan, bool) {
	first, last, ok := dayRange(d.word(i))
	if !ok || i > d.first && strings.ContainsAny(d.p.word(i-1), "$€£¥") {
		return DateSpan{}, false
	}
	at := i + 1
	if link := d.word(at); first == last && (link == "to" || link == "and" || link == "–") {
		if _, second, ok := dayRange(d.word(at + 1)); ok && second > first && month(d.word(at+2)) > 0 {
			last, at = second, at+2
		}
	}
	if d.word(at) == "of" {
		at++
	}
	m := month(d.word(at))
	if m == 0 || !d.p.tokens[at].upper {
		return DateSpan{}, false
	}
	year, end := d.yearAfter(at + 1)
	return DateSpan{Date: days(year, m, first, last), to: end}, true
}

// monthDay reads "May 3, 2011", "May 2011", "early June 2012", "in March" and
// "May 3".
func (d *dateScanner) monthDay(i int) (DateSpan, bool) {
	at := i
	bare := false // a month alone needs a preposition
	switch w := d.word(at); {
	case w == "in" || w == "since" || w == "until" || w == "last":
		at, bare = at+1, true
	case w == "early" || w == "late" || w == "mid":
		at++
	}
	if bare && (d.word(at) == "early" || d.word(at) == "late") {
		at++
	}
	name := strings.TrimPrefix(d.word(at), "mid-")
	m := month(name)
	if m == 0 || !d.p.tokens[at].upper && !strings.HasPrefix(d.word(at), "mid-") {
		return DateSpan{}, false
	}
	if d.word(at+1) == "." && len(name) <= 4 {
		at++
	}
	if first, last, ok := dayRange(d.word(at + 1)); ok && !bare && d.p.lower(at+2) != "%" {
		year, end := d.yearAfter(at + 2)
		return DateSpan{Date: days(year, m, first, last), to: end}, true
	}
	year, end := d.yearAfter(at + 1)
	switch {
	case year > 0 && bare:
		return DateSpan{}, false // the preposition is the mode's
	case year > 0:
		return DateSpan{Date: months(year, m), to: end}, true
	case bare && d.word(i) != "last" && (at+1 == d.last || !d.p.tokens[at+1].upper):
		return DateSpan{Date: months(0, m), to: at + 1}, true
	}
	return DateSpan{}, false
}

// yearAfter reads a year at token i, after at most one comma. It returns 0
// and i when there is none.
func (d *dateScanner) yearAfter(i int) (year, end int) {
	at := i
	if d.word(at) == "," {
		at++
	}
	if y := number(d.word(at)); plausible(y) {
		return y, at + 1
	}
	return 0, i
}

// decade reads "1990s", "mid-1990s" and "the early nineties".
func (d *dateScanner) decade(i int) (DateSpan, bool) {
	at := i
	switch d.word(at) {
	case "early", "late", "mid":
		at++
	}
	w := strings.TrimPrefix(d.word(at), "mid-")
	tens, named := decadeNames[w]
	if !named {
		if len(w) != len("1990s") || w[4] != 's' || w[3] != '0' || !plausible(number(w[:4])) {
			return DateSpan{}, false
		}
		tens = number(w[:4])
	} else if at == i && d.word(i-1) != "the" && !strings.HasPrefix(d.word(at), "mid-") {
		return DateSpan{}, false
	}
	date := years(tens, tens+9)
	date.Decade = true
	return DateSpan{Date: date, to: at + 1}, true
}

var decadeNames = map[string]int{
	"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950,
	"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990,
}
