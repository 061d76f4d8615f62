package search

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// oneDocument is a snapshot that holds a document.
type oneDocument struct {
	Snapshot
	document *corpus.Document
	reads    int
}

func (s *oneDocument) Document(context.Context, corpus.ID) (*corpus.Document, error) {
	s.reads++
	return s.document, nil
}

// TestOpeningsShowWhatBodiesDo checks that the snippet made of the beginning of
// a body is the one that the whole body gives.
func TestOpeningsShowWhatBodiesDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var body strings.Builder
		for body.Len() < rapid.SampledFrom([]int{0, 100, OpeningLength - 30, OpeningLength, 3 * OpeningLength}).Draw(t, "length") {
			piece := rapid.SampledFrom([]string{"word ", "Words. ", "\n", "\n\n", "日本語。", "e.g. a", "longwordwithoutanyspaceinit", strings.Repeat(" ", 300), "\t", "- item\n", "(x) "}).Draw(t, "piece")
			body.WriteString(strings.Repeat(piece, rapid.SampledFrom([]int{1, 1, 1, 1, 40}).Draw(t, "times")))
		}
		d := &corpus.Document{ID: "d", Body: body.String()}
		want := Snippets(d, nil, 1, nil)
		end := len(d.Body)
		if end > OpeningLength {
			end = runeStart(d.Body, OpeningLength+rapid.IntRange(3, 400).Draw(t, "more"))
		}
		h := &Hit{Document: &corpus.Document{ID: "d"}, Opening: d.Body[:end]}
		if err := h.Show(t.Context(), &oneDocument{document: d}, All{}, 1, nil); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(h.Snippets, want) || h.Document.Body != "" || h.Opening != "" {
			t.Fatalf("of %d bytes of %q\ngot  %+v\nwant %+v", end, d.Body, h.Snippets, want)
		}
	})
}

// TestOpeningsThatAreNearlyAllSpace checks the places where the beginning of a
// body stops to be enough.
func TestOpeningsThatAreNearlyAllSpace(t *testing.T) {
	read := 0
	for _, text := range []string{"A sentence. ", "Two words\n", "日本語の文書。", "word ", "Mr. X and e.g. a. ", "Ends here.\n\n"} {
		for spaces := OpeningLength - 900; spaces < OpeningLength+10; spaces += 7 {
			d := &corpus.Document{ID: "d", Body: strings.Repeat(" ", spaces) + strings.Repeat(text, 300)}
			s := &oneDocument{document: d}
			h := &Hit{Document: &corpus.Document{ID: "d"}, Opening: d.Body[:runeStart(d.Body, OpeningLength+3)]}
			if err := h.Show(t.Context(), s, All{}, 1, nil); err != nil || !reflect.DeepEqual(h.Snippets, Snippets(d, nil, 1, nil)) {
				t.Fatalf("%d spaces before %q: %+v, %v", spaces, text, h.Snippets, err)
			}
			read += s.reads
		}
	}
	if read == 0 {
		t.Error("no body was read")
	}
}

// TestOpeningsAreEnough checks that usual texts are shown without being read.
func TestOpeningsAreEnough(t *testing.T) {
	for _, body := range []string{
		strings.Repeat("A sentence of some words. ", 1000), strings.Repeat("日本語の文書。", 1000), strings.Repeat("line\n", 1000), strings.Repeat("word ", 2000),
	} {
		s := &oneDocument{document: &corpus.Document{ID: "d", Body: body}}
		h := &Hit{Document: &corpus.Document{ID: "d"}, Opening: body[:runeStart(body, OpeningLength+3)]}
		if err := h.Show(t.Context(), s, Not{Clause: Word{Text: "x"}}, 1, nil); err != nil || s.reads > 0 || len(h.Snippets) != 1 {
			t.Errorf("%.20q was read %d times: %+v, %v", body, s.reads, h.Snippets, err)
		}
	}
}
