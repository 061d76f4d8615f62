package web_test

import (
	"context"
	"net/http/httptest"
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

// browser starts Chromium, or skips the test when there is none. What a page
// complains of fails the test.
func browser(t *testing.T) context.Context {
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
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(1280, 900), chromedp.WSURLReadTimeout(30*time.Second),
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
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the script failed: %s", e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
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
	ctx, stop = context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(stop)
	return ctx
}

func call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatalf("%s: %v", command.Method, err)
	}
}

func do(t *testing.T, ctx context.Context, what string, actions ...chromedp.Action[chromedp.Void]) {
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

// TestMainTasks does what an analyst does, with a script and without: ask,
// narrow, open a passage, go back.
func TestMainTasks(t *testing.T) {
	for name, disabled := range map[string]bool{"with script": false, "without script": true} {
		t.Run(name, func(t *testing.T) {
			ctx := browser(t)
			server := serve(t, nil)
			call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: disabled})
			do(t, ctx, "open the start page", chromedp.Navigate(server.URL+"/"))
			do(t, ctx, "type", chromedp.SendKeys(chromedp.CSS("#q"), "trust fund"))
			if _, err := chromedp.RunResponse(ctx, chromedp.SendKeys(chromedp.CSS("#q"), kb.Enter)); err != nil {
				t.Fatal(err)
			}
			if h := textIn(t, ctx, "h1"); !strings.HasPrefix(h, "3 documents and 2 facts") {
				t.Errorf("heading %q", h)
			}
			do(t, ctx, "tick a box", chromedp.Click(chromedp.CSS(`input[name=type][value="report"]`)))
			press(t, ctx, "apply", "#filters .go")
			if h := textIn(t, ctx, "h1"); !strings.HasPrefix(h, "1 document") {
				t.Errorf("heading after the filter %q", h)
			}
			if u := where(t, ctx); u.RawQuery != "q=trust+fund&type=report" {
				t.Errorf("address %s", u)
			}
			press(t, ctx, "remove the filter", ".chips li:nth-child(2) a")
			if h := textIn(t, ctx, "h1"); !strings.HasPrefix(h, "3 documents") {
				t.Errorf("heading without the filter %q", h)
			}
			press(t, ctx, "open a passage", `.snip a[href*="/documents/japan"]`)
			if u := where(t, ctx); u.Path != "/documents/japan" || u.Fragment != "at" {
				t.Errorf("address of the passage %s", u)
			}
			if hit := textIn(t, ctx, ".text mark"); hit != "trust fund" {
				t.Errorf("hit %q", hit)
			}
			do(t, ctx, "go back", chromedp.NavigateBack(), chromedp.WaitVisible(chromedp.CSS(".res")))
			if u := where(t, ctx); u.RawQuery != "q=trust+fund" {
				t.Errorf("back at %s", u)
			}
			walkHits(t, ctx, server, disabled)
		})
	}
}

// walkHits goes from hit to hit by link and by key.
func walkHits(t *testing.T, ctx context.Context, server *httptest.Server, disabled bool) {
	t.Helper()
	do(t, ctx, "open a document", chromedp.Navigate(server.URL+"/documents/japan?q=trust+fund"))
	if disabled {
		press(t, ctx, "next hit", `[data-hit="1"]`)
	} else {
		do(t, ctx, "next hit", chromedp.KeyEvent("n"))
	}
	if at := textIn(t, ctx, "#at-hit"); at != "Hit 2 of 2" {
		t.Errorf("after the next hit: %q", at)
	}
}

// TestSuggestions checks the combobox by keyboard.
func TestSuggestions(t *testing.T) {
	ctx := browser(t)
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
	do(t, ctx, "take the suggestion", chromedp.KeyEvent(kb.Enter))
	for deadline := time.Now().Add(10 * time.Second); where(t, ctx).Path == "/search" && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond) // the script starts the load after the key
	}
	if u := where(t, ctx); u.Path != "/partners/JP" {
		t.Errorf("led to %s", u)
	}
}

// TestHostileInBrowser opens the hostile documents: nothing runs, and nothing
// is wider than the window.
func TestHostileInBrowser(t *testing.T) {
	ctx := browser(t)
	server := serveEngine(t, hostileEngine(), nil)
	for _, path := range []string{"/documents/hostile", "/documents/hostile?q=cooperation", "/search?q=cooperation&sort=title&limit=100", "/facts", "/report"} {
		checkWidth(t, ctx, server, path, 390)
	}
}

// TestWidths checks that no page is wider than a phone, a tablet or a desk.
func TestWidths(t *testing.T) {
	ctx := browser(t)
	server := serve(t, nil)
	for _, width := range []int64{390, 1024, 1440} {
		for _, path := range []string{"/", "/search?q=trust+fund", "/search?q=zzz&type=note", "/documents/japan?q=trust+fund", "/facts", "/partners",
			"/partners/JP", "/topics/human", "/matrix", "/matrix?of=documents&column=topic", "/report", "/help"} {
			checkWidth(t, ctx, server, path, width)
		}
	}
}

func checkWidth(t *testing.T, ctx context.Context, server *httptest.Server, path string, width int64) {
	t.Helper()
	call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
	do(t, ctx, path, chromedp.Navigate(server.URL+path))
	beyond, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth - window.innerWidth"))
	if err != nil {
		t.Fatal(err)
	}
	if beyond > 0 {
		t.Errorf("%s at %d px is %d px wider than the window", path, width, beyond)
	}
}
