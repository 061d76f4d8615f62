package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rapport/search"
	"rapport/web"
)

// TestLongestQuestion asks, of a server with the default limits, what is as
// long as a question may be in any script, and one character more.
func TestLongestQuestion(t *testing.T) {
	site := serve(t, nil).Config.Handler
	server := httptest.NewUnstartedServer(site)
	server.Config = web.NewServer(site, web.Limits{})
	server.Start()
	defer server.Close()
	for _, character := range []string{"x", "é", "日", "😀"} {
		for n, want := range map[int]int{search.MaxText: http.StatusOK, search.MaxText + 1: http.StatusBadRequest} {
			text := url.QueryEscape(strings.Repeat(character, n))
			for _, path := range []string{"/api/v1/search?q=", "/search?q="} {
				if res, body := get(t, server, path+text); res.StatusCode != want {
					t.Errorf("%d times %s at %s: %s %.100q", n, character, path, res.Status, body)
				}
			}
		}
	}
}
