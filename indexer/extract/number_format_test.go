package extract

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The texts that spreadsheet programs show, of a number (the key of the inner
// map) in a format.
func TestNumbersAsShown(t *testing.T) {
	for code, shown := range map[string]map[string]string{
		"General":    {"0.1": "0.1", "0.30000000000000004": "0.3", "1E-7": "0.0000001", "12345678901234567": "12345678901234567", "-2": "-2"},
		"0":          {"0.5": "1", "-0.4": "0", "2.5": "3", "1E+20": "100000000000000000000"},
		"0.00":       {"1.005": "1.01", "0.285": "0.29", "2.675": "2.68", "-1234.567": "-1234.57", "-0.001": "0.00", "99.995": "100.00"},
		"#,##0":      {"0": "0", "999.9999": "1,000", "1234567.891": "1,234,568", "12345678901": "12,345,678,901"},
		"0.00%":      {"0.125": "12.50%", "0": "0.00%", "0.00005": "0.01%", "-0.5": "-50.00%"},
		"0.0##%":     {"0.125": "12.5%", "0.33333": "33.333%"},
		"0.00E+00":   {"1234.5": "1.23E+03", "0.0000001": "1.00E-07", "9.999": "1.00E+01", "0": "0.00E+00"},
		"##0.0E+0":   {"1234567.891": "1.2E+6", "0.125": "125.0E-3", "999.99": "1.0E+3", "12345": "12.3E+3"},
		"# ?/?":      {"0.125": "1/8", "2.5": "2 1/2", "-1.5": "-1 1/2", "0": "0", "0.99999": "1", "0.3333": "1/3"},
		"# ?/8":      {"0.75": "6/8", "1": "1"},
		"?/?":        {"2.5": "5/2"},
		"# ??/100":   {"1.25": "1 25/100"},
		"#.##":       {"0.125": ".13", "1": "1", "1234.5": "1234.5"},
		".00":        {"0.5": ".50", "1234.5": "1234.50"},
		"00000":      {"42": "00042"},
		"000-00-000": {"1234567": "012-34-567"},
		"0,000":      {"1": "0,001", "1234": "1,234"},
		"0.0,":       {"1234567": "1234.6"},
		`0.0,,"m"`:   {"1234567": "1.2m", "-1": "0.0m"},
		`"$"#,##0`:   {"-1234.4": "-$1,234"},
		"$#,##0.00":  {"1234.5": "$1,234.50"},
		"£#,##0":     {"1234": "£1,234"},

		"[$€-407] #,##0.00": {"1234.5": "€ 1,234.50"},
		"#,##0.00 [$USD]":   {"1234.5": "1,234.50 USD"},
		`_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)`: {"1234.5": "$1,234.50", "-1234.5": "$(1,234.50)", "0": "$-"},
		"#,##0;[Red](#,##0)":                    {"-1234": "(1,234)", "1234": "1,234", "0": "0"},
		`0;-0;"none"`:                           {"0": "none", "-3": "-3"},
		"0;;":                                   {"3": "3", "-3": "", "0": ""},
		`[>=1000000]0.0,,"M";[>=1000]0"K"`:      {"2500000": "2.5M"},
		`[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`: {"2500000": "2.5M", "2500": "2.5K", "25": "25", "-2500": "-2500"},
		`[<100]"low";"high"`:                    {"99": "low", "100": "high", "-1": "low"},
		`0" units"`:                             {"3": "3 units"},
		`0\ \x`:                                 {"3": "3 x"},
		`General" kg"`:                          {"2.5": "2.5 kg", "-2.5": "-2.5 kg"},
		"@":                                     {"2.5": "2.5"},

		"h:mm":              {"0.75": "18:00", "1.5": "12:00", "-1": "-1"},
		"h:mm AM/PM":        {"0.75": "6:00 PM", "0": "12:00 AM", "0.5": "12:00 PM"},
		"[h]:mm":            {"1.5": "36:00", "40.0625": "961:30"},
		"[mm]:ss":           {"0.0625": "90:00"},
		"mm:ss.0":           {"0.00070023": "01:00.5"},
		"d mmmm yyyy":       {"40666": "3 May 2011"},
		"dddd, mmmm d yyyy": {"40666": "Tuesday, May 3 2011"},
		"mmm yyyy":          {"40666": "May 2011"},
		"d-mmm":             {"40666": "3-May"},
		"yyyy":              {"40666": "2011"},
		`"FY"yyyy`:          {"40666": "FY2011"},
		"yyyy-mm-dd hh:mm":  {"40666.5": "2011-05-03 12:00", "60": "60", "-3": "-3", "1E+20": "100000000000000000000"},

		// In digits, or without the century, the order is that of ISO 8601.
		"dd/mm/yyyy":           {"40666": "2011-05-03"},
		"m/d/yy h:mm":          {"40666.75": "2011-05-03 18:00"},
		"mmm-yy":               {"40666": "2011-05"},
		`yyyy"年"m"月"`:          {"40666": "2011-05"},
		"[$-407]d. mmmm yyyy":  {"40666": "2011-05-03"},
		"[$-409]d mmmm yyyy;@": {"40666": "3 May 2011"},
		"dd.mm.yyyy hh:mm:ss":  {"40666.99998842593": "2011-05-03 23:59:59"},
		"[$-30411]ggge/m/d":    {"40666": "2011-05-03"},
		"bbbb":                 {"40666": "40666"},
		"0%%":                  {"0.5": "0.5"},
		"[DBNum1]0":            {"3": "3"},
		"0.0/0":                {"3.25": "3.25"},
		"0 kg":                 {"3.25": "3.25"},
		"[>5]0;0.0;0.00":       {"3.25": "3.25"},
		"0E":                   {"3.25": "3.25"},
		"# ?????/?????":        {"3.25": "3.25"},
	} {
		f := parseNumberFormat(code)
		for stored, want := range shown {
			if got := cleanWords(f.showNumber(stored, false)); got != want {
				t.Errorf("%s in the format %s is %q, want %q", stored, code, got, want)
			}
		}
	}
}

func TestTextsAsShown(t *testing.T) {
	for code, want := range map[string]string{"@": "abc", `"Ref. "@`: "Ref. abc", `0;0;0;"no. "@`: "no. abc", "0.00": "abc", `0;0;0;`: ""} {
		if got := parseNumberFormat(code).showText("abc"); got != want {
			t.Errorf("a text in the format %s is %q, want %q", code, got, want)
		}
	}
}

// Days of old Macintoshes count from 1904, times do not.
func TestNumbersFrom1904(t *testing.T) {
	for code, want := range map[string]string{"yyyy-mm-dd": "2011-05-03", "[h]:mm": "940896:00", "0": "39204"} {
		if got := parseNumberFormat(code).showNumber("39204", true); got != want {
			t.Errorf("day 39204 in the format %s is %q, want %q", code, got, want)
		}
	}
}

// Decimals, groups, percentages and thousands are those of exact arithmetic on
// the fifteen digits that a spreadsheet knows.
func TestNumbersAreRoundedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		grouped := rapid.Bool().Draw(t, "grouped")
		scale := rapid.SampledFrom([]string{"", "%", ",", ",,"}).Draw(t, "scale")
		v := float64(rapid.Int64Range(-1e12, 1e12).Draw(t, "n")) / math.Pow10(rapid.IntRange(0, 10).Draw(t, "point"))
		code := "0"
		if grouped {
			code = "#,##0"
		}
		if decimals > 0 {
			code += "." + strings.Repeat("0", decimals)
		}
		got := parseNumberFormat(code+scale).showNumber(strconv.FormatFloat(v, 'g', -1, 64), false)

		exact, _ := new(big.Rat).SetString(strconv.FormatFloat(v, 'e', 14, 64))
		exact.Mul(exact, map[string]*big.Rat{"": big.NewRat(1, 1), "%": big.NewRat(100, 1), ",": big.NewRat(1, 1000), ",,": big.NewRat(1, 1_000_000)}[scale])
		want := exact.FloatString(decimals) // rounds halves away from zero
		if strings.Trim(want, "-0.") == "" {
			want = strings.TrimPrefix(want, "-")
		}
		if scale == "%" {
			want += "%"
		}
		if plain := strings.ReplaceAll(got, ",", ""); plain != want {
			t.Fatalf("%g in the format %s%s is %s, want %s", v, code, scale, got, want)
		}
		whole, _, _ := strings.Cut(strings.TrimPrefix(got, "-"), ".")
		for i, part := range strings.Split(strings.TrimSuffix(whole, "%"), ",") {
			if grouped && (len(part) > 3 || i > 0 && len(part) != 3) || !grouped && i > 0 {
				t.Fatalf("%g in the format %s%s is grouped %s", v, code, scale, got)
			}
		}
	})
}

