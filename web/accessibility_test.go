package web_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// violation is a rule that a page breaks, as axe-core reports it.
type violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string
		FailureSummary string
	}
}

// accessible asks axe-core about every page in a colour scheme, with all that
// can be opened open: in light about everything, on a desk and on a phone, in
// dark about colours. The file axe.min.js is named by
// RAPPORT_AXE; without it the test is skipped.
func accessible(t *testing.T, ctx context.Context, scheme string) {
	file := os.Getenv("RAPPORT_AXE")
	if file == "" {
		t.Skip("RAPPORT_AXE does not name a copy of axe.min.js: the pages are not asked about accessibility")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("read axe-core: %v", err)
	}
	servers := map[*httptest.Server][]string{serve(t, nil): everyPage, serveEngine(t, sampleEngine(), nil): slices.Collect(maps.Values(samplePages()))}
	call(t, ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}) // the checker's script is none of ours
	prefer(t, ctx, scheme)
	rules := `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	widths := []int64{1280, 390}
	if scheme == "dark" { // other colours, and else the same page
		rules, widths = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`, widths[:1]
	}
	for server, paths := range servers {
		checkTheChecker(t, ctx, server, string(axe), rules)
		for _, width := range widths {
			call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
			for _, path := range paths {
				accessiblePage(t, ctx, server, path, string(axe), rules)
			}
		}
	}
}

func accessiblePage(t *testing.T, ctx context.Context, server *httptest.Server, path, axe, rules string) {
	t.Helper()
	open(t, ctx, server, path)
	for _, v := range violations(t, ctx, axe, rules, "") {
		t.Errorf("%s: %s: %s", path, v.ID, v.Help)
		for i, n := range v.Nodes {
			if i < 3 {
				t.Logf("%.300s\n%.400s", n.HTML, n.FailureSummary)
			}
		}
	}
}

func open(t testing.TB, ctx context.Context, server *httptest.Server, path string) {
	t.Helper()
	do(t, ctx, path, chromedp.Navigate(server.URL+path))
}

// checkTheChecker makes sure that what is wrong is found: words that can hardly
// be told from their ground.
func checkTheChecker(t *testing.T, ctx context.Context, server *httptest.Server, axe, rules string) {
	t.Helper()
	open(t, ctx, server, "/help")
	const spoil = `const p = document.createElement('p'); p.textContent = 'unreadable'; p.style.color = '#777'; p.style.background = '#888'; document.querySelector('main').append(p);`
	if found := violations(t, ctx, axe, rules, spoil); len(found) != 1 || found[0].ID != "color-contrast" {
		t.Fatalf("axe-core does not find words without contrast: %v", found)
	}
}

// violations changes the page by a script and runs axe-core over it.
func violations(t *testing.T, ctx context.Context, axe, rules, change string) []violation {
	t.Helper()
	run := `; document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true });` + change + `
		axe.run(document, {resultTypes: ['violations'], runOnly: ` + rules + `}).then(r => JSON.stringify(r.violations))`
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](strings.TrimSuffix(axe, "\n")+run, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("run axe-core: %v", err)
	}
	var list []violation
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		t.Fatalf("read what axe-core found: %v", err)
	}
	return list
}
