package corpus

import (
	"cmp"
	"fmt"
)

// DateMode is the sense of a date: "on" a day, "since", "until" and so on.
type DateMode string

// The modes of a date.
const (
	ModeOn           DateMode = "on"             // at the date, or some time in it; what an empty mode means when there is a date
	ModeDuring       DateMode = "during"         // through all of the date
	ModeSince        DateMode = "since"          // from the date, and not over when the source was written
	ModeSinceApprox  DateMode = "since-approx"   // from some time in the date, which is read from words like "the early nineties"
	ModeUntil        DateMode = "until"          // up to the date
	ModeBy           DateMode = "by"             // at the date at the latest
	ModeAsOf         DateMode = "as-of"          // as measured at the date
	ModePlanned      DateMode = "planned"        // foreseen for the date
	ModeFiscal       DateMode = "fiscal"         // in a fiscal year, whose days are the date
	ModeRecent       DateMode = "recent"         // "in recent years": no date
	ModeFuture       DateMode = "future"         // some time later: no date
	ModeAsOfDocument DateMode = "as-of-document" // when the source was written: no date
	ModeUndated      DateMode = "undated"        // not stated: what an empty mode means when there is no date
)

// longRange is the number of calendar years from which on a range counts
// under its decades instead of its years.
const longRange = 10

// DateModes returns all modes of a date.
func DateModes() []DateMode {
	return []DateMode{
		ModeOn, ModeDuring, ModeSince, ModeSinceApprox, ModeUntil, ModeBy, ModeAsOf,
		ModePlanned, ModeFiscal, ModeRecent, ModeFuture, ModeAsOfDocument, ModeUndated,
	}
}

// Dateless reports whether a date in this mode has no EDTF form.
func (m DateMode) Dateless() bool {
	switch m {
	case ModeRecent, ModeFuture, ModeAsOfDocument, ModeUndated:
		return true
	}
	return false
}

// Years returns the values of the year facet for the date, in order of time.
// A day, month or year counts under its year, a range shorter than ten
// calendar years under every year in it, a longer one and a decade under
// their decades ("1990s") alone, a range with an open side under the year of
// the other. The zero Date has none.
func (d Date) Years() []string {
	if d.IsZero() {
		return nil
	}
	from, to := d.years()
	if d.Decade || to-from+1 >= longRange {
		return decades(from, to)
	}
	years := make([]string, 0, to-from+1)
	for y := from; y <= to; y++ {
		years = append(years, yearName(y))
	}
	return years
}

// years returns the first and the last year of a date that is not zero. An open
// side has the year of the other.
func (d Date) years() (from, to int) {
	from, to = d.From.Year, d.To.Year
	return cmp.Or(from, to), cmp.Or(to, from)
}

// Decades returns the decades that the date touches, in order of time:
// "1990s". A range with an open side touches the decade of the other.
func (d Date) Decades() []string {
	if d.IsZero() {
		return nil
	}
	from, to := d.years()
	return decades(from, to)
}

func decades(from, to int) []string {
	var names []string
	for y := from - from%10; y <= to; y += 10 {
		names = append(names, yearName(y)+"s")
	}
	return names
}

// yearName is a year as a facet value: four digits, so that values sort.
func yearName(y int) string { return fmt.Sprintf("%04d", y) }

// Years returns the values of the year facet for a fact's date: those of the
// date by the rule of Date.Years, except that "since" counts under its first
// year, "until" and "by" under their last, and "since" an approximate time
// under its decades. A fact without a date has none, whatever the document's
// date of publication.
func (d FactDate) Years() []string {
	if d.Mode.Dateless() || d.Date.IsZero() {
		return nil
	}
	date := d.Date
	switch {
	case d.Mode == ModeSinceApprox:
		return date.Decades()
	case date.Decade:
	case d.Mode == ModeSince && date.From != Day{}:
		date.To = date.From
	case (d.Mode == ModeUntil || d.Mode == ModeBy) && date.To != Day{}:
		date.From = date.To
	}
	return date.Years()
}

// Span returns the time for which a fact's date holds, for filters by range:
// "since" is open at its end, "until" at its beginning. It is zero for a fact
// without a date.
func (d FactDate) Span() Date {
	if d.Mode.Dateless() || d.Date.IsZero() {
		return Date{}
	}
	span := Date{From: d.Date.From, To: d.Date.To}
	switch d.Mode {
	case ModeSince, ModeSinceApprox:
		span.To = Day{}
	case ModeUntil:
		span.From = Day{}
	}
	if span.IsZero() { // "since ../2011" says no more than the date itself
		return d.Date
	}
	return span
}

// Years returns the values of the year facet for the fact: years and decades.
func (f *Fact) Years() []string { return f.Date.Years() }
