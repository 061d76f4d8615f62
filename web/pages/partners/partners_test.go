package partners_test

import (
	"testing"

	"rapport/web/pages/pagestest"
	"rapport/web/pages/partners"
)

// TestPartners checks that every partner leads to its profile and its answers.
func TestPartners(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, partners.Page(), "/partners"), map[string]string{
		"a partner":     `<a href="/partners/KR"><bdi>Republic of Korea</bdi></a>`,
		"its documents": `href="/search?partner=KR"`,
		"its facts":     `href="/facts?partner=KR"`,
		"no fact":       "Mongolia",
	})
	if to := pagestest.MovedTo(t, partners.Page(), "/partners?x=1"); to != "/partners" {
		t.Errorf("parameters lead to %q", to)
	}
}
