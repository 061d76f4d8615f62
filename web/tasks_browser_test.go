package web_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// tasks does what analysts do, over the sample corpus: each begins on a page
// that it names, and goes on by links, boxes and keys alone.
func tasks(t *testing.T, ctx context.Context, script bool) {
	a := &analyst{T: t, ctx: ctx, server: serveEngine(t, sampleEngine(), nil), script: script}
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
	prefer(t, ctx, "light") // no smooth scrolling, which would move what is being pressed
	for _, task := range []struct {
		name string
		do   func(*analyst)
	}{
		{"ask", (*analyst).asks}, {"narrow and widen", (*analyst).narrows}, {"leave a value out", (*analyst).excludes},
		{"undo synonyms", (*analyst).undoes}, {"correct a spelling", (*analyst).corrects}, {"get out of a dead end", (*analyst).retreats},
		{"turn pages of results", (*analyst).turns}, {"find a value", (*analyst).findsValue}, {"read at the passage", (*analyst).reads},
		{"find in the document", (*analyst).findsHere}, {"see the sentence of a fact", (*analyst).checksFact}, {"cite a passage", (*analyst).cites},
		{"cite a hit further on", (*analyst).citesFurther},
		{"from the matrix to the evidence", (*analyst).crosses}, {"take the answer along", (*analyst).exports},
	} {
		t.Run(task.name, func(t *testing.T) {
			on := *a
			on.T = t
			task.do(&on)
		})
	}
}

func (a *analyst) asks() {
	a.open("/")
	a.enter("#q", "trust fund")
	a.at("/search?q=trust+fund")
	if n := a.number("h1"); n < 5 || !strings.Contains(a.text("h1"), "facts") {
		a.Errorf("heading %q", a.text("h1"))
	}
	if read := a.text(".read"); !strings.Contains(read, "trust fund") {
		a.Errorf("read as %q", read)
	}
}

func (a *analyst) narrows() {
	a.open("/search?q=trust+fund")
	all, japan := a.number("h1"), a.number(`label:has([name=partner][value=JP]) .n`)
	a.do("tick a box", chromedp.Click(chromedp.CSS(`[name=partner][value=JP]`)))
	a.do("tick another", chromedp.Click(chromedp.CSS(`[name=partner][value=AU]`)))
	a.do("from a year", chromedp.SendKeys(chromedp.CSS("#year-from"), "2005"))
	a.press("apply", "#filters .go")
	a.at("/search?q=trust+fund&partner=AU&partner=JP&year=2005..")
	if n := a.number("h1"); n < japan || n >= all {
		a.Errorf("%d of %d documents, at least %d", n, all, japan)
	}
	a.press("remove a filter", ".chips li:nth-child(2) a")
	a.at("/search?q=trust+fund&partner=JP&year=2005..")
	a.do("go back", chromedp.NavigateBack())
	a.at("/search?q=trust+fund&partner=AU&partner=JP&year=2005..")
	a.press("remove all", ".chips .all")
	if n := a.number("h1"); n != all {
		a.Errorf("%d documents without filters, before %d", n, all)
	}
}

func (a *analyst) excludes() {
	a.open("/search?q=trust+fund")
	all, japan := a.number("h1"), a.number(`label:has([name=partner][value=JP]) .n`)
	a.press("leave a partner out", `li:has([name=partner][value=JP]) > a`)
	a.at("/search?q=trust+fund&-partner=JP")
	if n := a.number("h1"); n != all-japan || !strings.Contains(a.text(".chips"), "not Partner: Japan") {
		a.Errorf("%d of %d documents, chips %q", n, all, a.text(".chips"))
	}
}

func (a *analyst) undoes() {
	a.open("/search?q=demining")
	if read := a.text(".read"); !strings.Contains(read, "also as mine clearance") {
		a.Fatalf("read as %q", read)
	}
	a.press("undo the synonyms", ".read dd a")
	a.at("/search?q=demining&verbatim=true")
	if read := a.text(".read"); !strings.Contains(read, "Synonyms are off") {
		a.Errorf("read as %q", read)
	}
}

