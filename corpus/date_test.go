package corpus

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		text       string
		precision  Precision
		start, end int
		years      []string
	}{
		{"2011-05-03", PrecisionDay, 20110503, 20110503, []string{"2011"}},
		{"2011-05", PrecisionMonth, 20110501, 20110531, []string{"2011"}},
		{"2012-02", PrecisionMonth, 20120201, 20120229, []string{"2012"}},
		{"2011", PrecisionYear, 20110101, 20111231, []string{"2011"}},
		{"199X", PrecisionDecade, 19900101, 19991231, []string{"1990s"}},
		{"2003-08/2014-12", PrecisionRange, 20030801, 20141231, []string{"2000s", "2010s"}},
		{"2005/2014", PrecisionRange, 20050101, 20141231, []string{"2000s", "2010s"}},
		{"2012-11-14/2014", PrecisionRange, 20121114, 20141231, []string{"2012", "2013", "2014"}},
		{"2007/..", PrecisionRange, 20070101, OpenEnd, []string{"2007"}},
		{"../2011", PrecisionRange, OpenStart, 20111231, []string{"2011"}},
		{"0476", PrecisionYear, 4760101, 4761231, []string{"0476"}},
		{"", PrecisionNone, OpenStart, OpenEnd, nil},
	} {
		d, err := ParseDate(c.text)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", c.text, err)
			continue
		}
		if d.String() != c.text {
			t.Errorf("ParseDate(%q).String() = %q", c.text, d.String())
		}
		if d.Precision() != c.precision || d.Start() != c.start || d.End() != c.end || !slices.Equal(d.Years(), c.years) {
			t.Errorf("%q: %s %d %d %v, want %s %d %d %v", c.text,
				d.Precision(), d.Start(), d.End(), d.Years(), c.precision, c.start, c.end, c.years)
		}
	}
}

func TestParseDateErrors(t *testing.T) {
	for text, want := range map[string]string{
		"2011-13":         `date "2011-13": month 13 is not 1 to 12`,
		"2011-00":         `date "2011-00": month 0 is not 1 to 12`,
		"2011-02-30":      `date "2011-02-30": February 2011 has days 1 to 28, not 30`,
		"2011-02-00":      `date "2011-02-00": February 2011 has days 1 to 28, not 0`,
		"0000":            `date "0000": year 0 is not 1 to 9999`,
		"../..":           `date "../..": a range needs a beginning or an end`,
		"2012/2011":       `date "2012/2011": the range ends before it begins`,
		"3 May 2011":      `date "3 May 2011": ` + dateForms,
		"2011-5-3":        `date "2011-5-3": ` + dateForms,
		"000X":            `date "000X": ` + dateForms,
		"2011/":           `date "2011/": ` + dateForms,
		"199X/200X":       `date "199X/200X": ` + dateForms,
		"2011-05-03-04":   `date "2011-05-03-04": ` + dateForms,
		"2011/2012/2013":  `date "2011/2012/2013": ` + dateForms,
		" 2011":           `date " 2011": ` + dateForms,
		"２０１１":            `date "２０１１": ` + dateForms,
		"2011-05-03T12:0": `date "2011-05-03T12:0": ` + dateForms,
	} {
		if _, err := ParseDate(text); err == nil || err.Error() != want {
			t.Errorf("ParseDate(%q) = %v, want %s", text, err, want)
		}
	}
}

func TestDateOrder(t *testing.T) {
	date := func(s string) Date {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		a, b             string
		overlaps, within bool
	}{
		{"2011-05-03", "2011", true, true},
		{"2011", "2011-05-03", true, false},
		{"2011", "2010/..", true, true},
		{"2009-12", "2010/..", false, false},
		{"199X", "1995/2005", true, false},
		{"../2011", "2011-12-31", true, false},
		{"2011", "", false, false},
		{"", "2011", false, false},
		{"2007/..", "../2007", true, false},
	} {
		if got := date(c.a).Overlaps(date(c.b)); got != c.overlaps {
			t.Errorf("%q overlaps %q: %v", c.a, c.b, got)
		}
		if got := date(c.a).Within(date(c.b)); got != c.within {
			t.Errorf("%q within %q: %v", c.a, c.b, got)
		}
	}
	sorted := []string{"../2011", "2007", "2007/..", "2011-05", "2011-05-03", ""}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := date(a).Compare(date(b)); got != intOrder(i, j) && (a != b) {
				t.Errorf("%q compared to %q: %d", a, b, got)
			}
		}
	}
}

