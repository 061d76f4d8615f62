package start_test

import (
	"testing"

	"rapport/web/pages/pagestest"
	"rapport/web/pages/start"
)

// TestStart checks that the first page says what there is and how to ask.
func TestStart(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, start.Page(), "/"), map[string]string{
		"what to do":           "Search documents and facts",
		"the box":              `id="q"`,
		"the partners":         `<a href="/partners/JP"><bdi>Japan</bdi></a>`,
		"the topics":           `<a href="/topics/human"><bdi>Human security</bdi></a>`,
		"questions to click":   "Ways to ask",
		"one about a partner":  `visit partner:"Mongolia"`,
		"the years spoken of":  "<dd>2000–2025</dd>",
		"the number of facts":  "<dd>6</dd>",
		"the state it is from": "Generation <code>",
	})
	if to := pagestest.MovedTo(t, start.Page(), "/?utm_source=x"); to != "/" {
		t.Errorf("parameters lead to %q", to)
	}
}
