package bleve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestHighlightsByPositionsAreThoseOfTheWholeText compares what is found at the
// positions that the postings tell with what reading all of a text finds.
func TestHighlightsByPositionsAreThoseOfTheWholeText(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4))
	vocabulary := strings.Fields("the a trust fund funds trust-fund trustfund F-16 U.S. C++ Zürich 日本語 Japan's supports supported 2.49 Київ O’Brien")
	for i := range 200 {
		vocabulary = append(vocabulary, fmt.Sprintf("filler%c%c", 'a'+i%26, 'a'+i/26))
	}
	var b corpus.Batch
	for i := range 30 {
		words := make([]string, 1+r.IntN(3000))
		for j := range words {
			words[j] = vocabulary[min(r.IntN(len(vocabulary)), r.IntN(len(vocabulary)))]
		}
		id := corpus.ID(fmt.Sprintf("d%02d", i))
		d := &corpus.Document{
			ID: id, Title: strings.Join(words[:min(len(words), 4)], " "), Body: strings.Join(words, []string{" ", ", ", ".\n"}[i%3]),
			Language: []string{"en", "de", ""}[i%3],
		}
		b.Put = append(b.Put, corpus.Record{Entry: corpus.Entry{ID: id, Kind: corpus.DocumentEntry}, Document: d})
	}
	x, err := Create(filepath.Join(t.TempDir(), "index"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	if err := x.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	v, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	word := func(text string) search.Query { return search.Word{Text: text} }
	found := 0
	for _, q := range []search.Query{
		word("trust"), word("support"), word("trustfund"), word("c++"), word("日本"), word("zurich"), word("fillerxg"),
		search.Word{Text: "funds", Exact: true}, search.Phrase{Text: "trust fund"}, search.Phrase{Text: "the trust", Slop: 3},
		search.Prefix{Text: "support"}, search.Prefix{Text: "fillera"}, search.Fuzzy{Text: "zuerich"}, search.Near{Left: word("trust"), Right: word("us"), Distance: 5},
		search.Or{Clauses: []search.Query{word("a"), word("the"), word("japan"), word("nowhere")}},
	} {
		for _, rec := range b.Put {
			byPositions, byText := highlights(t, v, rec.Document, q)
			if !slices.Equal(byPositions, byText) {
				t.Fatalf("%s in %s: %v by positions, %v in the text", q, rec.Entry.ID, byPositions, byText)
			}
			found += len(byText)
		}
	}
	if found < 1000 {
		t.Errorf("only %d places were compared", found)
	}
}

// highlights finds a question in a document in both ways.
func highlights(t *testing.T, v *view, d *corpus.Document, q search.Query) (byPositions, byText []search.Match) {
	t.Helper()
	s, record, ok, err := v.find(idDocument + string(d.ID))
	if err != nil || !ok {
		t.Fatalf("%s is not in the index: %v", d.ID, err)
	}
	var found [2][]search.Match
	for i, size := range []int{1 << 30, 0} {
		h := newHighlighter()
		if err := h.clauses(v.evaluation(context.Background(), search.Documents), q); err != nil {
			t.Fatal(err)
		}
		positions, err := h.positions(s, record, size)
		if err != nil || (positions == nil) != (size == 0) {
			t.Fatalf("positions of %s: %v, %v", q, positions, err)
		}
		if err := h.read(context.Background(), newBuilder(nil), d, positions); err != nil {
			t.Fatal(err)
		}
		if found[i], err = h.matches(); err != nil {
			t.Fatal(err)
		}
	}
	return found[0], found[1]
}
