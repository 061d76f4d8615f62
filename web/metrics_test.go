package web_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"rapport/web"
)

// The metrics are named as Prometheus wants them, and are those that the page for
// operators lists.
func TestMetricsAreNamedAsDocumented(t *testing.T) {
	server := serve(t, func(o *web.Options) {
		o.IndexBytes, o.Refused = func() int64 { return 1 }, func() int64 { return 1 }
	})
	for _, path := range []string{"/search?q=fund", "/search?q=zzzz", "/nowhere"} {
		getWith(t, server, path, nil)
	}
	res, metrics := getWith(t, server, "/metrics", nil)
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	faults, err := promlint.New(strings.NewReader(metrics)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Errorf("%s: %s", fault.Metric, fault.Text)
	}
	documented, err := os.ReadFile("../docs/operation.md")
	if err != nil {
		t.Fatal(err)
	}
	names := func(pattern, text string) map[string]bool {
		found := map[string]bool{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
		}
		return found
	}
	served := names(`(?m)^# TYPE (rapport_[a-z_]+)`, metrics)
	listed := names("`(rapport_[a-z_]+)[{`]", string(documented))
	for name := range served {
		if !listed[name] {
			t.Errorf("docs/operation.md does not list %s", name)
		}
	}
	for name := range listed {
		if !served[name] {
			t.Errorf("docs/operation.md lists %s, which is not served", name)
		}
	}
	if len(served) < 10 {
		t.Errorf("only %d metrics are served", len(served))
	}
}
