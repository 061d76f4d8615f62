package search_test

import (
	"reflect"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestPlaces checks what counts as one hit: what overlaps or is parted by
// spaces alone.
func TestPlaces(t *testing.T) {
	body := "trust fund, trust and fund"
	word := func(offset, length int) search.Match { return search.Match{Offset: offset, End: offset + length} }
	got := search.Places(body, []search.Match{word(22, 4), word(0, 5), word(6, 4), word(0, 10), word(12, 5), {Offset: 0, End: 5, InTitle: true}, word(24, 90)})
	if want := []search.Place{{0, 10}, {12, 17}, {22, 26}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestFurtherPlaces checks that what the passages of a hit show and what they
// leave out make up all of its places.
func TestFurtherPlaces(t *testing.T) {
	body := strings.Repeat("A demining project began here. "+strings.Repeat("Nothing more is said of it for a while. ", 12)+"\n\n", 7)
	record := func(id corpus.ID, body string) corpus.Record {
		return corpus.Record{Entry: corpus.Entry{ID: id, Path: string(id), Kind: corpus.DocumentEntry}, Document: &corpus.Document{ID: id, Title: "A note", Body: body, Language: "en"}}
	}
	e := snapshot(t, record("long", body), record("short", "Demining began."))
	for _, shown := range []int{1, 3} {
		r := ask(t, e, search.Request{Text: "demining", Snippets: shown})
		for _, h := range r.Hits {
			total, marked := strings.Count(strings.ToLower(map[corpus.ID]string{"long": body, "short": "Demining"}[h.Document.ID]), "demining"), 0
			for _, s := range h.Snippets {
				for _, span := range s.Spans {
					if span.Match {
						marked++
					}
				}
			}
			if marked+h.Further != total {
				t.Errorf("%s: %d places are shown and %d left out of %d", h.Document.ID, marked, h.Further, total)
			}
			if h.Further > 0 && !strings.HasPrefix(body[h.FurtherAt:], "demining") {
				t.Errorf("%s: the first place left out is at %q", h.Document.ID, body[h.FurtherAt:h.FurtherAt+10])
			}
		}
	}
}
