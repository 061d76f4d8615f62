package search_test

import (
	"net/url"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestValuesThatNoDocumentHas checks that a filter by a value that is nowhere
// in the index is not answered with silence.
func TestValuesThatNoDocumentHas(t *testing.T) {
	record := func(id corpus.ID, kind string) corpus.Record {
		return corpus.Record{Entry: corpus.Entry{ID: id, Path: string(id), Kind: corpus.DocumentEntry}, Document: &corpus.Document{ID: id, Title: "A note", Body: "Words.", Type: kind, Format: "text", Source: "notes"}}
	}
	s := snapshot(t, record("a", "briefing note"), record("b", "report"))
	for query, want := range map[string]string{
		"type=briefng+note":      "no document has the type “briefng note”; did you mean “briefing note”?",
		"-type=Report":           "no document has the type “Report”; did you mean “report”?",
		"source=elsewhere":       "no document has the source “elsewhere”",
		"format=txt&type=report": "no document has the format “txt”; did you mean “text”?",
		"type=report":            "",
		"type=none":              "",
		"year=2012..2005":        "year=2012..2005: the range runs backwards; it is read from the smaller to the larger bound",
		"-published=2012..2005":  "-published=2012..2005: the range runs backwards; it is read from the smaller to the larger bound",
	} {
		params, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		r, err := search.ParseParams(params, s.Taxonomy())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, w := range ask(t, s, r).Read.Warnings {
			got += w.Message
		}
		if got != want {
			t.Errorf("%s: warned %q, want %q", query, got, want)
		}
	}
}
