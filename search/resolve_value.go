package search

import (
	"fmt"
	"strings"

	"rapport/corpus"
)

// problem says why a value does not exist. The zero problem is none.
type problem struct {
	text string
	near []string // the values that may be meant
	want string   // what there is, for when none is near
}

func (p problem) isNone() bool { return p.text == "" }

// String returns the problem with the values that may be meant, or else with
// what there is.
func (p problem) String() string {
	if len(p.near) == 0 && p.want != "" {
		return p.text + "; write " + p.want
	}
	return p.text + didYouMean(p.near)
}

// maxNear is how many values that may be meant are named.
const maxNear = 3

// didYouMean returns what a message ends with that suggests names, and how many
// more there are when they are too many to be named; empty without any.
func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	list := make([]string, 0, maxNear+1)
	for _, name := range names[:min(maxNear, len(names))] {
		list = append(list, "“"+name+"”")
	}
	switch more := len(names) - len(list); {
	case more == 1:
		list = append(list, "“"+names[maxNear]+"”")
	case more > 1:
		list = append(list, fmt.Sprintf("one of %d more", more))
	}
	return "; did you mean " + joined(list, "or") + "?"
}

// joined returns texts with commas between them, and a word before the last one.
func joined(list []string, word string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " " + word + " " + list[last]
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
		return v, unknown("partner", text, t.NearestPartners(text)...)
	case FieldTopic:
		if id, ok := t.LookupTopic(text); ok {
			v.Value = string(id)
			return v, problem{}
		}
		return v, unknown("topic", text, t.NearestTopics(text)...)
	case FieldYear, FieldPublished, FieldAmount:
		return resolvePoint(v)
	case FieldLang:
		if code, ok := languageCode(text); ok {
			v.Value = code
			return v, problem{}
		}
		p := unknown("language", text, nearestLanguages(text)...)
		p.want = "a code of ISO 639 as fr, or a name as French"
		return v, p
	case FieldKind:
		return resolveListed(v, "kind of facts", stringsOf(corpus.FactKinds()))
	case FieldStatus:
		return resolveListed(v, "status of facts", append(stringsOf(corpus.AnchorStatuses()), StatusExtracted))
	case FieldCurrency:
		if code, ok := corpus.CurrencyOf(text); ok {
			v.Value = code
			return v, problem{}
		}
		q, p := resolveListed(v, "currency code", corpus.Currencies())
		p.want = "a code of ISO 4217 as USD, a sign as € or a name as euros"
		return q, p
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

func unknown(what, text string, near ...string) problem {
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

// stringsOf returns a list of names as texts.
func stringsOf[S ~string](list []S) []string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return texts
}

// resolveListed resolves a value of a closed list. Case, spaces, hyphens and
// a plural's s do not matter.
func resolveListed(v Value, what string, list []string) (Query, problem) {
	fold := func(s string) string {
		return strings.TrimSuffix(strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(s)), "s")
	}
	wanted := fold(v.Value)
	for _, name := range list {
		if fold(name) == wanted {
			v.Value = name
			return v, problem{}
		}
	}
	p := unknown(what, v.Value)
	if near := corpus.Nearest(v.Value, list); near != "" {
		p.near = []string{near}
	}
	p.want = joined(list, "or")
	return v, p
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
