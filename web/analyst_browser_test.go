package web_test

import (
	"context"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// analyst sits before a browser, with or without script.
type analyst struct {
	*testing.T
	ctx    context.Context
	server *httptest.Server
	script bool
}

func (a *analyst) open(path string)            { a.Helper(); open(a.T, a.ctx, a.server, path) }
func (a *analyst) press(what, selector string) { a.Helper(); press(a.T, a.ctx, what, selector) }
func (a *analyst) text(selector string) string { a.Helper(); return textIn(a.T, a.ctx, selector) }
func (a *analyst) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	a.Helper()
	do(a.T, a.ctx, what, actions...)
}

func (a *analyst) attribute(selector, name string) string {
	a.Helper()
	value, err := chromedp.Run(a.ctx, chromedp.AttributeValue(chromedp.CSS(selector), name))
	if err != nil {
		a.Fatalf("%s of %s: %v", name, selector, err)
	}
	return value.Value
}

// enter types into a box and sends the form.
func (a *analyst) enter(selector, text string) {
	a.Helper()
	a.do("type "+text, chromedp.SendKeys(chromedp.CSS(selector), text))
	if _, err := chromedp.RunResponse(a.ctx, chromedp.SendKeys(chromedp.CSS(selector), kb.Enter)); err != nil {
		a.Fatalf("send %q: %v", text, err)
	}
}

var firstNumber = regexp.MustCompile(`[0-9][0-9,]*`)

// number returns the first number in a text, 0 when there is none.
func (a *analyst) number(selector string) int {
	a.Helper()
	n, _ := strconv.Atoi(strings.ReplaceAll(firstNumber.FindString(a.text(selector)), ",", ""))
	return n
}

// at checks the address.
func (a *analyst) at(want string) {
	a.Helper()
	if u := where(a.T, a.ctx); u.RequestURI() != want {
		a.Errorf("at %s, want %s", u.RequestURI(), want)
	}
}
