package corpus

import (
	"fmt"
	"time"
)

// Day is a calendar date whose month or day may be unknown.
type Day struct {
	Year  int // 1 to 9999
	Month int // 1 to 12, 0 when only the year is known
	Day   int // 1 to 31, 0 when only year and month are known
}

// Date is a point or a stretch of time as a source states it: no more precise
// than the words. Its text form is a subset of EDTF (ISO 8601-2:2019):
// "2011-05-03", "2011-05", "2011", "199X" for a decade, "2003-08/2014-12" for
// a range, "2007/.." and "../2011" for open ones. The zero Date is "not
// stated" and prints as the empty string.
type Date struct {
	From, To Day // both inclusive; equal for a point; the zero Day on an open side
	// Decade reports the form "199X". From and To are its first and last year.
	Decade bool
}

// Precision is how exactly a date is known.
type Precision string

// The precisions of a date.
const (
	PrecisionNone   Precision = "none"
	PrecisionDay    Precision = "day"
	PrecisionMonth  Precision = "month"
	PrecisionYear   Precision = "year"
	PrecisionDecade Precision = "decade"
	PrecisionRange  Precision = "range"
)

// The keys of the open sides of a range, before and after every day.
const (
	OpenStart = 0
	OpenEnd   = 99991232
)

// On returns the date that is the one day, month or year.
func On(d Day) Date { return Date{From: d, To: d} }

// DayOf returns the calendar day of t in t's own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{Year: y, Month: int(m), Day: d}
}

// IsZero reports whether the date is not stated.
func (d Date) IsZero() bool { return d == Date{} }

// Precision returns how exactly the date is known. It follows from the form
// alone.
func (d Date) Precision() Precision {
	switch {
	case d.IsZero():
		return PrecisionNone
	case d.Decade:
		return PrecisionDecade
	case d.From != d.To:
		return PrecisionRange
	case d.From.Month == 0:
		return PrecisionYear
	case d.From.Day == 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

// Start returns the date's first day as the number YYYYMMDD, which sorts by
// time, or OpenStart when the date has no beginning or is not stated.
func (d Date) Start() int {
	if d.From == (Day{}) {
		return OpenStart
	}
	return d.From.first()
}

// End returns the date's last day as the number YYYYMMDD, or OpenEnd when the
// date has no end or is not stated.
func (d Date) End() int {
	if d.To == (Day{}) {
		return OpenEnd
	}
	return d.To.last()
}

// Overlaps reports whether the dates may have a day in common. A date that is
// not stated overlaps nothing.
func (d Date) Overlaps(o Date) bool {
	return !d.IsZero() && !o.IsZero() && d.Start() <= o.End() && o.Start() <= d.End()
}

// Within reports whether all days of d are days of o. A date that is not
// stated is within nothing, and nothing is within it.
func (d Date) Within(o Date) bool {
	return !d.IsZero() && !o.IsZero() && o.Start() <= d.Start() && d.End() <= o.End()
}

// Compare orders dates by their first day, then by their last, and dates that
// are not stated after all others: -1, 0 or +1.
func (d Date) Compare(o Date) int {
	if z := boolOrder(d.IsZero(), o.IsZero()); z != 0 {
		return z
	}
	if c := intOrder(d.Start(), o.Start()); c != 0 {
		return c
	}
	return intOrder(d.End(), o.End())
}

// String returns the date in the subset of EDTF that ParseDate reads.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Decade:
		return fmt.Sprintf("%03dX", d.From.Year/10)
	case d.From == d.To:
		return d.From.String()
	case d.From == Day{}:
		return "../" + d.To.String()
	case d.To == Day{}:
		return d.From.String() + "/.."
	}
	return d.From.String() + "/" + d.To.String()
}

// MarshalText returns the text form of the date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form of a date.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// String returns the year, year and month, or full date in ISO 8601.
func (d Day) String() string {
	switch {
	case d == Day{}:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// first returns the earliest day that d can be, as YYYYMMDD.
func (d Day) first() int {
	return d.Year*10000 + max(d.Month, 1)*100 + max(d.Day, 1)
}

// last returns the latest day that d can be, as YYYYMMDD.
func (d Day) last() int {
	month, day := d.Month, d.Day
	if month == 0 {
		month = 12
	}
	if day == 0 {
		day = daysIn(d.Year, month)
	}
	return d.Year*10000 + month*100 + day
}

// daysIn returns the number of days of a month in the Gregorian calendar.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func intOrder(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
