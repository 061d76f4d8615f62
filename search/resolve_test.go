package search

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// testTaxonomy has the partners, topics and synonyms of these tests.
func testTaxonomy(t interface {
	Helper()
	Fatalf(string, ...any)
}) *corpus.Taxonomy {
	t.Helper()
	taxonomy, err := corpus.ParseTaxonomy(fstest.MapFS{
		"partners.yaml": {Data: []byte(`partners:
- {id: JP, name: Japan, codes: [JPN], demonyms: [Japanese]}
- {id: KR, name: South Korea, official: Republic of Korea, aliases: [ROK, Korea], codes: [KOR]}
- {id: GE, name: Georgia, aliases: [Republic of Georgia]}
- {id: BA, name: Bosnia and Herzegovina, aliases: [Bosnia, BiH]}
`)},
		"topics.yaml": {Data: []byte(`groups:
- {id: human, label: Human security}
topics:
- {id: human.demining, label: Demining, group: human, aliases: [mine action], triggers: [demining]}
`)},
		"synonyms.yaml": {Data: []byte(`synonyms:
- [UXO, unexploded ordnance]
- [ACT, Allied Command Transformation]
- [mine clearance, demining]
`)},
	})
	if err != nil {
		t.Fatalf("taxonomy: %v", err)
	}
	return taxonomy
}

func TestRead(t *testing.T) {
	taxonomy := testTaxonomy(t)
	for _, c := range []struct{ text, want, warning string }{
		{`partner:"South Korea"`, "partner:KR", ""},
		{"partner:ROK", "partner:KR", ""},
		{"partner:kor mention:Japanese", "partner:KR mention:JP", ""},
		{"partner:South Korea fund", "partner:KR fund", `8 read as partner:"South Korea"; a name of several words needs quotation marks`},
		{"partner:Bosnia and Herzegovina fund", "partner:BA fund", `8 read as partner:"Bosnia and Herzegovina"; a name of several words needs quotation marks`},
		{"partner:Korea and Herzegovina", "partner:KR and Herzegovina", ""},
		{"-partner:Republic of Korea", "-partner:KR", `9 read as partner:"Republic of Korea"; a name of several words needs quotation marks`},
		{"fund partner:Japn", "fund partner:Japn", "13 there is no partner “Japn”; it matches nothing; did you mean “Japan”?"},
		{"partner:NONE -partner:*", "partner:none partner:none", ""},
		{"topic:Demining topic:human", "topic:human.demining topic:human", ""},
		{"topic:\"Mine action\"", "topic:human.demining", ""},
		{"year:2005..2012", "year:2005..2012", ""},
		{"year:>2005 year:<2012", "year:2006.. year:..2011", ""},
		{"year:1990s", "year:1990s", ""},
		{"year:199X", "year:1990s", ""},
		{"year:476", "year:0476", ""},
		{"year:2012..2005", "year:2005..2012", "5 the range runs backwards; it is read from the smaller to the larger bound"},
		{"year:1990s..2005", "year:1990..2005", "5 a range is of years: decades such as the 1990s are values of their own, selected by name"},
		{"year:20050", "year:20050", "5 “20050” is no year; write 2005, 1990s or none, or a range as 2005..2012; it matches nothing"},
		{"year:a..b", `year:"a..b"`, "5 “a” is no year; write a range of years as 2005..2012, 2005.. or ..2012; it matches nothing"},
		{"published:2010-05", "published:2010-05", ""},
		{"published:2010", "published:2010", ""},
		{"published:1990s", "published:1990..1999", ""},
		{`published:"3 May 2011"`, "published:2011-05-03", ""},
		{"published:>=2010-05", "published:2010-05..", ""},
		{"published:soon", "published:soon", "10 “soon” is no date; write 2010, 2010-05 or 2010-05-03, or a range as 2005..2010-05; it matches nothing"},
		{"lang:French lang:deutsch lang:rus lang:UK", "lang:fr lang:de lang:ru lang:uk", ""},
		{"partner:JP,ROK", "partner:JP OR partner:KR", "8 values with a comma between them are read as alternatives: partner:(a OR b)"},
		{"year:05", "year:05", "5 “05” is no year; write 2005, 1990s or none, or a range as 2005..2012; it matches nothing"},
		{"lang:Frensh", "lang:Frensh", "5 there is no language “Frensh”; it matches nothing; did you mean “French”?"},
		{"kind:Visits status:moved currency:usd", "kind:visit status:moved currency:USD", ""},
		{"kind:\"trust fund\"", "kind:trust-fund", ""},
		{"amount:>1e6 amount>=2,500,000 amount:<1.5bn amount:$2m..3m", "amount:>1000000 amount:2500000.. amount:<1500000000 amount:2000000..3000000 currency:USD", ""},
		{`amount>="1 million" amount:"$ 1 million" year<"2005"`, "amount:1000000.. amount:1000000 currency:USD year:..2004", ""},
		{"amount:1e99999", `amount:"1e99999"`, "7 “1e99999” is no amount; write a number, as in amount:>=1000000 or amount:1.5m..2bn; it matches nothing"},
		{"id:abc publisher:Reuters", "id:abc publisher:Reuters", ""},
		{"partner:(JP OR ROK OR Japanese)", "partner:JP OR partner:KR OR partner:JP", ""},
	} {
		q, warnings := Read(c.text, taxonomy)
		if q.String() != c.want {
			t.Errorf("Read(%q) = %s, want %s", c.text, q, c.want)
		}
		checkWarnings(t, c.text, warnings, c.warning)
	}
}

