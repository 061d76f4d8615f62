package pages

import (
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
)

// Year returns the number of a facet value that is a year.
func Year(value string) (int, bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n > 0
}

// GenerationInWords names the state of the index for a citation.
func GenerationInWords(v *Visit) string {
	s := "Index generation " + v.Snapshot.Generation().String()
	if !v.Status.Indexed.IsZero() {
		s += ", " + Instant(v.Status.Indexed)
	}
	return s + "."
}

// functions are what templates may call.
var functions = template.FuncMap{
	"number":    Number,
	"count":     Count,
	"noun":      noun,
	"clamp":     Clamp,
	"file":      func(path string) string { return Clamp(corpus.ShownPath(path), 200) },
	"when":      When,
	"exactly":   exactly,
	"iso":       iso,
	"instant":   Instant,
	"pairs":     pairs,
	"short":     func(s string) string { return Clamp(s, 60) },
	"capital":   Capital,
	"sentence":  Sentence,
	"stretches": stretches,
}

// Number writes an integer with commas: 7,290.
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Count writes a number with its noun: "1 document", "2,000 documents".
func Count(n int, one, many string) string { return Number(n) + " " + noun(n, one, many) }

// noun returns the form of a noun that goes with a number.
func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Capital begins a text with a capital letter.
func Capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// Sentence makes a sentence of a remark or an error, which begin in lower case for
// the command line: with a capital letter, and a full stop unless it ends already.
// What was typed stands in quotation marks and is not changed.
func Sentence(s string) string {
	s = Capital(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".?!:") {
		return s
	}
	return s + "."
}

// stretch is a part of a question, within which no line may end if it is whole.
type stretch struct {
	Text  string
	Whole bool
}

// stretches cuts a question so that its minus signs stay on the line of what they
// leave out: a line may end at a hyphen.
func stretches(question string) []stretch {
	var list []stretch
	from := 0
	for i := range len(question) - 1 {
		begins := i == 0 || question[i-1] == ' ' || question[i-1] == '('
		if question[i] != '-' || !begins {
			continue
		}
		_, size := utf8.DecodeRuneInString(question[i+1:])
		if from < i {
			list = append(list, stretch{Text: question[from:i]})
		}
		list = append(list, stretch{question[i : i+1+size], true})
		from = i + 1 + size
	}
	if from < len(question) {
		list = append(list, stretch{Text: question[from:]})
	}
	return list
}

// Clamp shortens what is too long to be shown, and says so. What is longer by
// less than the note about it stays whole. What is left is isolated, so that no
// mark of direction in it reaches the note.
func Clamp(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := utf8.RuneCountInString(s)
	if n <= most+most/4+len("… [shortened, 100 characters]") {
		return s
	}
	cut := 0
	for range most {
		_, size := utf8.DecodeRuneInString(s[cut:])
		cut += size
	}
	const isolate, pop = "\u2068", "\u2069"
	return isolate + strings.TrimSpace(s[:cut]) + pop + "… [shortened, " + Number(n) + " characters]"
}

// When writes a date as people do and no finer than it is known: "February
// 2012", "the 1990s", "2003 to 2014".
func When(d corpus.Date) string {
	switch {
	case d.IsZero():
		return "No date stated"
	case d.Decade:
		return strconv.Itoa(d.From.Year) + "s"
	case d.From == d.To:
		return day(d.From)
	case d.To == corpus.Day{}:
		return "since " + day(d.From)
	case d.From == corpus.Day{}:
		return "until " + day(d.To)
	}
	return day(d.From) + " to " + day(d.To)
}

func day(d corpus.Day) string {
	switch {
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return time.Month(d.Month).String() + " " + strconv.Itoa(d.Year)
	}
	return strconv.Itoa(d.Day) + " " + time.Month(d.Month).String() + " " + strconv.Itoa(d.Year)
}

// exactly says how exactly a date is known: "to the month".
func exactly(d corpus.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Decade:
		return "to the decade"
	case d.From != d.To:
		return ""
	case d.From.Month == 0:
		return "to the year"
	case d.From.Day == 0:
		return "to the month"
	}
	return "to the day"
}

// iso returns the value of a time element's datetime attribute, empty when
// HTML has no form for the date.
func iso(d corpus.Date) string {
	if d.IsZero() || d.Decade || d.From != d.To || d.From.Year < 1000 {
		return ""
	}
	return d.From.String()
}

// Instant writes a point in time: "24 November 2026, 04:10 UTC".
func Instant(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// pairs makes a map of its arguments, for templates that need several.
func pairs(arguments ...any) map[string]any {
	m := make(map[string]any, len(arguments)/2)
	for i := 0; i+1 < len(arguments); i += 2 {
		if name, ok := arguments[i].(string); ok {
			m[name] = arguments[i+1]
		}
	}
	return m
}
