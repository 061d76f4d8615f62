package partner_test

import (
	"errors"
	"testing"

	"rapport/search"
	"rapport/web/pages/pagestest"
	"rapport/web/pages/partner"
)

// TestPartner checks what the profile of a partner shows.
func TestPartner(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, partner.Page(), "/partners/JP"), map[string]string{
		"the name":             "<h1><bdi>Japan</bdi></h1>",
		"other names":          "State of Japan",
		"the timeline":         "Facts by year",
		"dates as stated":      "February 2012",
		"the sums":             "Sums of money",
		"their stages":         "Disbursed</dt>",
		"what a sum is of":     `in <a href="/facts?q=id:gift">1 payment</a>`,
		"the way to all sums":  "All facts with sums",
		"where it is named":    "documents name it",
		"the latest documents": "Latest documents",
	})
	if to := pagestest.MovedTo(t, partner.Page(), "/partners/ROK"); to != "/partners/KR" {
		t.Errorf("another name leads to %q", to)
	}
	if err := pagestest.Error(t, partner.Page(), "/partners/atlantis"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("a partner that is not there: %v", err)
	}
}