func (a *analyst) corrects() {
	a.open("/search?q=parliamant")
	better := a.text(".page i bdi")
	a.press("take the better spelling", ".page a:has(> i)")
	a.at("/search?q=" + better)
	if n := a.number("h1"); n == 0 {
		a.Errorf("%q finds nothing", better)
	}
}

func (a *analyst) retreats() {
	a.open("/search?q=literacy&partner=MN")
	if h := a.text("h1"); !strings.HasPrefix(h, "Nothing found") && !strings.HasPrefix(h, "No document") {
		a.Fatalf("heading %q", h)
	}
	documents := a.number(".ways tbody td")
	a.press("take the filter away", ".ways tbody a")
	if n := a.number("h1"); n != documents || n == 0 {
		a.Errorf("%d documents, announced %d", n, documents)
	}
}

func (a *analyst) turns() {
	a.open("/search?q=cooperation")
	first := a.text(".res h3")
	a.press("next page", ".pages a[rel=next]")
	if second := a.text(".res h3"); second == first || !strings.HasPrefix(a.text("#dh"), "Documents 11 to 20 of") {
		a.Errorf("the next page begins with %q, %s", second, a.text("#dh"))
	}
	a.do("go back", chromedp.NavigateBack())
	if again := a.text(".res h3"); again != first {
		a.Errorf("back at %q", again)
	}
	a.press("sort by title", ".bar .tabs li:last-child a")
	a.at("/search?q=cooperation&sort=title")
}

// findsValue looks for a value of a long facet: as it is typed, or on the
// page of all values.
func (a *analyst) findsValue() {
	a.open("/search?q=cooperation")
	if a.script {
		a.do("type", chromedp.SendKeys(chromedp.CSS("#find-partner"), "kaz"))
		if say := a.text("#say-partner"); !strings.HasPrefix(say, "Showing 1 of") {
			a.Errorf("it says %q", say)
		}
		a.do("tick", chromedp.Click(chromedp.CSS("[name=partner][value=KZ]")))
		a.press("apply", "#filters .go")
	} else {
		a.open("/facets/partner?q=cooperation")
		a.enter("#find", "kaz")
		a.press("take the value", ".az a")
	}
	a.at("/search?q=cooperation&partner=KZ")
}

func (a *analyst) reads() {
	a.open("/search?q=trust+fund&partner=JP")
	words := a.text(".snip mark")
	a.press("open a passage", ".snip a")
	if u := where(a.T, a.ctx); u.Fragment != "at" || !strings.HasPrefix(u.Path, "/documents/") {
		a.Errorf("opened %s", u)
	}
	if hit := a.text(".text #at + mark"); !strings.HasPrefix(hit, words) {
		a.Errorf("opened at %q, want %q", hit, words)
	}
	before := a.text("#at-hit")
	if a.script {
		a.do("next hit", chromedp.KeyEvent("n"))
	} else {
		a.press("next hit", `[data-hit="1"]`)
	}
	if after := a.text("#at-hit"); after == before || !strings.HasPrefix(after, "Hit ") {
		a.Errorf("after the next hit %q, before %q", after, before)
	}
	a.press("back to the results", ".crumb a")
	if a.script {
		a.at("/search?q=trust+fund&partner=JP") // as they were
	} else {
		a.at("/search?q=trust+fund")
	}
}

func (a *analyst) findsHere() {
	a.open("/search?q=trust+fund&partner=JP")
	a.press("open the document", ".res h3 a")
	a.do("empty the box", chromedp.Clear(chromedp.CSS("#within")))
	a.enter("#within", "literacy")
	if at := a.text("#at-hit"); !strings.HasPrefix(at, "Hit 1 of ") {
		a.Errorf("it says %q", at)
	}
	if hit := a.text(".text mark"); hit != "literacy" {
		a.Errorf("hit %q", hit)
	}
}

