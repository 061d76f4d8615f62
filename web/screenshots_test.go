package web_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"rapport/corpus"
)

// samplePages are the pages and states over the sample corpus.
func samplePages() map[string]string {
	japan := "/documents/" + string(corpus.NewID("notes", "japan.md"))
	return map[string]string{
		"start": "/", "search": "/search?q=trust+fund", "browse": "/search",
		"filtered": "/search?q=cooperation&partner=AU&partner=JP&year=2003..2020&-topic=human.trust-funds", "filters": "/search?q=cooperation#filters",
		"relaxed": "/search?q=helicopter+maintenance+programme", "misspelt": "/search?q=trst+fnd", "zero": "/search?q=submarine&partner=MN",
		"document": japan, "passage": japan + "?q=trust+fund&at=900#at", "facts": "/facts", "facts-japan": "/facts?partner=JP&kind=contribution",
		"values": "/facets/topic?q=cooperation", "partners": "/partners", "partner": "/partners/JP", "group": "/topics/human", "topic": "/topics/human.trust-funds",
		"matrix": "/matrix", "matrix-topics": "/matrix?column=topic&of=documents", "report": "/report", "help": "/help", "missing": "/nope",
	}
}

// screenshots takes pictures of the pages for people to look at, into the
// folder that RAPPORT_SCREENSHOTS names.
func screenshots(t *testing.T, ctx context.Context) {
	folder := os.Getenv("RAPPORT_SCREENSHOTS")
	if folder == "" {
		t.Skip("RAPPORT_SCREENSHOTS names no folder: no pictures of the pages are taken")
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	server := serveEngine(t, sampleEngine(), nil)
	for _, scheme := range []string{"light", "dark"} {
		prefer(t, ctx, scheme)
		for _, width := range []int64{390, 1024, 1440} {
			call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
			for name, path := range samplePages() {
				open(t, ctx, server, path)
				picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatalf("picture of %s: %v", path, err)
				}
				file := filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
				if err := os.WriteFile(file, picture, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// prefer sets the colours that the reader prefers, and less motion.
func prefer(t testing.TB, ctx context.Context, scheme string) {
	t.Helper()
	call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}