func TestFactYears(t *testing.T) {
	for _, c := range []struct {
		edtf string
		mode DateMode
		want []string
		span string
	}{
		{"2011-05", ModeOn, []string{"2011"}, "2011-05"},
		{"2011-05", "", []string{"2011"}, "2011-05"},
		{"2007", ModeSince, []string{"2007"}, "2007/.."},
		{"2007/2012", ModeSince, []string{"2007"}, "2007/.."},
		{"1990/1993", ModeSinceApprox, []string{"1990s"}, "1990/.."},
		{"199X", ModeSince, []string{"1990s"}, "1990/.."},
		{"199X", ModeDuring, []string{"1990s"}, "1990/1999"},
		{"1990/1999", ModeDuring, []string{"1990s"}, "1990/1999"},
		{"2012/2014", ModeUntil, []string{"2014"}, "../2014"},
		{"2012/2014", ModeBy, []string{"2014"}, "2012/2014"},
		{"2011-05", ModeAsOf, []string{"2011"}, "2011-05"},
		{"2013", ModePlanned, []string{"2013"}, "2013"},
		{"2011-04-01/2012-03-31", ModeFiscal, []string{"2011", "2012"}, "2011-04-01/2012-03-31"},
		{"", ModeRecent, nil, ""},
		{"", ModeAsOfDocument, nil, ""},
		{"", "", nil, ""},
		{"2011", ModeUndated, nil, ""},
	} {
		date, err := ParseDate(c.edtf)
		if err != nil {
			t.Fatal(err)
		}
		fact := Fact{Date: FactDate{Date: date, Mode: c.mode}}
		if got := fact.Years(); !slices.Equal(got, c.want) {
			t.Errorf("%q %s: years %v, want %v", c.edtf, c.mode, got, c.want)
		}
		if got := fact.Date.Span().String(); got != c.span {
			t.Errorf("%q %s: span %q, want %q", c.edtf, c.mode, got, c.span)
		}
	}
}

func TestParseLooseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2011-05-03T23:30:00-07:00":           "2011-05-03",
		"2011-05-03 10:00:00":                 "2011-05-03",
		"2011-05":                             "2011-05",
		"2011/5/3":                            "2011-05-03",
		"2011":                                "2011",
		" 2011 ":                              "2011",
		"3 May 2011":                          "2011-05-03",
		"3rd of May, 2011":                    "2011-05-03",
		"May 3, 2011":                         "2011-05-03",
		"May 3rd 2011":                        "2011-05-03",
		"MAY 2011":                            "2011-05",
		"Tue, 03 May 2011 10:00:00 GMT":       "2011-05-03",
		"Last updated: 30 Nov. 2012 14:22":    "2012-11-30",
		"Published Sept. 7, 2021 | 3:15 PM":   "2021-09-07",
		"03-May-2011":                         "2011-05-03",
		"1er mars 2004":                       "2004-03-01",
		"27 août 2008":                        "2008-08-27",
		"Stand: 3. März 2011":                 "2011-03-03",
		"3 de mayo de 2011":                   "2011-05-03",
		"mayo del 2011":                       "2011-05",
		"1º gennaio 2012":                     "2012-01-01",
		"12 de março de 2010":                 "2010-03-12",
		"5 mei 2009":                          "2009-05-05",
		"3 Mayıs 2011 Salı":                   "2011-05-03",
		"от 3 мая 2011 г.":                    "2011-05-03",
		"3 травня 2011 року":                  "2011-05-03",
		"3 listopada 2011":                    "",
		"13/05/2011":                          "2011-05-13",
		"05/13/2011":                          "2011-05-13",
		"05/05/2011":                          "2011-05-05",
		"03/05/2011":                          "2011",
		"03.05.2011":                          "2011-05-03",
		"20110503":                            "2011-05-03",
		"20110503T101500Z":                    "2011-05-03",
		"20110503101500":                      "2011-05-03",
		"3 May 2011 (updated 5 June 2012)":    "2011-05-03",
		"31 February 2011":                    "2011-02",
		"":                                    "",
		"soon":                                "",
		"version 1.2":                         "",
		"12345678901":                         "",
		"2011-13-45":                          "",
		"maybe 2011 was better":               "",
		"2007/..":                             "2007/..",
		"updated on 2012-11-30, first 3.5.11": "2012-11-30",
	} {
		got, ok := ParseLooseDate(text)
		if got.String() != want || ok != (want != "") {
			t.Errorf("ParseLooseDate(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
}

func TestParseWholeDate(t *testing.T) {
	for text, want := range map[string]string{
		"2011":                      "2011",
		" 2011-05 ":                 "2011-05",
		"3 May 2011":                "2011-05-03",
		"May 3rd, 2011":             "2011-05-03",
		"1er mars 2004":             "2004-03-01",
		"2011-05-03T23:30:00-07:00": "2011-05-03",
		"2011-05-03 10:00:00":       "2011-05-03",
		"2011-05-03 to 2012-01-01":  "",
		"2011-05-03-2012-01-01":     "",
		"before 3 May 2011":         "",
		"3 May 2011, or so":         "",
		"2007/2009":                 "2007/2009",
		"":                          "",
	} {
		got, ok := ParseWholeDate(text)
		if got.String() != want || ok != (want != "") {
			t.Errorf("ParseWholeDate(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
}

// genDate draws any date that a source can state.
func genDate(t *rapid.T) Date {
	day := rapid.Custom(func(t *rapid.T) Day {
		d := Day{Year: rapid.IntRange(1, 9999).Draw(t, "year")}
		if d.Month = rapid.IntRange(0, 12).Draw(t, "month"); d.Month > 0 {
			d.Day = rapid.IntRange(0, daysIn(d.Year, d.Month)).Draw(t, "day")
		}
		return d
	})
	switch rapid.IntRange(0, 4).Draw(t, "form") {
	case 0:
		return Date{}
	case 1:
		y := rapid.IntRange(1, 999).Draw(t, "decade") * 10
		return Date{From: Day{Year: y}, To: Day{Year: y + 9}, Decade: true}
	case 2:
		return On(day.Draw(t, "point"))
	case 3:
		if rapid.Bool().Draw(t, "open start") {
			return Date{To: day.Draw(t, "to")}
		}
		return Date{From: day.Draw(t, "from")}
	}
	d := Date{From: day.Draw(t, "from"), To: day.Draw(t, "to")}
	if d.End() < d.Start() {
		d.From, d.To = d.To, d.From
	}
	return d
}

func TestDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genDate(t)
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Date
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got != want {
			t.Fatalf("%s became %+v, want %+v", text, got, want)
		}
		if !want.IsZero() && (want.Start() > want.End() || !want.Within(want) || !want.Overlaps(want)) {
			t.Fatalf("%s: %d to %d", text, want.Start(), want.End())
		}
		if !slices.IsSorted(want.Years()) {
			t.Fatalf("%s: years %v out of order", text, want.Years())
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2011-05-03", "199X", "2007/..", "../2011", "2003-08/2014-12", "2007/2007", "3 May 2011", "30 Nov. 2012 14:22", "1er août 2004"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// A range from a day, month or year to the same one is written as that.
		if d, err := ParseDate(s); err == nil && d.String() != s && d.String()+"/"+d.String() != s {
			t.Errorf("ParseDate(%q) prints %q", s, d)
		}
		d, ok := ParseLooseDate(s)
		if ok == d.IsZero() {
			t.Errorf("ParseLooseDate(%q) = %q, %v", s, d, ok)
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Errorf("ParseLooseDate(%q) = %q, which reads back as %q, %v", s, d, back, err)
		}
	})
}
