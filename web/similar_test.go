package web_test

import (
	"html"
	"slices"
	"strings"
	"testing"
)

// TestSimilar checks that the reader and the API list similar documents, with
// the words that they share, and that the number leads to what it counts.
func TestSimilar(t *testing.T) {
	server := serve(t, nil)
	var found struct {
		Words    []string
		Least    int
		Question string
		Total    int
		Hits     []struct {
			ID     string
			Shared []string `json:"shared_words"`
		}
	}
	ask(t, server, "/api/v1/documents/japan/similar?limit=2", &found)
	if len(found.Hits) != 2 || found.Total < 2 || !slices.Contains(found.Words, "trust") || found.Least < 1 {
		t.Fatalf("similar documents %+v", found)
	}
	for _, h := range found.Hits {
		if h.ID == "japan" || len(h.Shared) < found.Least {
			t.Errorf("similar document %+v", h)
		}
	}
	var answer struct{ Total int }
	ask(t, server, "/api/v1/search?"+found.Question, &answer)
	if answer.Total != found.Total {
		t.Errorf("the question finds %d documents, want %d", answer.Total, found.Total)
	}

	body := html.UnescapeString(page(t, server, "/documents/japan"))
	for _, want := range []string{"Similar documents", `href="/documents/` + found.Hits[0].ID + `"`, strings.Join(found.Words, ", ")} {
		if !strings.Contains(body, want) {
			t.Errorf("the reader lacks %q", want)
		}
	}
	if body := page(t, server, "/documents/bare"); strings.Contains(body, "Similar documents") {
		t.Error("a document that is like no other has similar ones")
	}
	ask(t, server, "/api/v1/documents/bare/similar", &found)
	if found.Total != 0 || found.Question != "" || len(found.Hits) != 0 {
		t.Errorf("similar to nothing: %+v", found)
	}
}
