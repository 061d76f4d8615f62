package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
)

// sumAt reads a range of sums of money at the beginning of a list. It returns the
// number of clauses it took, 0 when the list begins with something else.
func (r *resolver) sumAt(list []Query) (Query, int) {
	first := list[0]
	not, negated := first.(Not)
	if negated {
		first = not.Clause
	}
	q, ok := first.(Range)
	if !ok || q.Field != FieldAmount {
		return nil, 0
	}
	sum, words := r.sum(q, list[1:])
	if negated {
		sum = Not{Clause: sum}
	}
	return sum, 1 + words
}

// sum reads a range of sums of money together with what names its currency and
// with the words after it that go on with its last bound: "amount>=$1m",
// "amount>=1 million euros", "amount:>USD 5m". The currency becomes a clause
// of its own. It returns the number of words it took.
func (r *resolver) sum(q Range, after []Query) (Query, int) {
	point := q.From == q.To
	last := &q.To
	if q.To == "" {
		last = &q.From
	}
	taken, named := 0, ""
	next := func() string { return wordAt(after, taken) }
	if _, isCurrency := corpus.CurrencyOf(*last); isCurrency && startsWithDigit(next()) {
		*last += next()
		taken++
	}
	if magnitudeWords[strings.ToLower(next())] && endsWithDigit(*last) {
		*last += strings.ToLower(next())
		taken++
	}
	if bare, _ := cutCurrency(*last); endsInAmount(bare) {
		if code, ok := corpus.CurrencyOf(next()); ok {
			named = code
			taken++
		}
	}
	if point {
		q.From = q.To
	}
	return r.sumOf(q, named), taken
}

// quotedSum returns the range of one sum that a value in quotation marks is, as
// in amount:"1 million".
func quotedSum(v Value) (Range, bool) {
	text := strings.ReplaceAll(v.Value, " ", "")
	bare, _ := cutCurrency(text)
	return Range{Field: v.Field, From: text, To: text}, v.Field == FieldAmount && endsInAmount(bare)
}

// sumOf resolves a range of sums of money whose bounds may begin with a
// currency, or that are in a named one.
func (r *resolver) sumOf(q Range, named string) Query {
	bare, currencies := q, []string{named}
	for _, bound := range []*string{&bare.From, &bare.To} {
		var code string
		*bound, code = cutCurrency(*bound)
		currencies = append(currencies, code)
	}
	slices.Sort(currencies)
	currencies = slices.DeleteFunc(slices.Compact(currencies), func(code string) bool { return code == "" })
	resolved, ok := r.rangeOf(q, bare)
	if !ok || len(currencies) == 0 {
		return resolved
	}
	all := And{Clauses: []Query{resolved}}
	for _, code := range currencies {
		all.Clauses = append(all.Clauses, Value{Field: FieldCurrency, Value: code})
	}
	return all
}

// magnitudeWords are the words that may follow a number.
var magnitudeWords = map[string]bool{"thousand": true, "million": true, "billion": true, "trillion": true}

// wordAt returns the word that is the clause at i, or "".
func wordAt(list []Query, i int) string {
	if i < len(list) {
		if w, ok := list[i].(Word); ok && w.Field == "" && !w.Exact {
			return w.Text
		}
	}
	return ""
}

// cutCurrency cuts the sign or code of a currency off the beginning of a bound,
// the longest there is.
func cutCurrency(bound string) (number, code string) {
	digit := strings.IndexFunc(bound, isDigit)
	if digit <= 0 {
		return bound, ""
	}
	if code, ok := corpus.CurrencyOf(strings.TrimSpace(bound[:digit])); ok {
		return bound[digit:], code
	}
	return bound, ""
}

func endsInAmount(text string) bool {
	_, ok := parseAmount(text)
	return ok
}

func startsWithDigit(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return isDigit(r)
}

func endsWithDigit(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return isDigit(r)
}
