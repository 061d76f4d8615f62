package search

import (
	"strings"
	"unicode"

	"rapport/corpus"
)

// value returns the query for a value of a keyword field, or nil when the
// value is empty or a range open on both sides.
func (p *parser) value(field string, t token) Query {
	if t.text == "" {
		return nil
	}
	if !t.quoted {
		if field != FieldID && field != FieldDocument && field != FieldAmount && t.text == "*" {
			return Not{Clause: Value{Field: field, Value: corpus.None}}
		}
		if isOrdered(field) {
			if r, ok := parseRange(field, t.text); ok {
				if r.From == "" && r.To == "" {
					return nil
				}
				return r
			}
		}
		t.text = strings.TrimLeft(t.text, "=")
		if t.text == "" {
			return nil
		}
	}
	if t.quoted || !isPoint(field, t.text) || !isBound(t.text) {
		return Value{Field: field, Value: t.text}
	}
	return Range{Field: field, From: t.text, To: t.text}
}

// isPoint reports whether a value asks for a range of one point: an amount,
// or a day or month of publication. Years are values of their own.
func isPoint(field, value string) bool {
	switch field {
	case FieldAmount:
		return !strings.EqualFold(value, corpus.None)
	case FieldPublished:
		return len(value) > 4 && value[4] == '-' && isDigit(rune(value[0])) && isDigit(rune(value[len(value)-1]))
	}
	return false
}

// parseRange reads a range: "2005..2012", "2005..", "..2012", ">=2005",
// ">2005", "<=2012", "<2012", ">2005..<2012" and, of years, "2005-2012". It
// reports whether the text is one.
func parseRange(field, text string) (Range, bool) {
	r := Range{Field: field}
	from, to, between := strings.Cut(text, "..")
	switch {
	case between:
		to = strings.TrimLeft(to, ".")
	case strings.HasPrefix(text, ">"):
		from = text
	case strings.HasPrefix(text, "<"):
		from, to = "", text
	case field == FieldYear && isYearSpan(text):
		from, to = text[:4], text[len(text)-4:]
	default:
		return Range{}, false
	}
	r.From, r.FromExcluded = bound(from, ">")
	r.To, r.ToExcluded = bound(to, "<")
	return r, isBound(r.From) && isBound(r.To)
}

// bound returns a bound of a range without its sign, and whether the sign
// excludes the bound itself.
func bound(text, sign string) (string, bool) {
	value, signed := strings.CutPrefix(text, sign)
	value, included := strings.CutPrefix(trimValue(value), "=")
	return value, signed && !included && value != ""
}

// isBound reports whether a text can be a bound of a range: empty, or a
// number or date, perhaps with the sign of a currency before it.
func isBound(text string) bool {
	for i, r := range text {
		if i == 0 && !isLetter(r) && !unicode.Is(unicode.Sc, r) || strings.ContainsRune("()<>=", r) {
			return false
		}
	}
	return true
}

// isYearSpan reports whether text is two years of four digits with a dash
// between them.
func isYearSpan(text string) bool {
	if len(text) < 9 || !isDigits(text[:4]) || !isDigits(text[len(text)-4:]) {
		return false
	}
	dash := text[4 : len(text)-4]
	return dash == "-" || dash == "–"
}

// isDigits reports whether s is made of ASCII digits.
func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(rune(s[i])) {
			return false
		}
	}
	return s != ""
}