func (a *analyst) checksFact() {
	a.open("/search?q=trust+fund&partner=JP")
	a.press("see the sentence", ".facts .see")
	u := where(a.T, a.ctx)
	if !strings.HasPrefix(u.Fragment, "fact-") {
		a.Fatalf("led to %s", u)
	}
	if note := a.text(`[id="` + u.Fragment + `"]`); note == "" {
		a.Error("no note stands at the sentence")
	}
	if words := a.text(".ev"); words == "" {
		a.Error("no words are marked as evidence")
	}
}

// cites takes a citation and follows its address: it leads to the words.
func (a *analyst) cites() {
	a.open("/search?q=literacy")
	a.press("open a passage", ".snip a")
	a.do("open the menu", chromedp.Click(chromedp.CSS(".tools .menu summary")))
	citation, err := chromedp.Run(a.ctx, chromedp.Evaluate[string](`document.getElementById("cite-passage").value`))
	if err != nil {
		a.Fatal(err)
	}
	if a.script {
		a.do("copy and be told", chromedp.Click(chromedp.CSS("[data-copy]")), chromedp.WaitReady(chromedp.CSS("[data-copy] + span:not(:empty)")))
	}
	_, address, found := strings.Cut(citation, a.server.URL)
	if !found || !strings.Contains(citation, "sha256") || !strings.Contains(citation, "Index generation") {
		a.Fatalf("citation %q", citation)
	}
	a.open(address)
	quote := where(a.T, a.ctx).Query().Get("quote")
	if paragraph := a.text("p:has(#at)"); quote == "" || !strings.Contains(paragraph, quote) {
		a.Errorf("%q is not in %q", quote, paragraph)
	}
}

// citesFurther walks some hits on and cites: it is the passage walked to.
func (a *analyst) citesFurther() {
	a.open(samplePages()["document"] + "?q=NATO")
	passage := "[data-citation]:has(#at)"
	for range 4 {
		if a.script {
			passage = "[data-citation]:has(.now)"
			a.do("next hit", chromedp.Click(chromedp.CSS(`[data-hit="1"]`)))
		} else {
			a.press("next hit", `[data-hit="1"]`)
		}
	}
	number := strings.TrimPrefix(a.attribute(passage, "id"), "p")
	citation, err := chromedp.Run(a.ctx, chromedp.Evaluate[string](`document.getElementById("cite-passage").value`))
	if err != nil {
		a.Fatal(err)
	}
	if !strings.Contains(citation, "¶ "+number+".") || number == "2" {
		a.Errorf("paragraph %s is cited as %q", number, citation)
	}
}

func (a *analyst) crosses() {
	a.open("/matrix")
	label := a.attribute("td.a5 a", "aria-label")
	a.press("follow a number", "td.a5 a")
	if n := a.number("h1"); !strings.HasPrefix(label, strconv.Itoa(n)+",") {
		a.Errorf("%q led to %q", label, a.text("h1"))
	}
	a.press("see the source", "tbody td a")
	if u := where(a.T, a.ctx); !strings.HasPrefix(u.Path, "/documents/") && !strings.HasPrefix(u.Path, "/partners/") {
		a.Errorf("led to %s", u)
	}
}

// exports opens the menu and takes what its links give.
func (a *analyst) exports() {
	a.open("/search?q=trust+fund&partner=JP&partner=AU")
	a.do("open the menu", chromedp.Click(chromedp.CSS(".bar .menu summary")))
	documents := a.number("h1")
	for _, extension := range []string{"csv", "xlsx", "json", "ndjson", "ris", "bib", "atom"} {
		href := a.attribute(`.bar .menu a[href^="/search.`+extension+`?"]`, "href")
		res, body := getWith(a.T, a.server, href, http.Header{})
		if res.StatusCode != http.StatusOK || body == "" {
			a.Errorf("%s: %s", href, res.Status)
		}
		if extension == "ris" && strings.Count(body, "TY  - ") != documents {
			a.Errorf("%s has %d records of %d documents", href, strings.Count(body, "TY  - "), documents)
		}
	}
}
