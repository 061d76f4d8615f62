package search

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// rangeOf resolves a range and warns of what was not understood or taken in
// another way, as typed. Without ok it matches nothing.
func (r *resolver) rangeOf(typed, q Range) (resolved Query, ok bool) {
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

// resolveAmounts resolves a range of sums of money.
func resolveAmounts(r Range) (q Query, p problem, note string) {
	var sums [2]decimal.Decimal
	for i, bound := range []*string{&r.From, &r.To} {
		if *bound == "" {
			continue
		}
		sum, ok := parseAmount(*bound)
		if !ok {
			return r, noAmount(*bound), ""
		}
		sums[i], *bound = sum, sum.String()
	}
	if r.From != "" && r.To != "" && sums[0].GreaterThan(sums[1]) {
		if r.FromExcluded || r.ToExcluded {
			return r, problem{text: "the range is empty"}, ""
		}
		r.From, r.To, note = r.To, r.From, backwards
	}
	return r, problem{}, note
}

func noAmount(text string) problem {
	return problem{text: shorten(text) + " is no amount; write a number, as in amount:>=1000000 or amount:1.5m..2bn"}
}

// magnitudes are what may follow a number, longer ones first.
var magnitudes = []struct {
	name string
	zero int32
}{
	{"trillion", 12}, {"billion", 9}, {"million", 6}, {"thousand", 3},
	{"tn", 12}, {"bn", 9}, {"mn", 6}, {"m", 6}, {"k", 3}, {"b", 9},
}

// parseAmount reads a number that is not negative: "1000000", "1,000,000",
// "1e6", "1.5m", "2bn". It has at most 40 characters and an exponent of at
// most two digits.
func parseAmount(text string) (decimal.Decimal, bool) {
	if len(text) > 40 {
		return decimal.Decimal{}, false
	}
	text = strings.ToLower(text)
	zeros := int32(0)
	for _, m := range magnitudes {
		if digits, ok := strings.CutSuffix(text, m.name); ok {
			text, zeros = strings.TrimSpace(digits), m.zero
			break
		}
	}
	if mantissa, exponent, ok := strings.Cut(text, "e"); !isDigits(strings.NewReplacer(",", "", ".", "", "_", "").Replace(mantissa)) ||
		ok && (!isDigits(strings.TrimPrefix(exponent, "+")) || len(exponent) > 3 || len(strings.TrimPrefix(exponent, "+")) > 2) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.NewReplacer(",", "", "_", "").Replace(text))
	if err != nil {
		return decimal.Decimal{}, false
	}
	return d.Shift(zeros), true
}
