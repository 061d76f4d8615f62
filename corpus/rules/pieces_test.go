package rules

import (
	"iter"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// piecesOf returns all findings of a text that is read in pieces of that many
// tokens.
func piecesOf(x *Extractor, doc *corpus.Document, least int) (facts []corpus.Fact) {
	w := &writer{doc: doc, seen: map[[8]byte]int{}}
	for s := range x.scenes(doc.Body, nil, least) {
		for _, f := range x.found(s) {
			facts = append(facts, w.fact(s, f))
		}
	}
	return facts
}

func TestPiecesGiveWhatTheWholeGives(t *testing.T) {
	sentences := []string{
		"In December 2007 Japan pledged $12.5 million to the Trust Fund.", "In May it paid more than 20 million euros.",
		"“The Secretary General met the Prime Minister of Norway in Tokyo on 3 May 2011.”", "\"It signed a Memorandum of Understanding with NATO in 2014.",
		"Some 2,500 soldiers were deployed to Afghanistan from 2004 to 2011.", "North", "Korea joined the Partnership for Peace in 1994.", "- 30 to 40 mines;",
		"The costs were USD 5 million!", "Mr.", "He visited NATO Headquarters again in March.", "1.", "Was it 85%?",
	}
	gaps := []string{" ", "\n", "\n\n", "\n \n\n", "\t", "\r\n\r\n"}
	x := New(goldTaxonomy(t), Options{Kinds: Kinds()})
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for range rapid.IntRange(0, 40).Draw(t, "sentences") {
			text.WriteString(rapid.SampledFrom(sentences).Draw(t, "sentence"))
			text.WriteString(rapid.SampledFrom(gaps).Draw(t, "gap"))
		}
		doc := &corpus.Document{ID: "d", Body: text.String()}
		whole := piecesOf(x, doc, len(doc.Body)+1)
		for _, least := range []int{1, 7, 50} {
			if got := piecesOf(x, doc, least); !reflect.DeepEqual(got, whole) {
				t.Fatalf("pieces of %d tokens of %q give\n%+v\nthe whole gives\n%+v", least, doc.Body, got, whole)
			}
		}
	})
}

func TestNoPieceIsLong(t *testing.T) {
	for name, sentence := range map[string]string{"words": "word ", "sentences": "It paid $5 million. ", "paragraphs": "It paid $5 million.\n\n"} {
		r := newReader(strings.Repeat(sentence, 200_000))
		tokens, longest := 0, 0
		for p := range pieces(r) {
			tokens += len(p.tokens)
			longest = max(longest, len(p.tokens))
		}
		if want := len(read(sentence).tokens) * 200_000; tokens != want {
			t.Errorf("%s: the pieces have %d tokens, want %d", name, tokens, want)
		}
		if longest > pieceTokens+longestParagraph+longestSentence {
			t.Errorf("%s: a piece has %d tokens", name, longest)
		}
	}
}

func pieces(r *reader) iter.Seq[*prose] {
	return func(yield func(*prose) bool) {
		for p := r.piece(pieceTokens); p != nil && yield(p); p = r.piece(pieceTokens) {
		}
	}
}
