package corpus

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// dateForms says which forms ParseDate reads, for its errors.
const dateForms = "want YYYY-MM-DD, YYYY-MM, YYYY, a decade as 199X, or a range FROM/TO with .. for an open side"

// ParseDate reads a date in the subset of EDTF that Date describes. The empty
// string is the zero Date. The error says what is wrong with the date, and
// quotes it.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	from, to, isRange := strings.Cut(s, "/")
	if !isRange {
		return parsePoint(s)
	}
	if from == ".." && to == ".." {
		return Date{}, fmt.Errorf("date %q: a range needs a beginning or an end", s)
	}
	var d Date
	var err error
	if d.From, err = parseSide(s, from); err != nil {
		return Date{}, err
	}
	if d.To, err = parseSide(s, to); err != nil {
		return Date{}, err
	}
	if d.End() < d.Start() {
		return Date{}, fmt.Errorf("date %q: the range ends before it begins", s)
	}
	return d, nil
}

// parsePoint reads a day, a month, a year or a decade.
func parsePoint(s string) (Date, error) {
	if len(s) == 4 && s[3] == 'X' {
		n, ok := digits(s[:3])
		if !ok || n == 0 {
			return Date{}, fmt.Errorf("date %q: %s", s, dateForms)
		}
		return Date{From: Day{Year: n * 10}, To: Day{Year: n*10 + 9}, Decade: true}, nil
	}
	day, err := parseDay(s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: %w", s, err)
	}
	return On(day), nil
}

// parseSide reads one side of the range whole.
func parseSide(whole, side string) (Day, error) {
	if side == ".." {
		return Day{}, nil
	}
	day, err := parseDay(side)
	if err != nil {
		return Day{}, fmt.Errorf("date %q: %w", whole, err)
	}
	return day, nil
}

// parseDay reads YYYY, YYYY-MM or YYYY-MM-DD.
func parseDay(s string) (Day, error) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return Day{}, errors.New(dateForms)
	}
	var n [3]int
	for i, part := range parts {
		var ok bool
		if n[i], ok = digits(part); !ok || i > 0 && len(part) != 2 {
			return Day{}, errors.New(dateForms)
		}
	}
	d := Day{Year: n[0], Month: n[1], Day: n[2]}
	return d, checkDay(d, len(parts))
}

// checkDay returns an error unless the first parts of d, year, month and day,
// are a day of the Gregorian calendar.
func checkDay(d Day, parts int) error {
	if d.Year < 1 {
		return errors.New("year 0 is not 1 to 9999")
	}
	if parts > 1 && (d.Month < 1 || d.Month > 12) {
		return fmt.Errorf("month %d is not 1 to 12", d.Month)
	}
	if parts < 3 {
		return nil
	}
	if n := daysIn(d.Year, d.Month); d.Day < 1 || d.Day > n {
		return fmt.Errorf("%s %d has days 1 to %d, not %d", time.Month(d.Month), d.Year, n, d.Day)
	}
	return nil
}

// digits reads a number that consists of ASCII digits alone.
func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}
