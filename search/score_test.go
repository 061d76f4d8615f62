package search_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/search"
)

func TestScore(t *testing.T) {
	if got, want := search.IDF(10, 2), math.Log(1+8.5/2.5); math.Abs(got-want) > 1e-15 {
		t.Errorf("IDF(10, 2) = %v, want %v", got, want)
	}
	r := search.Ranking{K1: 1.2, B: 0.75, Rarity: 1.5}
	if got, want := r.Weight(10, 2), math.Pow(math.Log(1+8.5/2.5), 1.5); math.Abs(got-want) > 1e-7 {
		t.Errorf("Weight(10, 2) = %v, want %v", got, want)
	}
	if got, want := r.TermScore(3, 50, 100), 3*2.2/(3+1.2*(0.25+0.75*0.5)); math.Abs(got-want) > 1e-15 {
		t.Errorf("TermScore(3, 50, 100) = %v, want %v", got, want)
	}
	if got := r.TermScore(0, 50, 100); got != 0 {
		t.Errorf("a term that does not occur scores %v", got)
	}
	if search.IDF(1, 1) <= 0 || search.IDF(5, 5) > search.IDF(5, 4) {
		t.Error("weights of common terms are not positive and falling")
	}
}

// TestRankingIsTheDocumentedOne fails when a constant of the ranking and
// docs/ranking.md part, also where the test collections are missing.
func TestRankingIsTheDocumentedOne(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "docs", "ranking.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := search.DefaultRanking()
	for _, want := range []string{
		fmt.Sprintf("k1 %v", r.K1), fmt.Sprintf("b %v", r.B), fmt.Sprintf("title counts %s times", words[r.Title]),
		fmt.Sprintf("Rarity %v", r.Rarity),
	} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("docs/ranking.md says nothing of %q", want)
		}
	}
}

var words = map[int]string{1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
