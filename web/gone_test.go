package web_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// TestCitationOfADocumentThatIsGone: an address that quotes words leads to the
// documents that hold them when its own document is there no more, as after a
// file was renamed.
func TestCitationOfADocumentThatIsGone(t *testing.T) {
	server := serve(t, nil)
	res, body := getWith(t, server, `/documents/renamed?quote=A+trust+fund%22+helped+demining`, http.Header{"Accept": {"text/html"}})
	link := regexp.MustCompile(`<a href="(/search\?[^"]*)">search all documents`).FindStringSubmatch(body)
	if res.StatusCode != 404 || link == nil {
		t.Fatalf("%s without a search for the words: %s", res.Status, body)
	}
	if found := page(t, server, html.UnescapeString(link[1])); !strings.Contains(found, "/documents/japan") {
		t.Errorf("%s does not find the words", link[1])
	}
	if _, body := getWith(t, server, "/documents/renamed", http.Header{"Accept": {"text/html"}}); strings.Contains(body, "words that were cited") {
		t.Error("words are offered that nobody has cited")
	}
}
