package extract

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// minutes tells minutes from months: they stand behind hours or before seconds.
// It also joins the decimals of seconds to them.
func (s *formatSection) minutes() {
	before := byte(0)
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind != tokenDate && t.kind != tokenElapsed {
			continue
		}
		if t.kind == tokenDate && t.text[0] == 'm' && len(t.text) < 3 && (before == 'h' || s.nextUnit(i) == 's') {
			t.text = strings.Replace(t.text, "m", "i", -1)
		}
		before = t.text[0]
	}
	seconds := false
	for i := range s.tokens {
		switch t := &s.tokens[i]; t.kind {
		case tokenDate, tokenElapsed:
			seconds = t.text[0] == 's'
		case tokenPoint:
			n := 0
			for i+1+n < len(s.tokens) && s.tokens[i+1+n].kind == tokenDigit {
				n++
			}
			if !seconds || n == 0 || n > 3 {
				t.kind = tokenLiteral
				continue
			}
			t.text = s.digitTexts(i+1, n)
		case tokenDigit:
			s.unknown = s.unknown || t.text != ""
		}
	}
}

// digitTexts returns n places for digits from a token on, which it empties.
func (s *formatSection) digitTexts(from, n int) string {
	var b strings.Builder
	for i := from; i < from+n; i++ {
		b.WriteString(s.tokens[i].text)
		s.tokens[i].text = ""
	}
	return b.String()
}

// nextUnit returns the letter of the unit of time behind a token.
func (s *formatSection) nextUnit(at int) byte {
	for _, t := range s.tokens[at+1:] {
		if t.kind == tokenDate || t.kind == tokenElapsed {
			return t.text[0]
		}
	}
	return 0
}

// dateUnits are the units of time that a section shows.
type dateUnits struct {
	year, month, day, hour, minute, second int // letters of the longest, 0 when it is not shown
	decimals                               int // of seconds
}

func (s *formatSection) units() dateUnits {
	var u dateUnits
	for _, t := range s.tokens {
		switch t.kind {
		case tokenPoint:
			u.decimals = len(t.text)
		case tokenDate:
			n := map[byte]*int{'y': &u.year, 'm': &u.month, 'd': &u.day, 'h': &u.hour, 'i': &u.minute, 's': &u.second}[t.text[0]]
			*n = max(*n, len(t.text))
		}
	}
	return u
}

// showDate returns how a section shows a number of days. Day 60 of the calendar
// of spreadsheets, 29 February 1900, never was: days before 1 March 1900 are not
// shown as dates.
func (s *formatSection) showDate(days float64, from1904 bool) (shown string, ok bool) {
	u := s.units()
	dated := u.year+u.month+u.day > 0
	if from1904 {
		days += 1462
	}
	if dated && days < 61 || days >= 2_958_466 {
		return "", false
	}
	unit := math.Pow10(u.decimals)
	ticks := int64(math.Round(days * 86_400 * unit))
	seconds := ticks / int64(unit)
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(seconds/86_400)).Add(time.Duration(seconds%86_400) * time.Second)
	if s.unknown && !dated {
		return "", false
	}
	if s.unknown || s.foreign && (u.month > 2 || u.day > 2) || u.year > 0 && (u.year < 3 || u.month > 0 && u.month < 3) {
		return u.iso(at, s.unknown), true
	}
	if from1904 && !dated {
		seconds -= 1462 * 86_400
	}
	return s.dateText(at, seconds, ticks%int64(unit), u), true
}

// iso returns a date as ISO 8601, as far as the section shows it: of a date in
// digits nobody else could tell day and month apart, or the century. What is
// not understood may show all of it.
func (u dateUnits) iso(at time.Time, all bool) string {
	layout := "2006"
	if u.month > 0 || all {
		layout += "-01"
	}
	if u.day > 0 || all {
		layout += "-02"
	}
	switch {
	case u.hour > 0 && u.second > 0:
		layout += " 15:04:05"
	case u.hour > 0 || all && at.Hour()+at.Minute()+at.Second() > 0:
		layout += " 15:04"
	}
	return at.Format(layout)
}

// dateText returns a time in the form of the section. Seconds are those since
// day 0, ticks the decimals of the second.
func (s *formatSection) dateText(at time.Time, seconds, ticks int64, u dateUnits) string {
	half := slices.ContainsFunc(s.tokens, func(t formatToken) bool { return t.kind == tokenHalfDay })
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case tokenLiteral:
			b.WriteString(t.text)
		case tokenPoint:
			decimals := fmt.Sprintf("%0*d", u.decimals, ticks)
			if least := strings.TrimRight(t.text, "#"); least == "" {
				decimals = strings.TrimRight(decimals, "0")
			}
			if decimals != "" {
				b.WriteString("." + decimals)
			}
		case tokenElapsed:
			n := seconds / map[byte]int64{'h': 3600, 'm': 60, 's': 1}[t.text[0]]
			fmt.Fprintf(&b, "%0*d", len(t.text), n)
		case tokenHalfDay:
			b.WriteString(halfDay(t.text, at))
		case tokenDate:
			b.WriteString(datePart(t.text, at, half))
		}
	}
	return b.String()
}

// halfDay returns which half of the day it is, in as many letters as asked for.
func halfDay(text string, at time.Time) string {
	name := at.Format("PM")
	if text == "a/p" {
		return name[:1]
	}
	return name
}

// datePart returns a part of a time; with half hours are counted to twelve.
func datePart(text string, at time.Time, half bool) string {
	number := func(n int) string { return fmt.Sprintf("%0*d", min(len(text), 2), n) }
	switch text[0] {
	case 'y':
		return strconv.Itoa(at.Year())
	case 'm':
		switch len(text) {
		case 1, 2:
			return number(int(at.Month()))
		case 3:
			return at.Format("Jan")
		case 5:
			return at.Format("Jan")[:1]
		}
		return at.Format("January")
	case 'd':
		switch len(text) {
		case 1, 2:
			return number(at.Day())
		case 3:
			return at.Format("Mon")
		}
		return at.Format("Monday")
	case 'h':
		if half {
			return number((at.Hour()+11)%12 + 1)
		}
		return number(at.Hour())
	case 'i':
		return number(at.Minute())
	}
	return number(at.Second())
}
