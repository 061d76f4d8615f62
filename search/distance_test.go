package search

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestMistyped compares with the edit distance itself: what is passed over
// without telling the distance is too far.
func TestMistyped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		w := make([]rune, 3+r.IntN(6))
		for i := range w {
			w[i] = []rune("abcdé†")[r.IntN(6)]
		}
		return string(w)
	}
	near := 0
	for range 20_000 {
		s, name := word(), word()
		most := maxMistakes
		if len(name) <= 5 {
			most = 1
		}
		d := distance(s, name)
		if got, ok := mistyped(s, name); ok != (d <= most) || ok && got != d {
			t.Fatalf("%q for %q: %d, %v, and they are %d apart", s, name, got, ok, d)
		}
		if d <= most {
			near++
		}
	}
	if near == 0 {
		t.Error("no two texts were near")
	}
}

// BenchmarkNearestValues looks for what one value may be meant for among 10,000.
func BenchmarkNearestValues(b *testing.B) {
	values := make([]FacetValue, 10_000)
	for i := range values {
		values[i] = FacetValue{Value: fmt.Sprintf("Agency %05d for Water and Health", i), Count: 1}
	}
	for b.Loop() {
		nearestValues("ministry", values)
	}
}
