package values_test

import (
	"net/url"
	"testing"

	"rapport/web/pages/pagestest"
	"rapport/web/pages/values"
)

// TestValues checks the list of all values of a facet, and finding one.
func TestValues(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, values.Page(), "/facets/year?q=note"), map[string]string{
		"the facet":          "Year: all values",
		"the question":       "for <bdi>note</bdi>",
		"the door of one":    `href="/search?q=note&year=2012"`,
		"the way to reorder": "A to Z",
	})
	pagestest.Want(t, pagestest.Render(t, values.Page(), "/facets/kind?of=facts"), map[string]string{
		"a kind of fact": `href="/facts?kind=contribution"`,
	})
	pagestest.Want(t, pagestest.Render(t, values.Page(), "/facets/type?find="+url.QueryEscape(`"><script>`)), map[string]string{
		"the absence": `No value holds “<bdi>"><script></bdi>”`,
	})
	pagestest.Render(t, values.Page(), "/facets/publisher") // hostile names
}
