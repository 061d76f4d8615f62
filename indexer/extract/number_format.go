package extract

import (
	"math"
	"strconv"
	"strings"
)

// numberFormat is how a spreadsheet shows the value of a cell (ECMA-376,
// 18.8.31). Dates in digits stand as ISO 8601, whatever order of day and month
// the format has; see shownDate.
type numberFormat struct {
	sections []formatSection // for numbers, at most three
	texts    *formatSection  // for texts, nil when they stand as they are
}

// showText returns the text that a cell with a text shows.
func (f *numberFormat) showText(text string) string {
	if f == nil || f.texts == nil || f.texts.unknown {
		return text
	}
	var b strings.Builder
	for _, t := range f.texts.tokens {
		switch t.kind {
		case tokenText:
			b.WriteString(text)
		case tokenLiteral:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// showNumber returns the text that a cell with a number shows. A format that is
// not understood shows the number as it is stored, a date as ISO 8601. With
// from1904 day 0 is 1 January 1904 (ECMA-376, 18.17.4.1).
func (f *numberFormat) showNumber(stored string, from1904 bool) string {
	stored = strings.TrimSpace(stored)
	v, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return stored
	}
	general := generalNumber(stored, v)
	if f == nil {
		return general
	}
	s, signed := f.section(v)
	if s == nil {
		return general
	}
	shown, zero, ok := s.show(math.Abs(v), general, from1904 && v >= 0)
	switch {
	case s.dated && v < 0, !ok:
		return general
	case signed && v < 0 && !zero:
		return "-" + shown
	}
	return shown
}

// generalNumber returns a number as it is stored, without the digits beyond the
// fifteenth, which are an error of binary fractions.
func generalNumber(stored string, v float64) string {
	if !strings.ContainsAny(stored, "eE") && (len(stored) <= 15 || !strings.Contains(stored, ".")) {
		return stored
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = rounded
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// section returns the section that shows a number, nil when that is not sure,
// and whether the section leaves it to the program to write a minus.
func (f *numberFormat) section(v float64) (s *formatSection, signed bool) {
	last := len(f.sections) - 1
	if last < 0 {
		return nil, false
	}
	for i := range f.sections {
		if f.sections[i].condition.sign != "" {
			return f.conditional(v), true
		}
	}
	switch {
	case last >= 1 && v < 0:
		return &f.sections[1], false
	case last >= 2 && v == 0:
		return &f.sections[2], false
	}
	return &f.sections[0], true
}

// conditional returns the section whose condition a number meets. All but the
// last must have one. Programs differ in whether they write the minus of a
// number below zero.
func (f *numberFormat) conditional(v float64) *formatSection {
	last := len(f.sections) - 1
	for i := range f.sections {
		s := &f.sections[i]
		if s.condition.sign == "" && i < last {
			return nil
		}
		if s.condition.sign == "" || s.condition.meets(v) {
			if v < 0 && s.digits {
				return nil
			}
			return s
		}
	}
	return nil
}

// show returns how a section shows a number that is not below zero, whether
// that is nothing but zeros, and false when it is not understood.
func (s *formatSection) show(v float64, general string, from1904 bool) (shown string, zero, ok bool) {
	switch {
	case s.dated:
		shown, ok = s.showDate(v, from1904)
		return shown, false, ok
	case s.unknown:
		return "", false, false
	case s.general:
		return s.fill(tokenGeneral, []string{strings.TrimPrefix(general, "-")}), v == 0, true
	case s.fraction != nil:
		shown, zero = s.showFraction(v)
	case s.digits:
		shown, zero = s.showDigits(v)
	default:
		return s.fill(tokenDigit, nil), true, true
	}
	return shown, zero, true
}

// fill returns the section with texts in place of its tokens of one kind.
func (s *formatSection) fill(kind tokenKind, texts []string) string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch {
		case t.kind == kind && len(texts) > 0:
			b.WriteString(texts[0])
			texts = texts[1:]
		case t.kind == tokenLiteral:
			b.WriteString(t.text)
		}
	}
	return b.String()
}
