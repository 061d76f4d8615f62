package corpus

import (
	"regexp"
	"strconv"
	"strings"
)

// The forms of dates that metadata use, tried at every place of the text.
// Groups are named y, m, d for numbers and month for a month's name.
var looseForms = []*regexp.Regexp{
	regexp.MustCompile(`\b(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:\b|T)`),
	regexp.MustCompile(`(?i)\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°)?[.\s-]*(?:(?:of|de)\s+)?(?P<month>` + monthPattern() + `)[.,]*[\s-]*(?:del?\s+)?(?P<y>\d{4})\b`),
	regexp.MustCompile(`(?i)\b(?P<month>` + monthPattern() + `)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b`),
	regexp.MustCompile(`(?i)\b(?P<month>` + monthPattern() + `)[.,]*[\s-]+(?:del?\s+)?(?P<y>\d{4})\b`),
	regexp.MustCompile(`\b(?P<n1>\d{1,2})(?P<sep>[-/.])(?P<n2>\d{1,2})[-/.](?P<y>\d{4})\b`),
	regexp.MustCompile(`\b(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})(?:T?\d{4,6}Z?)?\b`),
	regexp.MustCompile(`^\s*(?P<y>[12]\d{3})\s*$`),
}

// ParseLooseDate finds the first date in a text that is meant to be one: a
// field of front matter or HTML metadata. It reads ISO 8601 and RFC 3339, dates
// with the name of a month in one of ten languages ("3 May 2011", "May 3rd,
// 2011", "Last updated: 30 Nov. 2012 14:22", "3 de mayo de 2011"), "20110503"
// and numbers such as "13/05/2011". Where day and month cannot be told apart
// ("03/05/2011") only the year is certain, and it returns the year. The date is
// that of the text's own time zone. It reports false when there is no date.
func ParseLooseDate(s string) (Date, bool) {
	if d, err := ParseDate(strings.TrimSpace(s)); err == nil {
		return d, !d.IsZero()
	}
	d, _, _ := looseDate(s)
	return d, !d.IsZero()
}

// ParseWholeDate reads a text that is nothing but a date, in the forms of
// ParseLooseDate; a time of day may follow one of ISO 8601.
func ParseWholeDate(s string) (Date, bool) {
	s = strings.TrimSpace(s)
	if d, err := ParseDate(s); err == nil {
		return d, !d.IsZero()
	}
	d, start, end := looseDate(s)
	if d.IsZero() || start > 0 || !timeOfDay.MatchString(s[end:]) {
		return Date{}, false
	}
	return d, true
}

// timeOfDay matches what may follow a date of ISO 8601, or nothing.
var timeOfDay = regexp.MustCompile(`^(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$`)

// looseDate returns the first date in a text and where it begins and ends. The
// date is zero when there is none.
func looseDate(s string) (d Date, start, end int) {
	start = len(s) + 1
	for _, form := range looseForms {
		m := form.FindStringSubmatchIndex(s)
		if m == nil || m[0] >= start {
			continue
		}
		if day, ok := looseDay(form, s, m); ok {
			d, start, end = On(day), m[0], m[1]
		}
	}
	return d, start, end
}

// looseDay returns the day of a match of one of the loose forms.
func looseDay(form *regexp.Regexp, s string, m []int) (Day, bool) {
	num := func(name string) int {
		i := form.SubexpIndex(name)
		if i < 0 || m[2*i] < 0 {
			return 0
		}
		n, _ := strconv.Atoi(s[m[2*i]:m[2*i+1]]) // at most four digits by the form
		return n
	}
	d := Day{Year: num("y"), Month: num("m"), Day: num("d")}
	if i := form.SubexpIndex("month"); i > 0 {
		d.Month = MonthNumber(s[m[2*i]:m[2*i+1]])
	}
	if i := form.SubexpIndex("n1"); i > 0 {
		d.Month, d.Day = dayAndMonth(num("n1"), num("n2"), s[m[2*i+1]] == '.')
	}
	parts := 1
	if d.Month > 0 {
		parts++
	}
	if d.Day > 0 {
		parts++
	}
	if d.Month == 0 && d.Day > 0 {
		return Day{}, false
	}
	return d, checkDay(d, parts) == nil
}

// dayAndMonth tells month from day in two numbers as far as that is certain,
// else both are 0. With dots between numbers the day always comes first.
func dayAndMonth(a, b int, dots bool) (month, day int) {
	switch {
	case dots || a == b || a > 12:
		return b, a
	case b > 12:
		return a, b
	}
	return 0, 0
}
