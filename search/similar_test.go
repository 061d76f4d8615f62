package search_test

import (
	"errors"
	"slices"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestSimilar looks for documents about the same things: words that a document
// repeats and few others hold decide, not those that all hold.
func TestSimilar(t *testing.T) {
	var records []corpus.Record
	for id, body := range map[string]string{
		"lake":    "The lake holds water. Sediment of the lake, and sediment of the dam, fills the reservoir.",
		"dam":     "The dam makes a reservoir, and sediments fill reservoirs. Water is the rest.",
		"harbour": "The harbour holds water and ships.",
		"speech":  "The rest is water under the bridge.",
		"numbers": "In 2012 and 2013 the same 2012 and 2013.",
		"alone":   "Unheard-of gibberish.",
		"empty":   "",
	} {
		d := &corpus.Document{ID: corpus.ID(id), Body: body, Language: "en", Source: "notes", Path: id}
		records = append(records, corpus.Record{Entry: corpus.Entry{ID: d.ID, Source: "notes", Path: id, Kind: corpus.DocumentEntry}, Document: d})
	}
	s := snapshot(t, records...)
	l, err := search.Similar(t.Context(), s, "lake", 10)
	if err != nil {
		t.Fatal(err)
	}
	if first := l.Words[:2]; !slices.Equal(first, []string{"sediment", "dam"}) && !slices.Equal(first, []string{"sediment", "reservoir"}) {
		t.Errorf("words %v", l.Words)
	}
	if slices.Contains(l.Words, "lake") {
		t.Error("a word that stands nowhere else leads nowhere")
	}
	if len(l.Hits) == 0 || l.Hits[0].Document.ID != "dam" || !slices.Contains(l.Hits[0].Shared, "reservoir") {
		t.Errorf("similar: %+v", l.Hits)
	}
	one, err := search.Similar(t.Context(), s, "lake", 1)
	if err != nil || len(one.Hits) != 1 || one.Total != l.Total || l.Total != len(l.Hits) {
		t.Errorf("one of them: %+v, %v", one, err)
	}
	for _, id := range []corpus.ID{"alone", "empty"} {
		if l, err := search.Similar(t.Context(), s, id, 10); err != nil || len(l.Words)+len(l.Hits) > 0 {
			t.Errorf("similar to %s: %+v, %v", id, l, err)
		}
	}
	if l, err := search.Similar(t.Context(), s, "numbers", 10); err != nil || slices.Contains(l.Words, "2012") {
		t.Errorf("numbers tell a document: %v, %v", l.Words, err)
	}
	if _, err := search.Similar(t.Context(), s, "nowhere", 10); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("error %v", err)
	}
}