// Ranges in words are looked for at every dash, which takes too long in what
// nobody means as one.
func TestLongTextsAreNoRanges(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{{"2010 to 2015", true}, {"2010" + strings.Repeat(" ", 80) + "to 2015", true}, {"2010" + strings.Repeat(" ", 100) + "to 2015", false}} {
		if _, ok := spanOf(FieldYear, c.text); ok != c.want {
			t.Errorf("%q is a range: %v", c.text, ok)
		}
	}
}

// checkWarnings compares warnings, written "position message", with those
// wanted, separated by " | ".
func checkWarnings(t *testing.T, text string, got []Warning, want string) {
	t.Helper()
	var list []string
	for _, w := range got {
		list = append(list, strings.TrimSpace(strings.Join([]string{strconv.Itoa(w.Position), w.Message}, " ")))
	}
	if s := strings.Join(list, " | "); s != want {
		t.Errorf("%q: warnings\n  %s\nwant\n  %s", text, s, want)
	}
}

func TestResolvedQueriesAreReadAgain(t *testing.T) {
	taxonomy := testTaxonomy(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(pieces, "South", "Korea", "ROK", "1990s", "French", "lang:", "lang: ", "2bn", `">=5 m"`, `"since 2010"`, "since ", "2010-12", " to ", "published:2010")), 0, 12).Draw(t, "pieces"), "")
		q, warnings := Read(text, taxonomy)
		checkNormal(t, q)
		checkRoundTrip(t, q)
		for _, w := range warnings {
			if w.Position < 0 || w.Position > len(text) {
				t.Fatalf("%q: position %d", text, w.Position)
			}
		}
		again, _ := Resolve(q, taxonomy)
		if !reflect.DeepEqual(again, q) {
			t.Fatalf("resolved twice: %v, then %v", q, again)
		}
	})
}

