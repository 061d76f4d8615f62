package bleve_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/corpus/corpustest"
	"rapport/search"
)

// awkwardQuestions are questions that could cost much: text as it is typed.
func awkwardQuestions(frequent []string) []struct{ name, text string } {
	many := func(n int, join string) string { return strings.Join(frequent[:min(n, len(frequent))], join) }
	common := strings.Join(slices.Repeat(frequent[:3], 40), " ")
	return []struct{ name, text string }{
		{"leading wildcard", "*a*"}, {"one letter", "a*"}, {"two letters", frequent[0][:2] + "*"},
		{"three letters", frequent[200][:min(3, len(frequent[200]))] + "*"}, {"expression", "/.*/"},
		{"prefixes", strings.Join([]string{"ba* be* bi* bo* bu* da* de* di* do* du* fa* fe* fi* fo* fu*"}, " ")},
		{"5000 ORs", strings.Join(slices.Repeat([]string{frequent[0]}, 5000), " OR ")},
		{"1000 ORs", many(1000, " OR ")}, {"300 words", many(300, " ")},
		{"1000 words", many(1000, " ")}, {"200 parentheses", strings.Repeat("(", 200) + frequent[0] + strings.Repeat(")", 200)},
		{"60 parentheses", strings.Repeat("(-", 60) + frequent[0] + strings.Repeat(")", 60)},
		{"long phrase", `"` + common + `"`}, {"phrase", `"` + many(4, " ") + `"`},
		{"100 phrases", strings.Repeat(`"`+many(2, " ")+`" OR `, 100) + "x"},
		{"near", frequent[0] + " NEAR/50 " + frequent[1]}, {"nears", many(40, " NEAR/50 ")},
		{"sloppy", `"` + many(8, " ") + `"~20`},
		{"sloppy phrases", strings.Repeat(`"`+many(6, " ")+`"~20 OR `, 30) + "x"},
		{"fuzzy short", "ba~"}, {"fuzzies", strings.Join(frequent[:100], "~ ") + "~"},
		{"near prefixes", "(bab* OR deb*) NEAR/50 (bib* OR dib*)"}, {"numbers", numbers(1900)}, {"letters", strings.Repeat("a ", 4999)},
		{"nots", "-" + many(100, " -")},
		{"long compound", strings.Repeat(frequent[0]+"-"+frequent[1]+"-", 2000)[:search.MaxText]},
	}
}

func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d ", i)
	}
	return b.String()
}

// BenchmarkCost asks awkward questions as a person does and reports what each
// costs. None may take more than a second of CPU time.
func BenchmarkCost(b *testing.B) {
	x, err := benchmarkIndex()
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range awkwardQuestions(newSynthetic(1).frequent()) {
		for _, match := range []search.MatchMode{search.MatchAuto, search.MatchAny} {
			b.Run(fmt.Sprintf("%s/%s", q.name, match), func(b *testing.B) {
				s, err := x.Acquire(context.Background())
				if err != nil {
					b.Fatal(err)
				}
				defer s.Release()
				worst, total := time.Duration(0), 0
				for b.Loop() {
					var took time.Duration
					total, took = costOf(b, s, search.Request{
						Text: q.text, Match: match, Facets: threeFacets, Facts: 3, Snippets: 3,
					})
					worst = max(worst, took)
				}
				b.ReportMetric(float64(worst.Milliseconds()), "worst-cpu-ms")
				b.ReportMetric(float64(total), "hits")
				if worst > time.Second {
					b.Errorf("took %v of CPU time", worst)
				}
			})
		}
	}
}

// costOf asks a question and returns how much it found, -1 when it was
// refused, and the CPU time that it took.
func costOf(b *testing.B, s search.Snapshot, r search.Request) (total int, took time.Duration) {
	busy := corpustest.ProcessorTime()
	result, err := search.Ask(context.Background(), s, r)
	took = corpustest.ProcessorTime() - busy
	if errors.Is(err, search.ErrTooExpensive) {
		return -1, took
	}
	if err != nil {
		b.Fatal(err)
	}
	return result.Total, took
}

// BenchmarkSuggest completes beginnings of words and questions.
func BenchmarkSuggest(b *testing.B) {
	x, err := benchmarkIndex()
	if err != nil {
		b.Fatal(err)
	}
	s, err := x.Acquire(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Release()
	frequent := newSynthetic(1).frequent()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		text := frequent[(i*7)%2000]
		text = text[:min(len(text), 2+i%4)]
		if i%3 == 0 {
			text = frequent[i%100] + " " + text
		}
		began := time.Now()
		if _, err := search.Suggest(context.Background(), s, text, 10); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
