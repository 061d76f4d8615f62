package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"rapport/web"
)

// watchShifts adds up how much the page moves while it is loaded, as browsers
// measure it (W3C Layout Instability): 0 is not at all.
const watchShifts = `window.moved = 0; window.what = '';
new PerformanceObserver(l => l.getEntries().forEach(e => { window.moved += e.value;
	e.sources.forEach(s => { window.what += ' ' + (s.node && s.node.outerHTML || s.node && s.node.nodeName || '').slice(0, 80); }); })).observe({type: 'layout-shift', buffered: true});`

// still is how little a page may move: browsers call 0.1 good, and none of the
// pages moves at all.
const still = 0.001

// shifts checks that nothing moves when the script comes later than the page.
func shifts(t *testing.T, ctx context.Context) {
	const late = 150 * time.Millisecond
	h, err := web.New(sampleEngine(), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".js") {
			time.Sleep(late)
			w = &uncached{w}
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watchShifts})
	for _, width := range []int64{1280, 390} {
		call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
		for _, name := range []string{"start", "search", "filtered", "document", "passage", "facts", "partner", "matrix", "values"} {
			path := samplePages()[name]
			open(t, ctx, server, path)
			moved, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.moved), 50)))`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if moved > still {
				what, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`window.what`))
				t.Errorf("%s at %d px moves by %.4f:%s", path, width, moved, what)
			}
		}
	}
}

// uncached keeps the browser from keeping the script.
type uncached struct{ http.ResponseWriter }

func (u *uncached) WriteHeader(code int) {
	u.Header().Set("Cache-Control", "no-store")
	u.ResponseWriter.WriteHeader(code)
}
