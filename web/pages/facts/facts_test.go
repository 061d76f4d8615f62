package facts_test

import (
	"net/url"
	"strings"
	"testing"

	"rapport/web/pages/facts"
	"rapport/web/pages/pagestest"
)

// TestFacts checks the table of all facts and of some.
func TestFacts(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, facts.Page(), "/facts"), map[string]string{
		"the count":             "6 facts",
		"the absence of a date": "No date",
		"what is stale":         "Stale: the source now says something else",
		"the order":             `aria-sort="descending"`,
		"a statement as text":   `removed <script>alert("fact")</script>`,
	})
	pagestest.Want(t, pagestest.Render(t, facts.Page(), "/facts?partner=JP"), map[string]string{
		"whom they are about":   "2 facts about Japan",
		"the stage of a sum":    "disbursed",
		"what a sum is made of": `in <a href="/facts?q=id:gift">1 payment</a>`,
		"the other stage":       "Pledged",
		"the answer crossed":    `href="/matrix?partner=JP"`,
	})
	if page := pagestest.Render(t, facts.Page(), "/facts?q="+url.QueryEscape(`amount:">=1 million"`)); strings.Contains(page, "field of facts") || !strings.Contains(page, "amount:1000000..") {
		t.Error("a list of facts says that documents have no amounts, or not how the sum was read")
	}
	if to := pagestest.MovedTo(t, facts.Page(), "/facts?publisher=Agency&kind=outcome"); to != "/facts?kind=outcome" {
		t.Errorf("a filter that facts do not have leads to %q", to)
	}
}

// TestCursor checks that pages of facts follow each other without a gap.
func TestCursor(t *testing.T) {
	address, seen := "/facts?limit=2", map[string]bool{}
	for _, shown := range []string{"1 to 2 of 6", "3 to 4 of 6", "5 to 6 of 6"} {
		page := pagestest.Render(t, facts.Page(), address)
		if !strings.Contains(page, "Showing "+shown) {
			t.Errorf("%s does not say that it shows %s", address, shown)
		}
		for _, id := range pagestest.Attributes(t, page, "tr", "id") {
			if seen[id] {
				t.Errorf("%s shows %s again", address, id)
			}
			seen[id] = true
		}
		address = pagestest.Next(t, page)
	}
	if len(seen) != 6 || address != "" {
		t.Errorf("%d facts of 6 were shown, next %q", len(seen), address)
	}
}
