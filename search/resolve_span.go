package search

import (
	"cmp"
	"strings"
)

const (
	// maxSpan is the length in bytes of the longest range in words.
	maxSpan = 100
	// maxSpanWords is how many words after a field can belong to its value.
	maxSpanWords = 8
)

// spanOf reads the values of an ordered field that people write as a text: a
// sum ("1 million euros"), or a range by signs (">= 1 million", "2005..2012"),
// with a dash ("2005-2012", "2005-12" of years), or in words ("since 2005",
// "between 5 and 10 million", "2010 or later"). It reports false for anything
// else, and for a year or a date by itself, which is a value.
func spanOf(field, text string) (Range, bool) {
	text = strings.TrimSpace(text)
	if field == FieldAmount && text != "" && isBoundOf(field, text) {
		return Range{Field: field, From: text, To: text}, true
	}
	if _, p := resolvePoint(Value{Field: field, Value: text}); !isOrdered(field) || len(text) > maxSpan || p.isNone() {
		return Range{}, false
	}
	for _, read := range []func(field, text string) (Range, bool){signedSpan, openSpan, closedSpan} {
		r, ok := read(field, text)
		if ok && r.From+r.To != "" && isBoundOf(field, r.From) && isBoundOf(field, r.To) {
			return r, true
		}
	}
	return Range{}, false
}

// signedSpan reads a range whose bounds have signs or two dots between them.
func signedSpan(field, text string) (Range, bool) {
	if sign, end := comparison(text, 0); end > 0 {
		text = sign + strings.TrimSpace(text[end:])
	}
	r, ok := parseRange(field, text)
	r.From, r.To = strings.TrimSpace(r.From), strings.TrimSpace(r.To)
	return r, ok
}

// openSpan reads a range with one bound and words, or + or a dash after it.
func openSpan(field, text string) (Range, bool) {
	for _, o := range []struct{ before, after, sign string }{
		{before: "since ", sign: ">="}, {before: "from ", sign: ">="}, {before: "at least ", sign: ">="},
		{before: "after ", sign: ">"}, {before: "over ", sign: ">"}, {before: "above ", sign: ">"}, {before: "more than ", sign: ">"},
		{before: "until ", sign: "<="}, {before: "up to ", sign: "<="}, {before: "to ", sign: "<="}, {before: "at most ", sign: "<="},
		{before: "before ", sign: "<"}, {before: "under ", sign: "<"}, {before: "below ", sign: "<"}, {before: "less than ", sign: "<"},
		{after: "+", sign: ">="}, {after: "-", sign: ">="}, {after: " onwards", sign: ">="},
		{after: " or later", sign: ">="}, {after: " or more", sign: ">="}, {after: " or earlier", sign: "<="}, {after: " or less", sign: "<="},
	} {
		lower := strings.ToLower(text)
		if len(lower) != len(text) || !strings.HasPrefix(lower, o.before) || !strings.HasSuffix(lower, o.after) || len(text) < len(o.before)+len(o.after) {
			continue
		}
		bound := strings.TrimSpace(text[len(o.before) : len(text)-len(o.after)])
		if r, ok := parseRange(field, o.sign+bound); ok && isBoundOf(field, bound) {
			return r, true
		}
	}
	return Range{}, false
}

// closedSpan reads a range whose bounds have a word or a dash between them.
func closedSpan(field, text string) (Range, bool) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return Range{}, false
	}
	start := 0
	separators := []string{" to ", " until ", "-", "–", "/"}
	for _, opening := range []string{"from ", "between "} {
		if strings.HasPrefix(lower, opening) {
			start = len(opening)
			separators = append(separators, " and ")
		}
	}
	for _, separator := range separators {
		for i := start; ; i += len(separator) {
			at := strings.Index(lower[i:], separator)
			if at < 0 {
				break
			}
			i += at
			from, to := strings.TrimSpace(text[start:i]), strings.TrimSpace(text[i+len(separator):])
			if field == FieldYear && len(from) == 4 && len(to) == 2 && to > from[2:] {
				to = from[:2] + to
			}
			r := Range{Field: field, From: from, To: to}
			if from == "" || to == "" || !isBoundOf(field, from) || !isBoundOf(field, to) {
				continue
			}
			if _, _, note := resolveRange(r); note == backwards && field == FieldAmount {
				continue // 2010-05 is no sum
			}
			return r, true
		}
	}
	return Range{}, false
}

