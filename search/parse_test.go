package search

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rapport/corpus/corpustest"

	"pgregory.net/rapid"
)

// checkRoundTrip fails unless the canonical form of what was read is read as
// the same query, without a warning, and prints itself.
func checkRoundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, q Query) {
	t.Helper()
	text := q.String()
	again, warnings := Parse(text)
	if !reflect.DeepEqual(again, q) {
		t.Fatalf("%#v\nprints as %q, which is read as\n%#v", q, text, again)
	}
	if len(warnings) > 0 {
		t.Fatalf("the canonical form %q has warnings: %v", text, warnings)
	}
	if s := again.String(); s != text {
		t.Fatalf("%q prints as %q when read again", text, s)
	}
}

// checkParse fails unless a text is read as the rules of Parse demand.
func checkParse(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) {
	t.Helper()
	q, warnings := Parse(text)
	checkRoundTrip(t, q)
	checkNormal(t, q)
	last := 0
	for _, w := range warnings {
		if w.Message == "" || w.Position < last || w.Position > len(text) {
			t.Fatalf("%q: bad warning %+v after position %d", text, w, last)
		}
		last = w.Position
	}
	if len(warnings) > maxWarnings+2 {
		t.Fatalf("%d warnings", len(warnings))
	}
}

// checkNormal fails unless a query is in normal form.
func checkNormal(t interface {
	Helper()
	Fatalf(string, ...any)
}, q Query) {
	t.Helper()
	var list []Query
	switch q := q.(type) {
	case And:
		list = q.Clauses
	case Or:
		list = q.Clauses
	case Not:
		if _, not := q.Clause.(Not); not {
			t.Fatalf("Not in Not: %v", q)
		}
		checkNormal(t, q.Clause)
		return
	default:
		return
	}
	if len(list) < 2 {
		t.Fatalf("%T of %d clauses: %v", q, len(list), q)
	}
	for _, c := range list {
		if reflect.TypeOf(c) == reflect.TypeOf(q) || c == (All{}) {
			t.Fatalf("%T directly in %T: %v", c, q, q)
		}
		checkNormal(t, c)
	}
}

// pieces are what awkward questions are made of.
var pieces = []string{
	"Japan", "and", "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/0", "-", "--", "(", ")", `"`, "“", "”", "«", "»", " ", " ", " ", "\t",
	"*", "~", "=", ":", "title:", "partner:", "year:", "amount>=", "amount:5", " 300", "\u00a0000", "published:", "id:", "2005", "..", ">=", "<", ">", "1e6", "none",
	"trust fund", "U.S.", "C++", "A-10", `\`, `\\`, ",", ";", ".", "!", "?", "/", "http://x", "日本", "「", "」", "🎌", "é", "e\u0301",
	"ＡＮＤ", "（", "\x00", "\xff", "\u202e", "ال", "word", "~3", "a", "[", "]", "&", "|", "+", "'", "—", "–",
}

func TestParseAwkwardTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "pieces"), "")
		checkParse(t, text)
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", `"trust fund" (a OR b) -c`, `partner:"South Korea" year:2005..2012`, `="a b"~3 wor* fuz~ a NEAR/5 b`,
		`\AND \(x\) C:\foo`, "（ＡＮＤ）\x00\xff", `title:(a OR =b) amount:>5..<10`, "person(s) 5(2) f(x, y)", "Aa:0 Amount>#.(Amount>0!.. ",
		`year:[2005 TO *} "a b"^2 word^3.5`, "year:[20 5 TO *] x", `year:"[0" TO 0}0`, `amount: >=1 million year : 2010 - 2015 date:"a".."b"`, `נאט"ו "צה"ל"`,
		"amount:>1 000 000 x amount:5  300 (amount:7 000) amount:1\u202f000,50", "-amount:5 +300 000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkParse(t, text) })
}

// genText draws the text of a word: at least one letter or digit, and signs.
func genText(t *rapid.T) string {
	text := rapid.StringOfN(rapid.RuneFrom([]rune(`abzANDORT059éß日ا`+"\u0301"+`-+*~=:()"“«\/.,;!?&|'[]<>#$%_@^`)), 1, 8, -1).Draw(t, "text")
	if !isWordy(text) {
		text += "x"
	}
	return text
}

