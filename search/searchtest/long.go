package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// testLong looks for forms of very different lengths beside each other, and
// for what stands in a title of very many words.
func testLong(t *testing.T, on engine) {
	title, body := numbered("t", 150), numbered("b", 300)
	s := build(t, on, []corpus.Batch{{Put: []corpus.Record{{
		Entry:    corpus.Entry{ID: "long", Source: "s", Path: "long", Kind: corpus.DocumentEntry},
		Document: &corpus.Document{ID: "long", Title: strings.Join(title, " "), Body: strings.Join(body, " "), Source: "s", Path: "long"},
	}}}})
	phrase := func(words []string) search.Query { return search.Phrase{Text: strings.Join(words, " ")} }
	word := func(text string) search.Query { return search.Word{Text: text} }
	for _, c := range []struct {
		q    search.Query
		want int
	}{
		// The phrase begins before the word and ends behind it.
		{search.Near{Left: search.Either{Forms: []search.Query{phrase(body[5:10]), word(body[6])}}, Right: word(body[8]), Distance: 2}, 1},
		{search.Near{Right: search.Either{Forms: []search.Query{phrase(body[5:10]), word(body[6])}}, Left: word(body[8]), Distance: 2}, 1},
		{search.Near{Left: word(body[200]), Right: phrase(body[50:200]), Distance: 1}, 1},
		{search.Near{Left: phrase(body[50:200]), Right: word(body[200]), Distance: 1}, 1},
		{search.Near{Left: word(body[201]), Right: phrase(body[50:200]), Distance: 1}, 0},
		{search.Near{Left: word(body[199]), Right: word(body[299]), Distance: search.MaxDistance}, 1},
		{search.Near{Left: word(body[198]), Right: word(body[299]), Distance: search.MaxDistance}, 0},
		{search.Near{Left: word(title[50]), Right: word(title[149]), Distance: 99}, 1},
		{search.Near{Left: word(title[149]), Right: word(body[0]), Distance: search.MaxDistance}, 0},
		{search.Phrase{Text: title[149] + " " + body[0], Slop: 90}, 0},
		{search.Phrase{Text: title[63] + " " + title[65], Slop: 1}, 1},
	} {
		if got := mustFind(t, s, search.Plan{Query: c.q}).Total; got != c.want {
			t.Errorf("%.200s: %d documents, want %d", c.q, got, c.want)
		}
	}
	for i := range len(title) - 1 {
		if mustFind(t, s, search.Plan{Query: phrase(title[i : i+2])}).Total != 1 {
			t.Errorf("words %d and %d of the title are no phrase", i, i+1)
		}
	}
	matches, err := s.Highlights(t.Context(), "long", phrase(title[60:70]))
	if err != nil || len(matches) != 1 || !matches[0].InTitle {
		t.Errorf("a phrase in a long title is shown as %+v, %v", matches, err)
	}
	if !slices.ContainsFunc(mustFind(t, s, search.Plan{Query: word(body[1]), Limit: 1}).Hits, func(h search.Hit) bool { return h.Document.ID == "long" }) {
		t.Error("the body behind a long title is not found")
	}
}

// numbered returns n different words.
func numbered(letter string, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%sx%03d", letter, i)
	}
	return words
}
