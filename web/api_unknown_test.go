package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// A parameter that means nothing where it stands is refused everywhere, with
// what may have been meant.
func TestUnknownParameters(t *testing.T) {
	server := serve(t, nil)
	var a apiAnswer
	ask(t, server, "/api/v1/search?q=fund", &a)
	document := "/api/v1/documents/" + a.Hits[0].ID
	for path, want := range map[string]string{
		"/api/v1/search?lmit=3":         "did you mean limit?",
		"/api/v1/facts?lmit=3":          "did you mean limit?",
		"/api/v1/facets/year?lmit=3":    "did you mean limit?",
		"/api/v1/matrix?lmit=3":         "did you mean limit?",
		"/api/v1/suggest?q=fu&lmit=3":   "did you mean limit?",
		"/api/v1/reports?lmit=3":        "did you mean limit?",
		"/api/v1/status?verbose=1":      "verbose=1: there is no parameter of this name",
		document + "/similar?lmit=3":    "did you mean limit?",
		document + "/similar?limit=0":   "the parameter limit is",
		document + "?patner=JP":         "did you mean partner?",
		document + "?q=fund&patner=JP":  "did you mean partner?",
		document + "?body=no":           "but must be true or false",
		document + "?q=fund&body=maybe": "but must be true or false",
	} {
		res, body := getWith(t, server, path, nil)
		if res.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"bad_parameter"`) || !strings.Contains(body, want) {
			t.Errorf("%s: %s %.300s, want %s", path, res.Status, body, want)
		}
	}
	for _, path := range []string{
		"/api/v1/suggest?q=fu&limit=3", "/api/v1/suggest?q=fu&utm_source=x", "/api/v1/reports?limit=1", "/api/v1/status?x=",
		document + "/similar?limit=3", document + "?body=false&q=fund&match=all&verbatim=true&strict=true&partner=JP&-year=1999",
	} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %.300s", path, res.Status, body)
		}
	}
}
