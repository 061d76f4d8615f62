package search

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// holdsWords evaluates a query on a text that is a set of words. Values of
// fields are words "field:value".
func holdsWords(q Query, text []string) bool {
	count := func(list []Query) (n int) {
		for _, c := range list {
			if holdsWords(c, text) {
				n++
			}
		}
		return n
	}
	switch q := q.(type) {
	case Word:
		return slices.Contains(text, q.Text)
	case Value:
		return slices.Contains(text, q.String())
	case Not:
		return !holdsWords(q.Clause, text)
	case And:
		return count(q.Clauses) == len(q.Clauses)
	case Or:
		return count(q.Clauses) > 0
	case Either:
		return count(q.Forms) > 0
	case AtLeast:
		return count(q.Clauses) >= q.Min
	}
	return true
}

func TestRelaxAsksForSoManyWords(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
	clause := rapid.Custom(func(t *rapid.T) Query {
		w := Word{Text: word.Draw(t, "word")}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return Value{Field: "partner", Value: w.Text}
		case 1:
			return Not{Clause: w}
		case 2:
			return Or{Clauses: []Query{w, Word{Text: word.Draw(t, "other")}}}
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		q := conjunction(rapid.SliceOfN(clause, 1, 6).Draw(t, "clauses"))
		text := rapid.SliceOf(rapid.OneOf(word, rapid.SampledFrom([]string{"partner:a", "partner:b", "partner:c"}))).Draw(t, "text")
		words, rest := Clauses(q)
		least := rapid.IntRange(1, len(words)+1).Draw(t, "least")

		found, required := 0, true
		for _, w := range words {
			if holdsWords(w, text) {
				found++
			}
		}
		for _, r := range rest {
			required = required && holdsWords(r, text)
		}
		for mode, need := range map[MatchMode]int{
			MatchAll: len(words), MatchAuto: len(words), MatchAny: min(1, len(words)), MatchMode("1of9"): min(1, len(words)),
			MatchSome(least, len(words)): min(least, len(words)),
		} {
			relaxed := Relax(q, mode)
			if got, want := holdsWords(relaxed, text), required && found >= need; got != want {
				t.Fatalf("%v with match=%s becomes %v; on %v it is %v, want %v", q, mode, relaxed, text, got, want)
			}
		}
	})
}

func TestClauses(t *testing.T) {
	for text, want := range map[string]int{
		"":                                  0,
		"a":                                 1,
		"a a A":                             1,
		`a "b c" defg* efgh~ =e a NEAR/3 b`: 6,
		"(a OR b) c":                        2,
		"(a OR partner:JP) c":               1,
		"a -b partner:JP year:2005..":       1,
		"-a":                                0,
		"a OR b":                            1,
	} {
		q, _ := Parse(text)
		if words, _ := Clauses(q); len(words) != want {
			t.Errorf("%q has %d words to relax on: %v, want %d", text, len(words), words, want)
		}
	}
	taxonomy := testTaxonomy(t)
	q, _ := Parse("South Korea trust fund partner:KR")
	expanded, _ := Expand(q, taxonomy)
	words, rest := Clauses(expanded)
	if len(words) != 3 || words[0].String() != "South Korea" || len(rest) != 1 {
		t.Errorf("words %v, rest %v", words, rest)
	}
}

func TestParseMatch(t *testing.T) {
	for text, want := range map[string]MatchMode{
		"": MatchAuto, "auto": MatchAuto, "ALL": MatchAll, "any": MatchAny, "2of3": "2of3", "3of3": MatchAll, "1of3": "1of3", "02of03": "2of3",
	} {
		if got, err := ParseMatch(text); err != nil || got != want {
			t.Errorf("ParseMatch(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"some", "4of3", "0of3", "of", "2of", "-1of3", "2of99999", "2 of 3"} {
		if got, err := ParseMatch(text); err == nil {
			t.Errorf("ParseMatch(%q) = %q, want an error", text, got)
		}
	}
}

func TestExpansionFindsNoLess(t *testing.T) {
	taxonomy := testTaxonomy(t)
	word := rapid.SampledFrom([]string{"South", "Korea", "ROK", "UXO", "mine", "clearance", "demining", "Japan"})
	rapid.Check(t, func(t *rapid.T) {
		var list []Query
		for _, w := range rapid.SliceOfN(word, 1, 6).Draw(t, "question") {
			list = append(list, Word{Text: w})
		}
		q := conjunction(list)
		text := rapid.SliceOf(word).Draw(t, "text")
		expanded, _ := Expand(q, taxonomy)
		if holdsWords(q, text) && !holdsWords(expanded, text) {
			t.Fatalf("%v finds %v, with synonyms it does not", q, text)
		}
		if expanded.String() != q.String() {
			t.Fatalf("%v prints as %v when expanded", q, expanded)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"words":    "Japan trust fund demining",
		"operator": `(Japan OR "South Korea") "trust fund"~3 year:2005..2012 -partner:JP interop*`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(text)
			}
		})
	}
}
