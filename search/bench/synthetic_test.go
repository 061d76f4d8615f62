package bench_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search/bench"
)

func TestSyntheticRecordsDependOnTheirNumberAlone(t *testing.T) {
	a, b := bench.NewSynthetic(7, 100, nil), bench.NewSynthetic(7, 100, nil)
	first, other := a.Record(3), bench.NewSynthetic(8, 100, nil).Record(3)
	for i := range 10 {
		b.Record(i)
	}
	if !reflect.DeepEqual(first, b.Record(3)) {
		t.Error("the same seed and number give two records")
	}
	if first.Document.Body == other.Document.Body {
		t.Error("another seed gives the same text")
	}
}

func TestSyntheticTextIsSkewed(t *testing.T) {
	s := bench.NewSynthetic(1, 150, nil)
	counts, total := map[string]int{}, 0
	for i := range 500 {
		for _, w := range strings.Fields(strings.ToLower(s.Record(i).Document.Body)) {
			counts[strings.Trim(w, ".")]++
			total++
		}
	}
	if mean := total / 500; mean < 120 || mean > 180 {
		t.Errorf("a document has %d words, want about 150", mean)
	}
	var sorted []int
	once := 0
	for _, n := range counts {
		sorted = append(sorted, n)
		if n == 1 {
			once++
		}
	}
	slices.Sort(sorted)
	if top := float64(sorted[len(sorted)-1]) / float64(total); top < 0.03 || top > 0.12 {
		t.Errorf("the most frequent word makes up %.3f of the text, want 0.03 to 0.12 as in prose", top)
	}
	if share := float64(once) / float64(len(counts)); share < 0.35 || share > 0.75 {
		t.Errorf("%.2f of the words stand once, want 0.35 to 0.75 as in prose", share)
	}
}

func TestSyntheticFactsAreValidAndAnchored(t *testing.T) {
	s := bench.NewSynthetic(1, 60, nil)
	n, amounts := 0, 0
	for f := range s.Facts(200, 30) {
		n++
		for _, finding := range corpus.CheckFact(&f, nil) {
			if !finding.Warning {
				t.Fatalf("fact %s: %s", f.ID, finding.Message)
			}
		}
		found := false
		for i := range 30 {
			d := s.Record(i).Document
			found = found || d.ID == f.Evidence.Document && strings.Contains(d.Body, f.Evidence.Exact)
		}
		if !found {
			t.Fatalf("fact %s quotes %q, which no document says", f.ID, f.Evidence.Exact)
		}
		if f.Amount != nil {
			amounts++
		}
	}
	if n != 200 || amounts == 0 || amounts == n {
		t.Errorf("%d facts, %d with an amount; want 200, some of them with one", n, amounts)
	}
}

func TestSyntheticFactsWithoutDocumentsAreValid(t *testing.T) {
	n := 0
	for f := range bench.NewSynthetic(1, 60, nil).Facts(50, 0) {
		n++
		for _, finding := range corpus.CheckFact(&f, nil) {
			t.Fatalf("fact %s: %s", f.ID, finding.Message)
		}
	}
	if n != 50 {
		t.Errorf("%d facts, want 50", n)
	}
}
