package extract

import (
	"strings"
	"unicode"
)

// shownDate returns how a date of a sheet of OpenDocument stands in the text:
// as it is shown, but as ISO 8601 where it is shown in digits, of which nobody
// else could tell day and month apart, or without its century. Value is the
// date as it is stored, with a time behind a T or without.
func shownDate(shown, value string) string {
	date, clock, _ := strings.Cut(value, "T")
	year, rest, ok := strings.Cut(date, "-")
	if !ok || len(year) != 4 || len(rest) != 5 {
		return shown
	}
	parts := strings.FieldsFunc(shown, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	named := strings.Contains(shown, year) && strings.ContainsFunc(shown, unicode.IsLetter)
	if len(parts) < 3 || named || strings.HasPrefix(shown, date) {
		return shown
	}
	switch colons := strings.Count(shown, ":"); {
	case colons >= 2 && len(clock) >= 8:
		return date + " " + clock[:8]
	case colons == 1 && len(clock) >= 5:
		return date + " " + clock[:5]
	}
	return date
}
