package search

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// sum resolves a range of sums of money whose bounds may be in a currency, as
// in "$1m" and "5 million euros", which becomes a clause of its own.
func (r *resolver) sum(q Range) Query {
	bare := q
	var currencies []string
	for _, bound := range []*string{&bare.From, &bare.To} {
		var code string
		if *bound, code = cutCurrency(*bound); code != "" {
			currencies = append(currencies, code)
		}
	}
	resolved, ok := r.bounds(q, bare)
	if !ok || len(currencies) == 0 {
		return resolved
	}
	slices.Sort(currencies)
	all := And{Clauses: []Query{resolved}}
	for _, code := range slices.Compact(currencies) {
		all.Clauses = append(all.Clauses, Value{Field: FieldCurrency, Value: code})
	}
	return all
}

// cutCurrency cuts the sign, code or name of a currency off the beginning or
// the end of a sum.
func cutCurrency(sum string) (number, code string) {
	digit := strings.IndexFunc(sum, isDigit)
	if digit < 0 {
		return sum, ""
	}
	if digit > 0 {
		if code, ok := corpus.CurrencyOf(strings.TrimSpace(sum[:digit])); ok {
			return sum[digit:], code
		}
	}
	end := strings.LastIndexFunc(sum, isDigit) + 1
	if code, ok := corpus.CurrencyOf(strings.TrimSpace(sum[end:])); ok {
		return sum[:end], code
	}
	rest := strings.TrimSpace(sum[end:])
	for _, m := range magnitudes() {
		if name, ok := cutPrefixFold(rest, m.name); ok {
			if code, ok := corpus.CurrencyOf(strings.TrimSpace(name)); ok {
				return sum[:end] + m.name, code
			}
		}
	}
	return sum, ""
}

func cutPrefixFold(s, prefix string) (after string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// resolveAmounts resolves a range of sums of money. A word for thousands or
// more after the larger bound holds for the smaller one too: "5..10 million".
func resolveAmounts(r Range) (q Query, p problem, note string) {
	if name, ok := sharedMagnitude(r.From, r.To); ok {
		note = shorten(r.From) + " is read as " + r.From + " " + name + ", like the bound after it"
		r.From += name
	}
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

// sharedMagnitude returns the word that stands for thousands or more after the
// larger bound of a range and is left out after the smaller one.
func sharedMagnitude(from, to string) (name string, ok bool) {
	if from == "" || to == "" {
		return "", false
	}
	digits, name, _ := cutMagnitude(to)
	if _, own, _ := cutMagnitude(from); name == "" || own != "" {
		return "", false
	}
	least, ok := parseAmount(from)
	most, also := parseAmount(digits)
	return name, ok && also && least.IsPositive() && least.LessThan(most)
}

func noAmount(text string) problem {
	return problem{text: shorten(text) + " is no amount; write a number, as in amount:>=1000000 or amount:1.5m..2bn"}
}

type magnitude struct {
	name  string
	zeros int32
}

// magnitudes returns what may follow a number, longer ones first.
func magnitudes() []magnitude {
	return []magnitude{
		{"trillion", 12}, {"thousand", 3}, {"billion", 9}, {"million", 6},
		{"tn", 12}, {"bn", 9}, {"mn", 6}, {"m", 6}, {"k", 3}, {"b", 9},
	}
}

// cutMagnitude cuts the word for thousands or more off the end of a number.
func cutMagnitude(text string) (number, name string, zeros int32) {
	text = strings.ToLower(text)
	for _, m := range magnitudes() {
		if digits, ok := strings.CutSuffix(text, m.name); ok {
			return strings.TrimSpace(digits), m.name, m.zeros
		}
	}
	return text, "", 0
}

// maxAmount is the length in bytes of the longest amount that is read.
const maxAmount = 40

// parseAmount reads a number that is not negative: "1000000", "1,000,000",
// "1 000 000", "1e6", "1.5m", "1,5 million", "2bn". It has at most 40
// characters and an exponent of at most two digits.
func parseAmount(text string) (decimal.Decimal, bool) {
	if len(text) > maxAmount {
		return decimal.Decimal{}, false
	}
	text, _, zeros := cutMagnitude(text)
	mantissa, exponent, scientific := strings.Cut(text, "e")
	digits := strings.TrimPrefix(exponent, "+")
	if scientific && (!isDigits(digits) || len(exponent) > 3 || len(digits) > 2) {
		return decimal.Decimal{}, false
	}
	number, ok := plainNumber(mantissa)
	if !ok {
		return decimal.Decimal{}, false
	}
	if scientific {
		number += "e" + digits
	}
	d, err := decimal.NewFromString(number)
	if err != nil {
		return decimal.Decimal{}, false
	}
	return d.Shift(zeros), true
}

// plainNumber returns a number without what separates its thousands and with a
// full stop before its fraction. A single comma before three digits separates
// thousands, as in English; before fewer or more, and after a 0, it is the
// decimal sign.
func plainNumber(text string) (string, bool) {
	sign := strings.LastIndexAny(text, ".,")
	whole, fraction := text, ""
	if sign >= 0 {
		same := strings.Count(text, text[sign:sign+1])
		switch {
		case same > 1: // 1.000.000
		case text[sign] == '.', len(text)-sign-1 != 3, text[:sign] == "0", strings.ContainsAny(text[:sign], ".,"):
			whole, fraction = text[:sign], text[sign+1:]
			if !isDigits(fraction) {
				return "", false
			}
			fraction = "." + fraction
		}
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return !isDigit(r) })
	if separators := len(whole) - len(strings.Join(groups, "")); separators > 0 {
		if !areThousands(whole, groups) {
			return "", false
		}
	}
	if len(groups) == 0 && fraction == "" {
		return "", false
	}
	return strings.Join(groups, "") + fraction, true
}

// areThousands reports whether one sign, always the same, separates groups of
// digits of which the last has three and the others two or three, as in
// 1,000,000 and 1,00,000. The first does not begin with 0.
func areThousands(whole string, groups []string) bool {
	for _, sign := range []string{",", ".", "_", "'", "’", " ", "\u00A0", "\u2009", "\u202F"} {
		if strings.Join(groups, sign) != whole || groups[0][0] == '0' {
			continue
		}
		for i, g := range groups {
			if i > 0 && len(g) < 2 || len(g) > 3 || i == len(groups)-1 && len(g) != 3 {
				return false
			}
		}
		return true
	}
	return false
}

func endsInAmount(text string) bool {
	_, ok := parseAmount(text)
	return ok
}
