package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rapport/web"
)

// A door that is shut says that the process lives and refuses all else, in the
// form that is asked for; when it is open, the site answers.
func TestDoorRefusesUntilItIsOpened(t *testing.T) {
	door := &web.Door{}
	ask := func(path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		return w
	}
	if w := ask("/healthz", "*/*"); w.Code != http.StatusOK || w.Body.String() != "ok\n" {
		t.Errorf("/healthz: %d %s", w.Code, w.Body)
	}
	for path, accept := range map[string]string{"/": "text/html", "/readyz": "*/*", "/api/v1/search?q=a": "application/json"} {
		w := ask(path, accept)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "The service is starting. Try again in a moment") {
			t.Errorf("%s: %d, %v, %s", path, w.Code, w.Header(), w.Body)
		}
		if json := strings.Contains(w.Body.String(), `"code":"starting"`); json != (accept != "text/html") {
			t.Errorf("%s asked for as %s: %s", path, accept, w.Body)
		}
	}
	door.Open(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "site") }))
	if w := ask("/healthz", "*/*"); w.Body.String() != "site" {
		t.Errorf("opened: %s", w.Body)
	}
}
