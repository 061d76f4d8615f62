package web_test

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestInBrowser tries the pages in Chromium, each task in a tab of its own. It
// is skipped when there is none. What a page complains of fails the test.
func TestInBrowser(t *testing.T) {
	chromium := browser(t)
	for name, test := range map[string]func(*testing.T, context.Context){
		"tasks with script":    func(t *testing.T, ctx context.Context) { tasks(t, ctx, true) },
		"tasks without script": func(t *testing.T, ctx context.Context) { tasks(t, ctx, false) },
		"suggestions":          suggestions,
		"hostile corpus":       hostileInBrowser,
		"widths":               widths,
		"overlaps":             overlaps,
		"layout shifts":        shifts,
		"screenshots":          screenshots,
		"accessible in light":  func(t *testing.T, ctx context.Context) { accessible(t, ctx, "light") },
		"accessible in dark":   func(t *testing.T, ctx context.Context) { accessible(t, ctx, "dark") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, tab(t, chromium))
		})
	}
}

// browser starts Chromium, or skips the test when there is none.
func browser(t testing.TB) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("Chromium is not installed: the pages are not tried in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(1280, 900), chromedp.WSURLReadTimeout(60*time.Second),
		chromedp.Flag("hide-scrollbars", false),           // they take room, as on most desks
		chromedp.Flag("disable-back-forward-cache", true)) // going back then ends with a load, which can be waited for
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to run as root otherwise
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// tab opens a tab in a profile of its own.
func tab(t testing.TB, chromium context.Context) context.Context {
	t.Helper()
	ctx, stop := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the script failed: %s", e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			if strings.HasSuffix(e.Entry.URL, "/nope") {
				return // a page that is not there is tried on purpose
			}
			t.Errorf("the browser complains: %s %s", e.Entry.Text, e.Entry.URL)
		case *cdppage.EventJavascriptDialogOpening:
			t.Errorf("a document opened a dialog: %s", e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(t, ctx, log.Enable, cdp.Empty{})
	call(t, ctx, runtime.Enable, cdp.Empty{})
	call(t, ctx, cdppage.Enable, cdppage.EnableParams{})
	// Tabs share a window, and only one is in front: all are to behave so.
	call(t, ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return ctx
}

func call[P, R any](t testing.TB, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatalf("%s: %v", command.Method, err)
	}
}

func do(t testing.TB, ctx context.Context, what string, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// press clicks and waits for the next page.
func press(t *testing.T, ctx context.Context, what, selector string) {
	t.Helper()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func textIn(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		t.Fatalf("read %s: %v", selector, err)
	}
	return strings.Join(strings.Fields(text), " ")
}

func where(t *testing.T, ctx context.Context) *url.URL {
	t.Helper()
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// suggestions checks the combobox by keyboard.
func suggestions(t *testing.T, ctx context.Context) {
	server := serve(t, nil)
	do(t, ctx, "type", chromedp.Navigate(server.URL+"/search"), chromedp.SendKeys(chromedp.CSS("#q"), "jap"),
		chromedp.WaitVisible(chromedp.CSS("#q-list li")), chromedp.KeyEvent(kb.ArrowDown))
	attribute := func(name string) string {
		value, err := chromedp.Run(ctx, chromedp.AttributeValue(chromedp.CSS("#q"), name))
		if err != nil {
			t.Fatal(err)
		}
		return value.Value
	}
	expanded, active := attribute("aria-expanded"), attribute("aria-activedescendant")
	if expanded != "true" || active != "q-list0" {
		t.Errorf("expanded %q, active %q", expanded, active)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal("take the suggestion: ", err)
	}
	if u := where(t, ctx); u.Path != "/partners/JP" {
		t.Errorf("led to %s", u)
	}
}
