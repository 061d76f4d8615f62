package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapport/web"
)

// TestUnanswered checks that the operator, and nobody else, sees the latest
// questions that found nothing or were refused.
func TestUnanswered(t *testing.T) {
	for _, forget := range []bool{false, true} {
		site, err := web.New(engine(), web.Options{ForgetQuestions: forget})
		if err != nil {
			t.Fatal(err)
		}
		ask := func(h http.Handler, target string) string {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
			return w.Body.String()
		}
		deep := strings.Repeat("(a OR -", 70) + "b" + strings.Repeat(")", 70)
		ask(site, "/search?q=zeppelin")
		ask(site, "/api/v1/search?q=trust")
		ask(site, "/api/v1/search?q="+url.QueryEscape(deep))
		for i := range 60 {
			ask(site, fmt.Sprintf("/api/v1/search?q=nothing%d", i))
		}
		ask(site, "/api/v1/search?q=nothing20")
		var status struct{ Unanswered []string }
		if body := ask(site, "/api/v1/status"); json.Unmarshal([]byte(body), &status) != nil || status.Unanswered != nil {
			t.Errorf("anybody sees questions: %s", body)
		}
		if err := json.Unmarshal([]byte(ask(web.ForOperator(site), "/api/v1/status")), &status); err != nil {
			t.Fatal(err)
		}
		got := status.Unanswered
		if forget && got != nil {
			t.Errorf("questions are kept: %q", got)
		}
		if !forget && (len(got) != 50 || got[0] != "nothing20" || got[1] != "nothing59" || slices.Contains(got, "trust")) {
			t.Errorf("%d questions: %q", len(got), got)
		}
		for _, want := range []string{"rapport_questions_without_answer_total 62", "rapport_questions_refused_total 1"} {
			if body := ask(site, "/metrics"); !strings.Contains(body, "\n"+want+"\n") {
				t.Errorf("the metrics lack %q", want)
			}
		}
	}
}
