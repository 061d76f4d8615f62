package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// A parameter that has no effect is refused.
func TestParametersWithoutEffect(t *testing.T) {
	server := serve(t, nil)
	var a apiAnswer
	ask(t, server, "/api/v1/search?q=fund", &a)
	document := "/documents/" + a.Hits[0].ID
	const none, notHere = "there is no parameter of this name", "it has no effect here"
	for path, want := range map[string]string{
		"/report.atom?verbose=1":               none,
		"/report.atom?limit=1":                 notHere,
		"/api/v1" + document + "/original?x=1": none,
		"/api/v1" + document + "?limit=1":      notHere,
		"/api/v1" + document + "?sort=newest":  notHere,
		"/api/v1" + document + "?partner=JP":   notHere,
		"/api/v1" + document + "?cursor=x":     notHere,
		document + "?limit=1":                  notHere,
		document + "?sort=newest":              notHere,
		document + "?-year=1999":               notHere,
		document + "?collapse=near":            notHere,
		"/api/v1/facts?collapse=near":          notHere,
		"/api/v1/facts?explain=true":           notHere,
		"/api/v1/facts?sort=title":             "facts have no title; want relevance, newest or oldest",
		"/facts.csv?sort=Title":                "facts have no title; want relevance, newest or oldest",
		"/api/v1/facts?publisher=x":            "facts have nothing of that name to filter by",
		"/api/v1/facts?-same=x":                "facts have nothing of that name to filter by",
		"/api/v1/facets/year?sort=newest":      notHere,
		"/api/v1/facets/year?kind=visit":       "documents have nothing of that name to filter by",
		"/api/v1/matrix?limit=1":               notHere,
		"/matrix.csv?of=facts&lang=en":         "facts have nothing of that name to filter by",
		"/matrix.csv?cursor=x":                 notHere,
		"/matrix?limit=1":                      notHere,
		"/facets/year?limit=1":                 notHere,
		"/search.csv?limit=1":                  notHere,
		"/search.csv?cursor=x":                 notHere,
		"/search.json?collapse=near":           notHere,
		"/facts.csv?publisher=x":               "facts have nothing of that name to filter by",
		"/search.atom?sort=oldest":             notHere,
		"/search.atom?limit=1":                 notHere,
	} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, want) {
			t.Errorf("%s: %s %.300s, want %s", path, res.Status, body, want)
		}
	}
	if _, body := getWith(t, server, "/api/v1/facts?x=1", nil); strings.Contains(body, "did you mean") {
		t.Errorf("for a name of one letter another one is offered: %s", body)
	}
	for _, path := range []string{
		"/report.atom?utm_source=x", document + "?q=fund&match=any&verbatim=true&strict=true&at=3&quote=fund&fact=x&limit=",
		"/search.csv?q=fund&partner=JP&sort=newest", "/search.atom?q=fund&collapse=near", "/api/v1/facts?-partner=JP&amount=%3E5&document=x&sort=oldest&limit=3",
		"/matrix.csv?kind=visit&of=facts&verbatim=true", "/api/v1/facets/year?same=x&of=documents&match=all", "/matrix?of=documents&publisher=x",
	} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %.300s", path, res.Status, body)
		}
	}
}

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
		"/api/v1/matrix?colum=year":     "did you mean column?",
		"/api/v1/suggest?q=fu&lmit=3":   "did you mean limit?",
		"/api/v1/reports?lmit=3":        "did you mean limit?",
		"/api/v1/status?verbose=1":      "verbose=1: there is no parameter of this name",
		document + "/similar?lmit=3":    "did you mean limit?",
		document + "/similar?limit=0":   "the parameter limit is",
		document + "?mtch=all":          "did you mean match?",
		document + "?q=fund&mtch=all":   "did you mean match?",
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
		document + "/similar?limit=3", document + "?body=false&q=fund&match=all&verbatim=true&strict=true",
	} {
		if res, body := getWith(t, server, path, nil); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %.300s", path, res.Status, body)
		}
	}
}