// genTerm draws a query without clauses. Words have the field.
func genTerm(t *rapid.T, field string) Query {
	long := func() string { return "abc" + genText(t) }
	switch rapid.IntRange(0, 3).Draw(t, "term") {
	case 0:
		return Prefix{Field: field, Text: long()}
	case 1:
		return Fuzzy{Field: field, Text: long()}
	case 2:
		words := rapid.SliceOfN(rapid.Custom(genText), 1, 3).Draw(t, "words")
		return Phrase{Field: field, Text: strings.Join(words, " "), Slop: rapid.IntRange(0, MaxDistance).Draw(t, "slop"), Exact: rapid.Bool().Draw(t, "exact")}
	}
	return Word{Field: field, Text: genText(t), Exact: rapid.Bool().Draw(t, "exact")}
}

func genField(t *rapid.T) string { return rapid.SampledFrom([]string{"", "title"}).Draw(t, "field") }

// genQuery draws a query in normal form that can be typed.
func genQuery(depth int) *rapid.Generator[Query] {
	return rapid.Custom(func(t *rapid.T) Query {
		kind := rapid.IntRange(0, 7).Draw(t, "kind")
		if depth == 0 {
			kind = min(kind, 3)
		}
		clauses := func() []Query { return rapid.SliceOfN(genQuery(depth-1), 2, 4).Draw(t, "clauses") }
		switch kind {
		case 0:
			return Value{Field: rapid.SampledFrom([]string{"partner", "id", "year", "amount"}).Draw(t, "field"), Value: "v" + genText(t)}
		case 1:
			return genRange(t)
		case 4:
			field := genField(t)
			near := Near{Left: genTerm(t, field), Right: genTerm(t, field), Distance: rapid.IntRange(1, MaxDistance).Draw(t, "distance")}
			if rapid.Bool().Draw(t, "alternatives") {
				near.Left = Or{Clauses: []Query{genTerm(t, field), genTerm(t, field)}}
			}
			return near
		case 5:
			return normal(Not{Clause: genQuery(depth-1).Draw(t, "clause")})
		case 6:
			return conjunction(clauses())
		case 7:
			return disjunction(clauses())
		}
		return genTerm(t, genField(t))
	})
}

func genRange(t *rapid.T) Query {
	r := Range{Field: rapid.SampledFrom([]string{"year", "published", "amount"}).Draw(t, "field")}
	bound := rapid.SampledFrom([]string{"", "2005", "2010-05", "2011-05-03", "1e6", "12.5"})
	r.From, r.To = bound.Draw(t, "from"), bound.Draw(t, "to")
	if r.From == "" && r.To == "" {
		r.From = "1999"
	}
	r.FromExcluded = r.From != "" && rapid.Bool().Draw(t, "above")
	r.ToExcluded = r.To != "" && rapid.Bool().Draw(t, "below")
	return r
}

func TestPrintedQueriesAreReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := genQuery(3).Draw(t, "query")
		if v, ok := q.(Value); ok && v.Field == FieldAmount {
			return // the value of an amount is a range
		}
		checkRoundTrip(t, q)
	})
}

// TestParseTakesLinearTime reads hostile questions of 200,000 bytes. What
// takes quadratic time takes minutes of a processor for them.
func TestParseTakesLinearTime(t *testing.T) {
	for _, piece := range []string{
		"(", ")", "((a OR b) ", "(a (b OR ", "a OR ", "-(", "NOT ", `"a `, "“", `\"`, "a(b", "a(", "/a(", "*", "a*", "~", "=", "title:(", "partner:(", "year:",
		"NEAR/5 ", "a NEAR/5 ", ",", "🎌 ", "日本", "\xff", "a:b ", "(a", `"a" `, `\(`, "[", "'", "abc*d", "..", "a~", "「", "title:\"", "-", "a-", "a.",
	} {
		text := strings.Repeat(piece, 200_000/len(piece))
		before := corpustest.ProcessorTime()
		q, _ := Parse(text)
		_ = q.String()
		if took := corpustest.ProcessorTime() - before; took > 5*time.Second {
			t.Errorf("%q, repeated to 200,000 bytes, took %v of a processor", piece, took)
		}
		if !utf8.ValidString(q.String()) {
			t.Errorf("%q, repeated: the canonical form is not UTF-8", piece)
		}
	}
}
