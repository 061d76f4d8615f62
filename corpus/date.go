package corpus

import "fmt"

// Day is a calendar date whose month or day may be unknown.
type Day struct {
	Year  int
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

// IsZero reports whether the date is not stated.
func (d Date) IsZero() bool { return d == Date{} }

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
