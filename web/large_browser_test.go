package web_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// BenchmarkLargeDocumentInBrowser measures how long it takes from an empty tab
// until the passage asked for, in the middle of ten megabytes, is in sight; the
// aim is less than a second.
func BenchmarkLargeDocumentInBrowser(b *testing.B) {
	chromium := browser(b)
	server := serveEngine(b, largeEngine(), nil)
	for name, off := range map[string]bool{"with script": false, "without script": true} {
		b.Run(name, func(b *testing.B) {
			ctx := tab(b, chromium)
			call(b, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
			prefer(b, ctx, "light")
			for b.Loop() {
				open(b, ctx, server, largePage+"#at")
				waitInSight(b, ctx)
				b.StopTimer()
				do(b, ctx, "leave", chromedp.Navigate("about:blank"))
				b.StartTimer()
			}
		})
	}
}

// waitInSight waits until the passage asked for is within the window.
func waitInSight(b *testing.B, ctx context.Context) {
	b.Helper()
	const place = `(r => r.top >= 0 && r.bottom <= innerHeight)(document.getElementById('at').getBoundingClientRect())`
	for deadline := time.Now().Add(time.Minute); ; {
		inSight, err := chromedp.Run(ctx, chromedp.Evaluate[bool](place))
		switch {
		case err != nil:
			b.Fatal(err)
		case inSight:
			return
		case time.Now().After(deadline):
			b.Fatal("the passage stays out of sight")
		}
	}
}