func TestExpand(t *testing.T) {
	taxonomy := testTaxonomy(t)
	for _, c := range []struct{ text, want, means string }{
		{"ROK", `{ROK | "South Korea" | "Republic of Korea"}`, "ROK: South Korea, Republic of Korea"},
		{"rok fund", `{rok | "South Korea" | "Republic of Korea"} fund`, "rok: South Korea, Republic of Korea"},
		{"South Korea fund", `(South Korea OR {"South Korea" | "Republic of Korea" | =ROK}) fund`, "South Korea: Republic of Korea, ROK"},
		{"Republic of Korea", `Republic of Korea OR {"Republic of Korea" | "South Korea" | =ROK}`, "Republic of Korea: South Korea, ROK"},
		{`"South Korea" =ROK ROK~ rok*`, `"South Korea" =ROK ROK~ rok*`, ""},
		{"Georgia", "Georgia", ""},
		{"Korea", "{Korea | =ROK}", "Korea: ROK"},
		{"act", "act", ""},
		{"ACT", `{ACT | "Allied Command Transformation"}`, "ACT: Allied Command Transformation"},
		{"Allied Command Transformation", "Allied Command Transformation", ""},
		{"-ROK", `-{ROK | "South Korea" | "Republic of Korea"}`, "ROK: South Korea, Republic of Korea"},
		{"ROK NEAR/3 fund", `{ROK | "South Korea" | "Republic of Korea"} NEAR/3 fund`, "ROK: South Korea, Republic of Korea"},
		{"title:uxo", `{title:uxo | title:"unexploded ordnance"}`, "uxo: unexploded ordnance"},
		{"mine clearance", `mine clearance OR {"mine clearance" | demining}`, "mine clearance: demining"},
		{"🙂 ROK", `🙂 {ROK | "South Korea" | "Republic of Korea"}`, "ROK: South Korea, Republic of Korea"},
		{"🙂ROK", "🙂ROK", ""},
		{"🙂 South Korea", `🙂 (South Korea OR {"South Korea" | "Republic of Korea" | =ROK})`, "South Korea: Republic of Korea, ROK"},
		{"South 🙂 Korea", `South 🙂 {Korea | =ROK}`, "Korea: ROK"},
		{"partner:KR", "partner:KR", ""},
	} {
		q, _ := Parse(c.text)
		expanded, list := Expand(q, taxonomy)
		if got := withForms(expanded, false); got != c.want {
			t.Errorf("Expand(%q) = %s, want %s", c.text, got, c.want)
		}
		if expanded.String() != q.String() {
			t.Errorf("%q prints as %q when expanded", c.text, expanded)
		}
		var means []string
		for _, e := range list {
			means = append(means, e.Term+": "+strings.Join(e.Means, ", "))
		}
		if got := strings.Join(means, "; "); got != c.means {
			t.Errorf("Expand(%q) lists %q, want %q", c.text, got, c.means)
		}
	}
}

// withForms prints a query with all forms of an Either.
func withForms(q Query, enclosed bool) string {
	list := func(clauses []Query, between string) string {
		parts := make([]string, len(clauses))
		for i, c := range clauses {
			_, or := c.(Or)
			parts[i] = withForms(c, or)
		}
		return strings.Join(parts, between)
	}
	switch q := q.(type) {
	case Either:
		return "{" + list(q.Forms, " | ") + "}"
	case And:
		return list(q.Clauses, " ")
	case Or:
		if enclosed {
			return "(" + list(q.Clauses, " OR ") + ")"
		}
		return list(q.Clauses, " OR ")
	case Not:
		return "-" + withForms(q.Clause, true)
	case Near:
		return withForms(q.Left, true) + " NEAR/" + strconv.Itoa(q.Distance) + " " + withForms(q.Right, true)
	}
	return q.String()
}

func TestExpandHasALimit(t *testing.T) {
	taxonomy := testTaxonomy(t)
	q, _ := Parse(strings.Repeat("ROK ", 2000))
	expanded, _ := Expand(q, taxonomy)
	if terms := words(expanded); terms > 2000+4*maxForms {
		t.Errorf("%d words", terms)
	}
}

func TestParseParams(t *testing.T) {
	taxonomy := testTaxonomy(t)
	for query, want := range map[string]string{
		"q=+fund+&partner=South+Korea&partner=ROK&partner=jp":             "partner=JP&partner=KR&q=fund",
		"year=2012..2005&year=1990s&year=2007":                            "year=1990s&year=2007&year=2005..2012",
		"year=>=2010":                                                     "year=2010..",
		"year=2005-2012&year=since+2020&-year=2030-31&amount=>=1+million": "-year=2030..2031&amount=1000000..&year=2005..2012&year=2020..",
		"published=May+2010+to+June+2011&amount=1,5m":                     "amount=1500000&published=2010-05..2011-06",
		"-year=2005..2007&-partner=Japan":                                 "-partner=JP&-year=2005..2007",
		"-year=2010..&-published=2011-05&-amount=>5m":                     "-amount=>5000000&-published=2011-05&-year=2010..",
		"published=2010-05&published=3+May+2011&published=2009":           "published=2009&published=2010-05&published=2011-05-03",
		"amount=>1e6&amount=5m&currency=eur&kind=Visit":                   "amount=5000000&amount=>1000000&currency=EUR&kind=visit",
		"match=auto&sort=relevance&q=a&limit=20&cursor=x":                 "cursor=x&limit=20&q=a",
		"sort=newest&match=2of3&verbatim=1&strict=on&explain=no":          "match=2of3&strict=true&verbatim=true",
		"sort=newest&q=a":                                                 "q=a&sort=newest",
		"partner=none&topic=Demining&lang=French&utm_source=mail":         "lang=fr&partner=none&topic=human.demining",
		"collapse=same&near=x&-same=y&work=//e.org/a":                     "-same=y&near=x&work=//e.org/a",
		"collapse=Near&q=a":                                               "collapse=near&q=a",
		"q=&partner=&foo=":                                                "",
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ParseParams(v, taxonomy)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		got, err := url.QueryUnescape(r.Params().Encode())
		if err != nil || got != want {
			t.Errorf("%s becomes %s, want %s", query, got, want)
		}
	}
}

