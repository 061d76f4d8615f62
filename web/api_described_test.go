package web_test

import (
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// described is what the description says of the parameters of an address.
type described map[string]struct {
	Get struct {
		Parameters []struct {
			Name, In, Description string
			Schema                struct{ Enum []string }
		}
	}
}

// TestParametersAreThoseDescribed asks each address of the description for every
// parameter that any of them has: it is refused where it is not described, and
// nowhere else.
func TestParametersAreThoseDescribed(t *testing.T) {
	server := serve(t, nil)
	var doc struct{ Paths described }
	ask(t, server, "/openapi.json", &doc)
	var a apiAnswer
	ask(t, server, "/api/v1/search?q=fund", &a)

	all := map[string]bool{"lmit": true, "-q": true}
	for _, operation := range doc.Paths {
		for _, p := range operation.Get.Parameters {
			if p.In == "query" {
				all[p.Name] = true
			}
		}
	}
	if len(all) < 50 {
		t.Errorf("%d parameters are described", len(all))
	}
	for path, operation := range doc.Paths {
		address := strings.NewReplacer("{id}", url.PathEscape(a.Hits[0].ID), "{name}", "year").Replace(path)
		takes := map[string]bool{}
		for _, p := range operation.Get.Parameters {
			takes[p.Name] = p.In == "query"
			if p.Description == "" {
				t.Errorf("%s: nothing is said of %s", path, p.Name)
			}
			for _, value := range p.Schema.Enum {
				if _, body := getWith(t, server, address+"?"+url.Values{p.Name: {value}}.Encode(), nil); strings.Contains(body, `"bad_parameter"`) {
					t.Errorf("%s refuses %s=%s, which is described: %.300s", path, p.Name, value, body)
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(all)) {
			given := url.Values{name: {"1"}}
			refused := refuses(t, server, address, given)
			if refused && takes["of"] { // what is counted decides which filters there are
				given.Set("of", "facts")
				refused = refuses(t, server, address, given)
			}
			if refused == takes[name] {
				t.Errorf("%s: the parameter %s is refused: %v, described: %v", path, name, refused, takes[name])
			}
		}
	}
}

// refuses reports whether an address says that it does not have a parameter,
// whatever its value.
func refuses(t *testing.T, server *httptest.Server, address string, given url.Values) bool {
	t.Helper()
	_, body := getWith(t, server, address+"?"+given.Encode(), nil)
	for _, message := range []string{"there is no parameter of this name", "it has no effect here", "have nothing of that name to filter by"} {
		if strings.Contains(body, message) {
			return true
		}
	}
	return false
}
