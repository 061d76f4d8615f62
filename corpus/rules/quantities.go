package rules

import (
	"strings"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// QuantitySpan is a number of things in a text: "about 2,5 million
// landmines", "two-year", "85%". The words of the bound lie outside the span.
type QuantitySpan struct {
	Start, End int // bytes
	Quantity   corpus.Quantity
	Spelled    bool // the number is in words

	from, to int // tokens
}

// Quantities returns the quantities of a text in order: numbers with a unit
// or a thing to count behind them.
func Quantities(text string) []QuantitySpan { return quantities(read(text), nil) }

// taken is a stretch of the text that is something else already.
type taken struct{ start, end int }

// quantities finds what Quantities describes outside the taken stretches,
// which are in order.
func quantities(p *prose, others []taken) []QuantitySpan {
	q := quantityScanner{p: p}
	var spans []QuantitySpan
	for at := p.start; ; {
		n, ok := corpus.NextNumber(p.text, at)
		if !ok {
			return spans
		}
		at = n.End
		for len(others) > 0 && others[0].end <= n.Start {
			others = others[1:]
		}
		if len(others) > 0 && others[0].start < n.End {
			continue
		}
		if s, ok := q.around(n); ok {
			spans, at = append(spans, s), max(at, s.End)
		}
	}
}

// quantityScanner walks through numbers and tokens side by side.
type quantityScanner struct {
	p    *prose
	next int // first token that ends behind the last number's start
}

// maxAdjectives is how many words may stand between a number and what it
// counts.
const maxAdjectives = 4

// around reads what the number counts.
func (q *quantityScanner) around(n corpus.Number) (QuantitySpan, bool) {
	for q.next < len(q.p.tokens) && q.p.tokens[q.next].end <= n.Start {
		q.next++
	}
	from := q.next
	if from == len(q.p.tokens) || q.misleading(from, n) {
		return QuantitySpan{}, false
	}
	after := from
	for after < len(q.p.tokens) && q.p.tokens[after].end <= n.End {
		after++
	}
	unit, end, to, ok := q.unit(n, after)
	if !ok || unit == "percent" && n.Spelled || q.isYear(n, from, to-after) {
		return QuantitySpan{}, false
	}
	text := q.p.text[n.Start:end]
	return QuantitySpan{
		Start: n.Start, End: end, Spelled: n.Spelled, from: from, to: to,
		Quantity: corpus.Quantity{Value: n.Value, Unit: unit, Text: text, Bound: n.Bound},
	}, true
}

// unit finds the unit behind a number that ends before token i or inside it.
func (q *quantityScanner) unit(n corpus.Number, i int) (unit string, end, to int, ok bool) {
	p := q.p
	if strings.HasPrefix(p.text[n.End:], "-") && i < len(p.tokens) && p.tokens[i].start < n.End { // "two-year"
		rest := strings.ToLower(p.text[n.End+1 : p.tokens[i].end])
		unit, ok = units[rest]
		return unit, p.tokens[i].end, i + 1, ok && measures[unit]
	}
	if i < len(p.tokens) && p.tokens[i].start < n.End { // the number is a part of a word
		return "", 0, 0, false
	}
	for words := 0; i < len(p.tokens) && words <= maxAdjectives; words, i = words+1, i+1 {
		w := p.lower(i)
		if words == 0 && (w == "%" || w == "percent" || w == "per" && p.lower(i+1) == "cent") {
			if w == "per" {
				i++
			}
			if p.lower(i+1) == "point" || p.lower(i+1) == "points" || p.lower(i+1) == "-point" {
				return "", 0, 0, false
			}
			return "percent", p.tokens[i].end, i + 1, true
		}
		if !p.tokens[i].word || stopWords[w] || p.tokens[i].paragraph {
			return "", 0, 0, false
		}
		if words > 0 && '0' <= w[0] && w[0] <= '9' {
			return "", 0, 0, false
		}
		unit, ok = units[w]
		switch {
		case !ok || words > 0 && measures[unit]: // "100 new miles" is rare, "15 state school days" is not fifteen days
			continue
		case n.Value.LessThan(decimal.NewFromInt(2)) && !measures[unit]:
			return "", 0, 0, false // "one person" is nobody in particular
		case q.goesOn(i + 1):
			continue // "20 aircraft carriers"
		case measures[unit] && i+1 < len(p.tokens) && units[p.lower(i+1)] != "":
			return "", 0, 0, false // "gigawatt hours"
		}
		return unit, p.tokens[i].end, i + 1, true
	}
	return "", 0, 0, false
}

// goesOn reports whether the word at token i is a thing to count itself, so
// that the one before it only describes it: "trust funds", "aid workers".
func (q *quantityScanner) goesOn(i int) bool {
	if i >= len(q.p.tokens) || !q.p.tokens[i].word {
		return false
	}
	unit, ok := units[q.p.lower(i)]
	return ok && !measures[unit]
}

// misleading reports whether the words before a number make it something
// else than a count: "Article 14", "between 10 and 20 people", "10 to 20".
func (q *quantityScanner) misleading(i int, n corpus.Number) bool {
	p := q.p
	if i == 0 || p.tokens[i].paragraph {
		return false
	}
	before := p.lower(i - 1)
	if numbered[before] || strings.ContainsAny(before, "$€£¥#/") {
		return true
	}
	if n.Spelled && n.Value.Equal(decimal.NewFromInt(1)) {
		return true
	}
	if i < 2 {
		return false
	}
	far := p.lower(i - 2)
	isNumber := numberWord(far) || magnitudeWord(far)
	return isNumber && !plausible(number(far)) && (before == "to" || before == "or" || before == "and" || before == "–")
}

// isYear reports whether a number whose token is i, and what it would count with
// so many words, is a year: "Fiscal Year 2022 funds", "2022 partner activities".
// Round numbers before an adjective count: "2000 young soldiers".
func (q *quantityScanner) isYear(n corpus.Number, i, words int) bool {
	year := number(q.p.text[n.Start:n.End])
	if !plausible(year) {
		return false
	}
	if i > 0 {
		switch before := q.p.lower(i - 1); {
		case before == "year", before == "years", before == "fy", before == "fiscal", before == "calendar", month(before) > 0:
			return true
		}
	}
	return words > 1 && year%100 != 0
}

func numberWord(w string) bool {
	n, ok := corpus.NextNumber(w, 0)
	return ok && n.Start == 0 && n.End == len(w)
}

func magnitudeWord(w string) bool {
	return w == "thousand" || w == "million" || w == "billion" || w == "trillion" || w == "hundred"
}