func TestBadParams(t *testing.T) {
	taxonomy := testTaxonomy(t)
	for query, want := range map[string]string{
		"partner=Narnia":       "partner=Narnia: there is no partner “Narnia”",
		"partner=Japn&-topic=": "partner=Japn: there is no partner “Japn”; did you mean “Japan”?",
		"year=soon":            "year=soon: “soon” is no year; write 2005, 1990s or none, or a range as 2005..2012",
		"year=..":              "year=..: a range needs a beginning or an end",
		"-year=soon..":         "-year=soon..: “soon” is no year; write a range of years as 2005..2012, 2005.. or ..2012",
		"-published=..":        "-published=..: a range needs a beginning or an end",
		"limit=0&sort=best":    "limit=0: want a number of hits from 1 to 100; sort=best: want relevance, newest, oldest or title",
		"amount=2010-05":       "amount=2010-05: “2010-05” is no amount; write a number, as in amount:>=1000000 or amount:1.5m..2bn",
		"match=4of3":           "match=4of3: want auto, all, any, or a number of words as in 2of3",
		"q=a&q=b":              "q=b: it is given more than once",
		"parnter=JP":           "parnter=JP: there is no parameter of this name; did you mean partner?",
		"title=x":              "title=x: there is no parameter of this name",
		"strict=perhaps":       "strict=perhaps: want true or false",
	} {
		v, _ := url.ParseQuery(query)
		_, err := ParseParams(v, taxonomy)
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", query, err, want)
		}
	}
}

func TestParamsRoundTrip(t *testing.T) {
	taxonomy := testTaxonomy(t)
	rapid.Check(t, func(t *rapid.T) {
		v := url.Values{}
		for _, name := range []string{"partner", "-partner", "year", "-year", "published", "-published", "amount", "-amount", "topic", "publisher", "lang", "id"} {
			v[name] = rapid.SliceOfN(rapid.SampledFrom([]string{
				"JP", "South Korea", "ROK", "none", "2005", "2005..2012", ">2010", "..1999", "1990s", "2010-05", "<2011-05-03", "1e6", ">2m", "human", "French", "x y", "",
			}), 0, 3).Draw(t, name)
		}
		v["q"] = []string{rapid.SampledFrom([]string{"", "a", "a OR b", " x "}).Draw(t, "q")}
		v["sort"] = []string{rapid.SampledFrom([]string{"", "newest", "relevance", "title"}).Draw(t, "sort")}
		v["match"] = []string{rapid.SampledFrom([]string{"", "auto", "all", "any", "2of3"}).Draw(t, "match")}
		v["collapse"] = []string{rapid.SampledFrom([]string{"", "none", "same", "near"}).Draw(t, "collapse")}
		v["near"] = []string{rapid.SampledFrom([]string{"", "a-document"}).Draw(t, "near")}
		v["limit"] = []string{rapid.SampledFrom([]string{"", "10", "100"}).Draw(t, "limit")}
		v["strict"] = []string{rapid.SampledFrom([]string{"", "true", "false"}).Draw(t, "strict")}
		r, err := ParseParams(v, taxonomy)
		if err != nil {
			return
		}
		canonical := r.Params()
		again, err := ParseParams(canonical, taxonomy)
		if err != nil {
			t.Fatalf("%v becomes %v, which cannot be read: %v", v, canonical, err)
		}
		if !reflect.DeepEqual(again, r) || !reflect.DeepEqual(again.Params(), canonical) {
			t.Fatalf("%v becomes %v, read as\n%#v, not\n%#v", v, canonical, again, r)
		}
	})
}

