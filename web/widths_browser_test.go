package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// hostileInBrowser opens the hostile documents: nothing runs, and nothing is
// wider than the window.
func hostileInBrowser(t *testing.T, ctx context.Context) {
	server := serveEngine(t, hostileEngine(), nil)
	for _, path := range []string{"/", "/documents/hostile", "/documents/hostile?q=cooperation", "/documents/wide", "/documents/wide?q=cooperation#filters", "/search?q=cooperation&sort=title&limit=100",
		"/search?q=" + strings.Repeat("w", 400), "/facts", "/facts?kind=contribution", "/partners", "/partners/MN", "/matrix?of=documents&row=type&column=publisher", "/facets/publisher", "/report"} {
		checkWidths(t, ctx, server, path)
	}
}

// widths checks that no page is wider than a phone, a tablet or a desk.
func widths(t *testing.T, ctx context.Context) {
	server := serve(t, nil)
	for _, path := range everyPage {
		checkWidths(t, ctx, server, path)
	}
}

// everyPage has an address of each kind of page and state.
var everyPage = []string{"/", "/search?q=trust+fund", "/search?q=trust+fund&type=report&-lang=de&year=2003..2012", "/search?q=trst+fnd", "/search?q=zzz&type=note",
	"/documents/japan", "/documents/japan?q=trust+fund", "/documents/tajikistan", "/facts", "/facets/year", "/partners", "/partners/JP", "/topics/human", "/topics/human.funds",
	"/matrix", "/matrix?column=topic&of=documents", "/report", "/help", "/nope"}

// checkWidths checks that a page is no wider than a small and a usual phone, a
// tablet and a desk, less the bar to scroll with.
func checkWidths(t *testing.T, ctx context.Context, server *httptest.Server, path string) {
	t.Helper()
	open(t, ctx, server, path)
	for _, width := range []int64{320, 390, 768, 1024, 1440} {
		call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
		beyond, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
		if err != nil {
			t.Fatal(err)
		}
		if beyond > 0 {
			widest, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.wide,.vh')).slice(0, 4).map(e => e.outerHTML.slice(0, 90)).join(' … ')`))
			if err != nil {
				t.Fatal(err)
			}
			t.Errorf("%.80s at %d px is %d px wider than the window: %s", path, width, beyond, widest)
		}
	}
}
