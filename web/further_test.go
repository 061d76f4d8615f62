package web_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"rapport/corpus"
)

// TestFurtherPlaces checks that a hit tells how many places its passages leave
// out, and that its link leads to the first of them.
func TestFurtherPlaces(t *testing.T) {
	body := strings.Repeat("A demining project began. "+strings.Repeat("Nothing more is said of it for a while. ", 12)+"\n\n", 7)
	server := serveEngine(t, index("further", []corpus.Record{{Document: &corpus.Document{ID: "seven", Title: "Seven projects", Path: "seven.txt", Body: body}}}), nil)
	var answer struct {
		Hits []struct {
			Snippets  []any
			Further   int
			FurtherAt int `json:"further_at"`
		}
	}
	ask(t, server, "/api/v1/search?q=demining", &answer)
	if len(answer.Hits) != 1 || len(answer.Hits[0].Snippets)+answer.Hits[0].Further != 7 || !strings.HasPrefix(body[answer.Hits[0].FurtherAt:], "demining") {
		t.Fatalf("answer %+v", answer)
	}
	link := fmt.Sprintf(`<a href="/documents/seven?q=demining&at=%d#at">also %d more places</a>`, answer.Hits[0].FurtherAt, answer.Hits[0].Further)
	if found := html.UnescapeString(page(t, server, "/search?q=demining")); !strings.Contains(found, link) {
		t.Errorf("the page lacks %s", link)
	}
}
