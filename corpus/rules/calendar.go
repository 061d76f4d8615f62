package rules

import (
	"strings"

	"rapport/corpus"
)

// days, months and years build dates.
func days(year, month, first, last int) corpus.Date {
	return corpus.Date{From: corpus.Day{Year: year, Month: month, Day: first}, To: corpus.Day{Year: year, Month: month, Day: last}}
}

func months(year, month int) corpus.Date { return corpus.On(corpus.Day{Year: year, Month: month}) }

func years(from, to int) corpus.Date {
	return corpus.Date{From: corpus.Day{Year: from}, To: corpus.Day{Year: to}}
}

// plausible reports whether four digits can be a year of a text about our
// time.
func plausible(year int) bool { return 1900 <= year && year <= 2099 }

// number returns the value of a word of one to four digits, or -1.
func number(w string) int {
	if w == "" || len(w) > 4 {
		return -1
	}
	n := 0
	for i := 0; i < len(w); i++ {
		if w[i] < '0' || w[i] > '9' {
			return -1
		}
		n = n*10 + int(w[i]-'0')
	}
	return n
}

// dayRange reads "13", "3rd" or "14-15" as days of a month.
func dayRange(w string) (first, last int, ok bool) {
	a, b, isRange := strings.Cut(w, "-")
	if first, ok = dayOfMonth(a); !ok || !isRange {
		return first, first, ok
	}
	last, ok = dayOfMonth(b)
	return first, last, ok && first < last
}

func dayOfMonth(w string) (int, bool) {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	n := number(w)
	return n, 1 <= n && n <= 31 && len(w) <= 2
}

// month returns the number of a month's English name in lower case, or 0.
func month(w string) int {
	switch strings.TrimSuffix(w, ".") {
	case "january", "jan":
		return 1
	case "february", "feb":
		return 2
	case "march", "mar":
		return 3
	case "april", "apr":
		return 4
	case "may":
		return 5
	case "june", "jun":
		return 6
	case "july", "jul":
		return 7
	case "august", "aug":
		return 8
	case "september", "sept", "sep":
		return 9
	case "october", "oct":
		return 10
	case "november", "nov":
		return 11
	case "december", "dec":
		return 12
	}
	return 0
}
