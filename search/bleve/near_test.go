package bleve_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestNearAtAnyDistance checks distances beyond what positions can have.
func TestNearAtAnyDistance(t *testing.T) {
	x := create(t)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "title", "first "+strings.Repeat("between ", 300)+"last")}})
	s := acquire(t, x)
	for _, c := range []struct{ distance, want int }{{300, 0}, {301, 1}, {min(1<<31, math.MaxInt), 1}, {min(1<<32, math.MaxInt), 1}, {math.MaxInt, 1}, {-1, 0}} {
		q := search.Near{Left: search.Word{Text: "first"}, Right: search.Word{Text: "last"}, Distance: c.distance}
		if got := find(t, s, search.Plan{Query: q}).Total; got != c.want {
			t.Errorf("%v: %d documents, want %d", q, got, c.want)
		}
	}
	apart := search.Near{Left: search.Word{Text: "title"}, Right: search.Word{Text: "first"}, Distance: 1000}
	if find(t, s, search.Plan{Query: apart}).Total != 0 {
		t.Error("NEAR reaches from the title to the body")
	}
}

// TestNearPrefixesOfManyWords compares NEAR between prefixes that stand for
// hundreds of words with a look at the texts.
func TestNearPrefixesOfManyWords(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	x := create(t)
	var b corpus.Batch
	texts := map[corpus.ID][]string{}
	for i := range 300 {
		body := crowdedWords(r, 30)
		id := fmt.Sprintf("d%03d", i)
		texts[corpus.ID(id)] = strings.Fields(strings.NewReplacer("ż", "z", "ó", "o").Replace(body))
		b.Put = append(b.Put, document(id, "", body))
	}
	apply(t, x, b)
	s := acquire(t, x)
	defer s.Release()
	for _, c := range []struct {
		left, right string
		distance    int
	}{{"abc", "abd", 1}, {"abc", "abd", 4}, {"zoa", "abf", 2}, {"abk", "abl", 10}, {"abc", "abc", 1}} {
		want := 0
		for _, words := range texts {
			if standNear(words, c.left, c.right, c.distance) {
				want++
			}
		}
		q := search.Near{Left: search.Prefix{Text: c.left}, Right: search.Prefix{Text: c.right}, Distance: c.distance}
		if got := find(t, s, search.Plan{Query: q}).Total; got != want || want == 0 {
			t.Errorf("%s: %d documents, want %d", q, got, want)
		}
	}
}

// standNear reports whether two different words with these beginnings stand at
// most distance places apart.
func standNear(words []string, left, right string, distance int) bool {
	for i, a := range words {
		for j, b := range words {
			if i != j && max(i-j, j-i) <= distance && strings.HasPrefix(a, left) && strings.HasPrefix(b, right) {
				return true
			}
		}
	}
	return false
}
