package search

import (
	"iter"
	"slices"
	"strings"

	"rapport/corpus"
)

// problem says why a value does not exist. The zero problem is none.
type problem struct {
	text string
	near string // the value that may be meant
}

func (p problem) isNone() bool { return p.text == "" }

// String returns the problem with the value that may be meant.
func (p problem) String() string {
	if p.near == "" {
		return p.text
	}
	return p.text + didYouMean([]string{p.near})
}

// didYouMean returns what a message ends with that suggests names; empty
// without any.
func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("; did you mean ")
	for i, name := range names {
		switch {
		case i > 0 && i == len(names)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString("“" + name + "”")
	}
	b.WriteString("?")
	return b.String()
}

// inQuestion returns the problem as a warning: a question goes on without
// the value.
func (p problem) inQuestion() string {
	p.text += "; it matches nothing"
	return p.String()
}

// resolveValue returns the query for a value as people write it. When there
// is no such value it says so, and the value stays as it is.
func resolveValue(t *corpus.Taxonomy, field, text string) (q Query, p problem) {
	v := Value{Field: field, Value: text}
	if strings.EqualFold(text, corpus.None) && field != FieldID && field != FieldDocument && field != FieldSame && field != FieldNear {
		v.Value = corpus.None
		return v, problem{}
	}
	switch field {
	case FieldPartner, FieldMention:
		if id, ok := t.LookupPartner(text); ok {
			v.Value = string(id)
			return v, problem{}
		}
		return v, unknown("partner", text, t.NearestPartner(text))
	case FieldTopic:
		if id, ok := t.LookupTopic(text); ok {
			v.Value = string(id)
			return v, problem{}
		}
		return v, unknown("topic", text, t.NearestTopic(text))
	case FieldYear, FieldPublished, FieldAmount:
		return resolvePoint(v)
	case FieldLang:
		if code, ok := languageCode(text); ok {
			v.Value = code
			return v, problem{}
		}
		return v, unknown("language", text, nearestLanguage(text))
	case FieldKind:
		return resolveListed(v, "kind of facts", values(corpus.FactKinds()))
	case FieldStatus:
		statuses := append(slices.Collect(values(corpus.AnchorStatuses())), StatusExtracted)
		return resolveListed(v, "status of facts", slices.Values(statuses))
	case FieldCurrency:
		if code, ok := corpus.CurrencyOf(text); ok {
			v.Value = code
			return v, problem{}
		}
		return resolveListed(v, "currency code", slices.Values(corpus.Currencies()))
	}
	return v, problem{}
}

// resolvePoint resolves a year or a date. Amounts have ranges alone.
func resolvePoint(v Value) (Query, problem) {
	switch v.Field {
	case FieldYear:
		return resolveYear(v)
	case FieldPublished:
		return resolvePublished(v)
	}
	return v, noAmount(v.Value)
}

func unknown(what, text, near string) problem {
	return problem{text: "there is no " + what + " " + shorten(text), near: near}
}

// beginsWithValue reports whether a text begins with a value of a field whose
// values are known without an index, of up to maxNameWords words.
func beginsWithValue(t *corpus.Taxonomy, field, text string) bool {
	switch field {
	case FieldPartner, FieldMention, FieldTopic, FieldLang, FieldKind, FieldStatus, FieldCurrency:
	default:
		return false
	}
	const longest = 200
	if len(text) > longest {
		text = text[:longest]
	}
	marks := func(r rune) bool { return trails(r) || quoteFamily(r) != noQuote || r == '(' || r == ')' }
	words := strings.Fields(text)
	for n := 1; n <= min(len(words), maxNameWords); n++ {
		name := strings.TrimFunc(strings.Join(words[:n], " "), marks)
		if _, p := resolveValue(t, field, name); p.isNone() {
			return true
		}
	}
	return false
}

// values yields the members of a list of names.
func values[S ~string](list []S) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, v := range list {
			if !yield(string(v)) {
				return
			}
		}
	}
}

// resolveListed resolves a value of a closed list. Case, spaces, hyphens and
// a plural's s do not matter.
func resolveListed(v Value, what string, list iter.Seq[string]) (Query, problem) {
	fold := func(s string) string {
		return strings.TrimSuffix(strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(s)), "s")
	}
	wanted := fold(v.Value)
	for name := range list {
		if fold(name) == wanted {
			v.Value = name
			return v, problem{}
		}
	}
	return v, unknown(what, v.Value, nearest(v.Value, list))
}

// resolveYear resolves a year of three or four digits, or a decade: "1990s",
// "199X". A decade is a value of its own and not the years in it.
func resolveYear(v Value) (Query, problem) {
	if year, ok := parseYear(v.Value); ok {
		v.Value = year
		return v, problem{}
	}
	if decade, ok := parseDecade(v.Value); ok {
		v.Value = decade + "s"
		return v, problem{}
	}
	return v, problem{text: shorten(v.Value) + " is no year; write 2005, 1990s or none, or a range as 2005..2012"}
}

// parseYear reads a year of three or four digits, and returns it with four.
// Two digits may mean several years.
func parseYear(text string) (string, bool) {
	if !isDigits(text) || len(text) < 3 || len(text) > 4 || strings.Trim(text, "0") == "" {
		return "", false
	}
	return strings.Repeat("0", 4-len(text)) + text, true
}

// parseDecade reads a decade and returns its first year.
func parseDecade(text string) (string, bool) {
	lower := strings.ToLower(text)
	for _, end := range []string{"0s", "0's", "0’s", "x"} {
		if digits, ok := strings.CutSuffix(lower, end); ok && len(digits) == 3 && isDigits(digits) && digits != "000" {
			return digits + "0", true
		}
	}
	return "", false
}

// resolvePublished resolves a date of publication: a year is a value, a month
// or day the range of its days, a decade the range of its years.
func resolvePublished(v Value) (Query, problem) {
	if year, ok := parseYear(v.Value); ok && len(v.Value) == 4 {
		v.Value = year
		return v, problem{}
	}
	if decade, ok := parseDecade(v.Value); ok {
		return Range{Field: v.Field, From: decade, To: decade[:3] + "9"}, problem{}
	}
	if d, ok := parseDay(v.Value); ok {
		if d.Precision() == corpus.PrecisionYear {
			v.Value = d.String()
			return v, problem{}
		}
		return Range{Field: v.Field, From: d.String(), To: d.String()}, problem{}
	}
	return v, noDate(v.Value)
}

func noDate(text string) problem {
	return problem{text: shorten(text) + " is no date; write 2010, 2010-05 or 2010-05-03, or a range as 2005..2010-05"}
}

// parseDay reads a text that is a day, month or year as people write it.
func parseDay(text string) (corpus.Date, bool) {
	if month, year, ok := strings.Cut(text, "/"); ok && len(month) <= 2 && len(year) == 4 && isDigits(month) && isDigits(year) {
		text = year + "-" + strings.Repeat("0", 2-len(month)) + month
	}
	d, ok := corpus.ParseWholeDate(text)
	return d, ok && d.From == d.To
}