// TestThousands checks that sums are read as people paste them, and that numbers
// after a sum that do not belong to it stay what they are.
func TestThousands(t *testing.T) {
	taxonomy := testTaxonomy(t)
	const note = ": a space before three digits separates thousands; put a number of its own into quotation marks"
	for text, want := range map[string]string{
		"amount:1 000 000":            "amount:1000000",
		"amount:1\u00a0000\u00a0000":  "amount:1000000",
		"amount:1\u202f000\u202f000":  "amount:1000000",
		"amount:1\u2009000\u2009000":  "amount:1000000",
		"amount:1 000 Japan":          "amount:1000 Japan",
		"amount:12 500 000 Japan":     "amount:12500000 Japan",
		"amount:>=1 000 000 fund":     "amount:1000000.. fund",
		"amount >= 1 000 000":         "amount:1000000..",
		"amount:1 000..5 000 000":     "amount:1000..5000000",
		"amount:1 000 - 5 000":        "amount:1000..5000",
		"amount:1 000-5 000":          "amount:1000..5000",
		"amount:$1 000 000":           "amount:1000000 currency:USD",
		"amount:1 000 000 euros fund": "amount:1000000 currency:EUR fund",
		"amount:1 000 000,50":         "amount:1000000.5",
		"amount:1 000.5 fund":         "amount:1000.5 fund",
		"-amount:2 000 000":           "-amount:2000000",
		"amount:(1 000 OR 2 000)":     "amount:1000 OR amount:2000",
		"amount:1 500 million":        "amount:1500000000",
		"amount:2 500":                "amount:2500",
		"Japan (amount:2 500) fund":   "Japan amount:2500 fund",
		"amount:2 500 AND Japan":      "amount:2500 Japan",
		"amount:2 500 euros Japan":    "amount:2500 currency:EUR Japan",
		"amount:2\u00a0500 trucks":    "amount:2500 trucks",
		"(amount:1 000)":              "amount:1000",
		"amount:USD 1 000 000":        "amount:1000000 currency:USD",
	} {
		q, warnings := Read(text, taxonomy)
		if q.String() != want {
			t.Errorf("Read(%q) = %s, want %s", text, q, want)
		}
		if said := len(warnings) > 0 && strings.HasSuffix(warnings[0].Message, note); said == strings.Contains(text, "USD") {
			t.Errorf("Read(%q) says %v", text, warnings)
		}
	}
	for text, want := range map[string]string{
		"amount:5 3 trucks":         "amount:5 3 trucks",
		"amount:5 300km":            "amount:5 300km",
		"amount:5 300 trucks":       "amount:5 300 trucks",
		`amount:5 "300" trucks`:     `amount:5 "300" trucks`,
		"amount:5 2012":             "amount:5 2012",
		"amount:1500 000":           "amount:1500 000",
		"amount:0 500":              "amount:0 500",
		"amount:1.5 000":            "amount:1.5 000",
		"amount:1,000 000":          "amount:1000 000",
		"amount:5\n300 trucks":      "amount:5 300 trucks",
		"year:2010 000":             "year:2010 000",
		"amount:1'000'000":          "amount:1000000",
		"amount:1’000’000":          "amount:1000000",
		"amount:1,000,000":          "amount:1000000",
		`amount:"1 000 000"`:        "amount:1000000",
		"amount:\"1\u202f000\"":     "amount:1000",
		"amount:5m 300 trucks":      "amount:5000000 300 trucks",
		"1 000 000":                 "1 000 000",
		"amount:>5 and 300 trucks":  "amount:>5 and 300 trucks",
		"amount:1e6 000":            "amount:1000000 000",
		`amount:"1 000" 500 trucks`: "amount:1000 500 trucks",
	} {
		q, warnings := Read(text, taxonomy)
		if q.String() != want {
			t.Errorf("Read(%q) = %s, want %s", text, q, want)
		}
		if len(warnings) > 0 {
			t.Errorf("Read(%q) says %v", text, warnings)
		}
	}
	r, err := ParseParams(url.Values{"amount": {"1\u202f000\u202f000"}}, taxonomy)
	if f := r.Filters[FieldAmount]; err != nil || len(f.Ranges) != 1 || f.Ranges[0].From != "1000000" {
		t.Errorf("amount=1 000 000: %v, %v", f, err)
	}
}
