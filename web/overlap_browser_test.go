package web_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// overlapping lists what covers something else or runs out of its place: notes
// in the margin that reach below the text, links that exclude a value over its
// number, and words that are wider than their column.
const overlapping = `(() => {
	const found = [], box = e => e.getBoundingClientRect(), ink = e => { const r = document.createRange(); r.selectNodeContents(e); return box(r); }, say = (what, e) => found.push(what + ': ' + e.textContent.trim().replace(/\s+/g, ' ').slice(0, 60));
	document.querySelectorAll('.text .note').forEach(n => { if (box(n).bottom > box(n.closest('.text')).bottom + 1) say('note below the text', n); });
	document.querySelectorAll('.opts li').forEach(li => {
		const link = li.querySelector(':scope > a'), number = li.querySelector(':scope > label .n');
		if (link && number && ink(number).width && box(link).right > ink(number).left + 1 && box(link).left < ink(number).right) say('link over a number', li);
	});
	document.querySelectorAll('.fl > li > p, .ft td, .stages td, .tl li span').forEach(e => { if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') say('wider than its column', e); });
	document.querySelectorAll('.two .wide').forEach(e => { if (e.scrollWidth > e.clientWidth + 1) say('table wider than its column', e); });
	return found.slice(0, 5).join('; ');
})()`

// overlaps checks that nothing covers anything on phones, tablets and desks.
func overlaps(t *testing.T, ctx context.Context) {
	server := serveEngine(t, sampleEngine(), nil)
	for _, name := range []string{"search", "filtered", "document", "passage", "facts", "facts-japan", "partner", "topic"} {
		path := samplePages()[name]
		open(t, ctx, server, path)
		for _, width := range []int64{390, 820, 1440} {
			call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
			found, err := chromedp.Run(ctx, chromedp.Evaluate[string](overlapping))
			if err != nil {
				t.Fatal(err)
			}
			if found != "" {
				t.Errorf("%s at %d px: %s", path, width, found)
			}
		}
	}
}