// isBoundOf reports whether a text is a bound of a range of the field; an
// empty one is open.
func isBoundOf(field, text string) bool {
	if text == "" {
		return true
	}
	switch field {
	case FieldYear:
		_, _, ok := yearBound(text, false)
		return ok
	case FieldPublished:
		_, decade := parseDecade(text)
		_, ok := parseDay(text)
		return ok || decade
	case FieldAmount:
		number, _ := cutCurrency(text)
		return endsInAmount(number)
	}
	return false
}

// spanAt reads a value or range of an ordered field at the beginning of a list
// together with the words after it that go on with it: year:since 2010,
// published:May 2010, amount:>=1 million euros. It returns the number of
// clauses it took, 0 when no word belongs to the value.
func (r *resolver) spanAt(list []Query) (Query, int) {
	first, negated := list[0], false
	if not, ok := first.(Not); ok {
		first, negated = not.Clause, true
	}
	field, begin, complete := orderedText(first)
	if field == "" {
		return nil, 0
	}
	var words []string
	for len(words) < maxSpanWords && wordAt(list, 1+len(words)) != "" {
		words = append(words, wordAt(list, 1+len(words)))
	}
	if complete && len(words) > 0 && startsWithDigit(words[0]) {
		return nil, 0 // a number of its own: year:2005 2006
	}
	for n := len(words); n > 0; n-- {
		text := begin + " " + strings.Join(words[:n], " ")
		q, ok := r.orderedValue(field, text)
		if !ok {
			continue
		}
		if field != FieldAmount {
			r.warn("read as "+q.String()+"; a value of several words needs quotation marks", begin)
		}
		if negated {
			q = Not{Clause: q}
		}
		return q, 1 + n
	}
	return nil, 0
}

// orderedText returns the field of a value or range of an ordered field, the
// value as it could have been typed, and whether it is one without more words.
// The field is empty for other queries.
func orderedText(q Query) (field, text string, complete bool) {
	switch q := q.(type) {
	case Value:
		if !isOrdered(q.Field) {
			return "", "", false
		}
		_, p := resolvePoint(q)
		_, isSpan := spanOf(q.Field, q.Value)
		return q.Field, q.Value, p.isNone() || isSpan
	case Range:
		return q.Field, openText(q), isBoundOf(q.Field, cmp.Or(q.To, q.From))
	}
	return "", "", false
}

// openText returns a range as it could have been typed with more words to
// follow its last bound.
func openText(q Range) string {
	from, to := q.From, q.To
	switch {
	case from == to && !q.FromExcluded && !q.ToExcluded:
		return from
	case to == "" && q.FromExcluded:
		return ">" + from
	case to == "":
		return ">=" + from
	case from == "" && !q.ToExcluded:
		return "<=" + to
	}
	return boundsText(q)
}

// orderedValue returns the query for a text that is a value or a range of an
// ordered field.
func (r *resolver) orderedValue(field, text string) (Query, bool) {
	if q, p := resolvePoint(Value{Field: field, Value: text}); p.isNone() {
		return q, true
	}
	span, ok := spanOf(field, text)
	if !ok {
		return nil, false
	}
	return r.rangeOf(span), true
}

// wordAt returns the word that is the clause at i, or "".
func wordAt(list []Query, i int) string {
	if i < len(list) {
		if w, ok := list[i].(Word); ok && w.Field == "" && !w.Exact {
			return w.Text
		}
	}
	return ""
}

func startsWithDigit(text string) bool { return text != "" && isDigit(rune(text[0])) }
