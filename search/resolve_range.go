package search

import (
	"strconv"
	"strings"

	"rapport/corpus"
)

// rangeOf resolves a range, of sums of money together with their currency.
func (r *resolver) rangeOf(q Range) Query {
	if span, ok := spanOf(q.Field, q.From); ok && q.From == q.To {
		q = span // published:2010-2015, which has the shape of a date
	}
	if q.Field == FieldAmount {
		return r.sum(q)
	}
	resolved, _ := r.bounds(q, q)
	return resolved
}

// bounds resolves a range and warns of what was not understood or taken in
// another way, as typed. Without ok it matches nothing.
func (r *resolver) bounds(typed, q Range) (resolved Query, ok bool) {
	resolved, problem, note := resolveRange(q)
	switch {
	case !problem.isNone():
		r.warn(problem.inQuestion(), boundsText(typed), typed.From, typed.To)
		return Value{Field: typed.Field, Value: boundsText(typed)}, false
	case note != "":
		r.warn(note, boundsText(typed), typed.From, typed.To)
	}
	return resolved, true
}

// resolveRange returns a range with its bounds in the form that engines
// compare. The problem says why the range is none, the note what was read in
// another way.
func resolveRange(r Range) (q Query, p problem, note string) {
	switch r.Field {
	case FieldYear:
		return resolveYears(r)
	case FieldPublished:
		return resolveDates(r)
	case FieldAmount:
		return resolveAmounts(r)
	}
	return r, problem{text: "“" + r.Field + "” has no ranges"}, ""
}

// resolveYears resolves a range of years: the years themselves, both
// included. A decade as a bound stands for its first or last year.
func resolveYears(r Range) (q Query, p problem, note string) {
	from, fromDecade, ok := yearBound(r.From, r.FromExcluded)
	if !ok {
		return r, noYear(r.From), ""
	}
	to, toDecade, ok := yearBound(r.To, !r.ToExcluded)
	if !ok {
		return r, noYear(r.To), ""
	}
	if fromDecade || toDecade {
		note = "a range is of years: decades such as the 1990s are values of their own, selected by name"
	}
	if r.FromExcluded {
		from++
	}
	if r.ToExcluded {
		to--
	}
	if r.From != "" && r.To != "" && from > to {
		if r.FromExcluded || r.ToExcluded {
			return r, problem{text: "the range is empty"}, ""
		}
		q, p, _ = resolveYears(Range{Field: r.Field, From: r.To, To: r.From})
		return q, p, backwards
	}
	resolved := Range{Field: r.Field}
	if r.From != "" {
		resolved.From = fourDigits(from)
	}
	if r.To != "" {
		resolved.To = fourDigits(to)
	}
	if r.From != "" && from > 9999 || r.To != "" && to < 1 {
		return r, problem{text: "years are 1 to 9999"}, ""
	}
	return resolved, problem{}, note
}

const backwards = "the range runs backwards; it is read from the smaller to the larger bound"

func noYear(text string) problem {
	return problem{text: shorten(text) + " is no year; write a range of years as 2005..2012, 2005.. or ..2012"}
}

func fourDigits(year int) string {
	s := strconv.Itoa(year)
	return strings.Repeat("0", max(0, 4-len(s))) + s
}

// yearBound reads a bound of a range of years: of a decade the last year when
// the range is to include or to leave out all of it.
func yearBound(text string, last bool) (year int, decade, ok bool) {
	if text == "" {
		return 0, false, true
	}
	digits, ok := parseYear(text)
	if !ok {
		if digits, decade = parseDecade(text); !decade {
			return 0, false, false
		}
		if last {
			digits = digits[:3] + "9"
		}
	}
	year, _ = strconv.Atoi(digits) // four digits
	return year, decade, true
}

// resolveDates resolves a range of dates of publication.
func resolveDates(r Range) (q Query, p problem, note string) {
	var days [2]corpus.Date
	for i, bound := range []*string{&r.From, &r.To} {
		if *bound == "" {
			continue
		}
		d, ok := parseDay(*bound)
		if decade, isDecade := parseDecade(*bound); isDecade {
			if i == 0 && r.FromExcluded || i == 1 && !r.ToExcluded {
				decade = decade[:3] + "9"
			}
			d, ok = parseDay(decade)
		}
		if !ok {
			return r, noDate(*bound), ""
		}
		days[i], *bound = d, d.String()
	}
	if r.From != "" && r.To != "" && days[0].Start() > days[1].End() {
		if r.FromExcluded || r.ToExcluded {
			return r, problem{text: "the range is empty"}, ""
		}
		r.From, r.To, note = r.To, r.From, backwards
	}
	return r, problem{}, note
}
