package pages

import (
	"testing"

	"rapport/corpus"
)

// TestFactWithoutDocument checks that no link leads to a document that is not
// in the index: a sum leads to its fact instead.
func TestFactWithoutDocument(t *testing.T) {
	f := &corpus.Fact{ID: "gift", Evidence: corpus.Evidence{Document: "gone.md", Exact: "gave 20 million", Status: corpus.AnchorUnlocated}}
	if v := NewFact(&corpus.Taxonomy{}, f); v.Sentence != "" || v.Stale != "Its document is not in the index" || v.Document != "gone.md" {
		t.Errorf("sentence %q, stale %q, document %q", v.Sentence, v.Stale, v.Document)
	}
	if to := factLink(f); to != "/facts?q=id:gift" {
		t.Errorf("its sum leads to %s", to)
	}
	f.Evidence.Status, f.Evidence.End = corpus.AnchorExact, 15
	if to := factLink(f); to != "/documents/gone.md?at=0#fact-gift" {
		t.Errorf("the sentence of one that is there is at %s", to)
	}
}