// Every day of two centuries is the day that the calendar has.
func TestDaysAsShown(t *testing.T) {
	f := parseNumberFormat("d mmmm yyyy")
	at := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)
	for day := 61; day < 73_000; day++ {
		if got, want := f.showNumber(strconv.Itoa(day), false), at.Format("2 January 2006"); got != want {
			t.Fatalf("day %d is %s, want %s", day, got, want)
		}
		at = at.AddDate(0, 0, 1)
	}
}

func TestDatesOfOpenDocumentSheets(t *testing.T) {
	cell := func(value, shown string) string {
		return fmt.Sprintf(`<table:table-cell office:value-type="date" office:date-value="%s"><text:p>%s</text:p></table:table-cell>`, value, shown)
	}
	doc := one(t, "a.ods", pack(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		`<office:body><office:spreadsheet><table:table table:name="S"><table:table-row>`+
			cell("2011-05-03", "03/05/11")+cell("2011-05-03", "3 <text:span>May</text:span> 2011")+cell("2011-05-03", "03.05.2011")+cell("2011-05-03", "May 11")+
			cell("2011-05-03T12:30:15", "5/3/2011 12:30")+cell("2011-05-03T12:30:15", "3 Mai 11 12:30:15")+cell("2011-05-03", "<office:annotation><text:p>Sure?</text:p></office:annotation>2011-05-03")+
			`<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>`))
	if want := "2011-05-03\t3 May 2011\t2011-05-03\tMay 11\t2011-05-03 12:30\t2011-05-03 12:30:15\t2011-05-03\t12.5%\n\nSure?"; doc.Body != want {
		t.Errorf("%q, want %q", doc.Body, want)
	}
}

// Whatever the format is, a number is shown, and a general one as it is.
func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"0.00", "#,##0;[Red](#,##0)", `_("$"* #,##0.00_)`, "# ?/?", "##0.0E+0", "[h]:mm:ss.00", "[$-409]d-mmm-yy;@", `[>=1000]0.0,"K";0`, "General", `0;0;0;"x"@`} {
		f.Add(code, 1234.5)
		f.Add(code, -0.001)
	}
	f.Fuzz(func(t *testing.T, code string, v float64) {
		stored := strconv.FormatFloat(v, 'g', -1, 64)
		format := parseNumberFormat(code)
		format.showText("a text")
		shown := format.showNumber(stored, false)
		if most := 800 + 8*len(code); len(shown) > most {
			t.Errorf("%s in the format %q takes %d bytes", stored, code, len(shown))
		}
		if math.IsInf(v, 0) || math.IsNaN(v) {
			if shown != stored {
				t.Errorf("%s in the format %q is %q", stored, code, shown)
			}
		}
	})
}
