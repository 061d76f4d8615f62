package bleve_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// TestCompletionsAreTheCommonest compares the completions of beginnings that
// stand for very many words with a count over the texts, in an index of several
// segments from which documents were deleted, before and after it has prepared.
func TestCompletionsAreTheCommonest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	x, texts := create(t), map[corpus.ID]string{}
	for batch := range 4 {
		var b corpus.Batch
		for i := range 120 {
			// The last twenty come anew with the next batch.
			rec := document(fmt.Sprintf("d%03d", batch*100+i), crowdedWords(r, 5), crowdedWords(r, 60))
			texts[rec.Entry.ID] = rec.Document.Title + " " + rec.Document.Body
			b.Put = append(b.Put, rec)
		}
		for i := 1; i < 80; i += 7 {
			id := corpus.ID(fmt.Sprintf("d%03d", batch*100-i))
			b.Delete = append(b.Delete, id)
			delete(texts, id)
		}
		apply(t, x, b)
	}
	check := func(when string) {
		s := acquire(t, x)
		for _, prefix := range []string{"ab", "abc", "abca", "abd", "zz", "ż", "żó"} {
			got, err := s.Terms(t.Context(), search.Lookup{Prefix: prefix, Limit: 8})
			if err != nil {
				t.Fatal(err)
			}
			if want := commonestIn(texts, prefix, 8); !slices.Equal(got, want) {
				t.Errorf("%s, %q: %v, want %v", when, prefix, got, want)
			}
		}
		s.Release()
	}
	check("before")
	beginnings, nearKnown, err := bleve.Prepare(x)
	if err != nil {
		t.Fatal(err)
	}
	if beginnings == 0 || !nearKnown {
		t.Errorf("%d beginnings are ready, near-copies known: %v", beginnings, nearKnown)
	}
	check("after")
}

// TestCompletionsThatTie checks the order of words that stand in as many
// documents: one that is far down the list of each of two segments comes before
// one that is the first of a list, if it is the first in the alphabet.
func TestCompletionsThatTie(t *testing.T) {
	x := create(t)
	for segment := range 2 {
		var words strings.Builder
		for i := range 300 {
			fmt.Fprintf(&words, "wa%d%03d ", segment, i)
		}
		put := []corpus.Record{document(fmt.Sprint("many", segment), "", words.String()+"wm")}
		if segment == 0 {
			put = append(put, document("once", "", "wz"), document("twice", "", "wz"))
		}
		apply(t, x, corpus.Batch{Put: put})
	}
	if ready, _, err := bleve.Prepare(x); err != nil || ready == 0 {
		t.Fatalf("%d beginnings are ready, error %v", ready, err)
	}
	s := acquire(t, x)
	for limit, want := range map[int]string{1: "[{wm 2 }]", 2: "[{wm 2 } {wz 2 }]", 3: "[{wm 2 } {wz 2 } {wa0000 1 }]"} {
		got, err := s.Terms(t.Context(), search.Lookup{Prefix: "w", Limit: limit})
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%d completions: %v, %v, want %s", limit, got, err, want)
		}
	}
}

// crowdedWords returns words that all begin alike, some of them
// far more frequent than others.
func crowdedWords(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		letters := []byte("abaaa")
		for j := range 3 {
			letters[2+j] = byte('a' + min(r.IntN(26), r.IntN(26), r.IntN(26)))
		}
		words[i] = string(letters)
		if r.IntN(20) == 0 {
			words[i] = "żó" + words[i] // folded to zo
		}
	}
	return strings.Join(words, " ")
}

// commonestIn counts the words of texts that begin with a prefix.
func commonestIn(texts map[corpus.ID]string, prefix string, limit int) []search.Term {
	counts := map[string]int{}
	fold := strings.NewReplacer("ż", "z", "ó", "o")
	prefix = fold.Replace(prefix)
	for _, text := range texts {
		words := strings.Fields(fold.Replace(text))
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			if strings.HasPrefix(w, prefix) {
				counts[w]++
			}
		}
	}
	terms := make([]search.Term, 0, limit)
	for _, w := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	}) {
		terms = append(terms, search.Term{Text: w, Documents: counts[w]})
	}
	return terms[:min(limit, len(terms))]
}

// TestCompletedTitles compares the titles that complete a text with a look at
// all of them.
func TestCompletedTitles(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	x, titles := create(t), map[corpus.ID]string{}
	for batch := range 3 {
		var b corpus.Batch
		for i := range 200 {
			rec := document(fmt.Sprintf("d%03d", batch*180+i), crowdedWords(r, 1+r.IntN(4)), "body")
			titles[rec.Entry.ID] = rec.Document.Title
			b.Put = append(b.Put, rec)
		}
		apply(t, x, b)
	}
	if _, _, err := bleve.Prepare(x); err != nil {
		t.Fatal(err)
	}
	s := acquire(t, x)
	defer s.Release()
	fold := strings.NewReplacer("ż", "z", "ó", "o")
	some := fold.Replace(titles["d010"])
	for _, prefix := range []string{"ab", "aba", "abab", "zo", some, some[:len(some)-2], "zoab", strings.Fields(some)[0] + " ab"} {
		got, err := s.Terms(t.Context(), search.Lookup{Field: search.FieldTitle, Prefix: prefix, Limit: 4})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for id, title := range titles {
			if title = fold.Replace(title); strings.HasPrefix(title, prefix) {
				want = append(want, fmt.Sprintf("%03d %s %s", len(title), title, id))
			}
		}
		slices.Sort(want)
		for i, w := range want[:min(4, len(want))] {
			id := corpus.ID(w[strings.LastIndexByte(w, ' ')+1:])
			if i >= len(got) || got[i].ID != id || got[i].Text != titles[id] {
				t.Errorf("%q: %v, want %v", prefix, got, want[:min(4, len(want))])
				break
			}
		}
	}
}

// TestTheCommonestOfVeryManyWordsIsFound has more words than are looked at
// anyhow, the most frequent of which is the last in order, and asks with few
// letters, before and after the index has prepared.
func TestTheCommonestOfVeryManyWordsIsFound(t *testing.T) {
	x := create(t)
	for batch := range 2 {
		var b corpus.Batch
		for i := range 5 {
			words := make([]string, 5000, 5001)
			for j := range words {
				words[j] = fmt.Sprintf("ab%s", letters(25000*batch+5000*i+j))
			}
			b.Put = append(b.Put, document(fmt.Sprintf("d%d%d", batch, i), "", strings.Join(append(words, "abzzzzz"), " ")))
		}
		apply(t, x, b)
	}
	check := func() {
		s := acquire(t, x)
		for _, prefix := range []string{"a", "ab"} {
			got, err := s.Terms(t.Context(), search.Lookup{Prefix: prefix, Limit: 1})
			if want := []search.Term{{Text: "abzzzzz", Documents: 10}}; err != nil || !slices.Equal(got, want) {
				t.Errorf("%q: %v, %v, want %v", prefix, got, err, want)
			}
		}
	}
	check()
	if _, _, err := bleve.Prepare(x); err != nil {
		t.Fatal(err)
	}
	check()
}

// letters returns a number as four letters.
func letters(n int) string {
	text := make([]byte, 4)
	for i := range text {
		text[i] = byte('a' + n%26)
		n /= 26
	}
	return string(text)
}
