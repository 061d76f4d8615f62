package extract

import (
	"strings"
	"testing"
)

const article = `<!DOCTYPE html><html lang="en-GB"><head><title>Cooperation with Japan | Example Alliance</title>
<meta property="og:site_name" content="Example Alliance"><link rel="canonical" href="https://example.org/japan">
<meta name="author" content="A. Writer"><meta name="partners" content="JP, KR"><meta name="type" content="topic page">
<script type="application/ld+json">{"@graph":[{"@type":"Organization","name":"X","datePublished":"1999"},{"@type":["NewsArticle"],"datePublished":"2011-05-03T10:00:00+02:00","publisher":{"name":"Alliance Press"}}]}</script>
<style>.x{}</style></head><body><header role="banner"><a href="/">Home</a> <nav><ul><li><a href="/news">News</a></li><li><a href="/topics">Topics</a></li></ul></nav></header>
<main><h1>Cooperation with Japan</h1><p>` + prose + `</p><h2>Trust funds</h2><p>Japan gave <b>$20&nbsp;million</b> to a <a href="https://secret.example/">trust fund</a>, and the
partners have since then agreed on further steps in all of the areas that matter to both of them.</p><table><tr><th>Year</th><th>Sum</th></tr><tr><td>2012</td><td>20</td></tr></table>
<pre>code  line 1
  line 2</pre><p hidden>not shown</p><p>` + prose + `</p></main><footer>Copyright 1999 Example. Cookie policy and privacy.</footer><script>evil()</script></body></html>`

func TestHTMLArticle(t *testing.T) {
	doc := one(t, "page.bin", article)
	if doc.Title != "Cooperation with Japan" || doc.Published.String() != "2011-05-03" || doc.URL != "https://example.org/japan" || doc.Language != "en" ||
		doc.Publisher != "Alliance Press" || doc.Author != "A. Writer" || doc.Type != "topic page" || doc.Format != "html" || strings.Join(doc.Declared.Partners, ";") != "JP;KR" {
		t.Errorf("document %+v", doc)
	}
	for _, in := range []string{"Japan gave $20 million to a trust fund, and the partners", "Year\tSum\n2012\t20", "code  line 1\n  line 2", "Trust funds"} {
		if !strings.Contains(doc.Body, in) {
			t.Errorf("the body lacks %q:\n%s", in, doc.Body)
		}
	}
	for _, out := range []string{"Home", "Topics", "Cookie", "evil", "secret.example", "not shown", ".x"} {
		if strings.Contains(doc.Body, out) {
			t.Errorf("the body has %q:\n%s", out, doc.Body)
		}
	}
	if len(doc.Pages) != 2 || doc.Pages[1].Title != "Trust funds" || doc.Pages[1].Level != 2 || !strings.HasPrefix(doc.Body, "Cooperation with Japan\n\n") {
		t.Errorf("sections %+v of\n%s", doc.Pages, doc.Body)
	}
}

func TestHTMLWithoutArticle(t *testing.T) {
	doc := one(t, "index.html", `<html><body><nav>Menu words</nav><ul><li><a href=1>First report</a><li><a href=2>Second report</a></ul><table><tr><td>a<td>b<tr><td>c<td>d</table></body></html>`)
	if want := "First report\nSecond report\n\na\tb\nc\td"; doc.Body != want {
		t.Errorf("body %q, want %q", doc.Body, want)
	}
	doc = one(t, "nav.html", `<html><body><nav>Only a menu</nav></body></html>`)
	if doc.Body != "Only a menu" {
		t.Errorf("body %q", doc.Body)
	}
}

// Of a page that is too large for a tree, or nested too deep, all text is read,
// and what it says about itself.
func TestHTMLWithoutTree(t *testing.T) {
	for name, filler := range map[string]string{
		"large": strings.Repeat("<p>More.</p>", maxTree/500), "deep": strings.Repeat("<div>", 1000) + "More.",
	} {
		doc := one(t, "a.html", `<html lang=en><head><title>The large report</title><meta name="author" content="A. Writer"><style>.x{}</style>
<body><h1>Findings</h1><p>First words.</p>`+filler+`<p>Last words.</p><script>evil()</script>`)
		if doc.Title != "The large report" || doc.Author != "A. Writer" || doc.Language != "en" {
			t.Errorf("%s: title %q, author %q, language %q", name, doc.Title, doc.Author, doc.Language)
		}
		if !strings.HasPrefix(doc.Body, "Findings\n\nFirst words.\n\nMore.") || !strings.HasSuffix(doc.Body, "More.\n\nLast words.") {
			t.Errorf("%s: %d bytes of text, %.60q to %q", name, len(doc.Body), doc.Body, doc.Body[max(0, len(doc.Body)-60):])
		}
		if len(doc.Pages) != 1 || doc.Pages[0].Title != "Findings" {
			t.Errorf("%s: sections %+v", name, doc.Pages)
		}
	}
}

func TestHTMLDatesAreStatedOrNone(t *testing.T) {
	for head, want := range map[string]string{
		`<meta property="article:published_time" content="2012-11-30T14:22:00Z">`:                     "2012-11-30",
		`<meta name="DC.date.issued" content="2009-06">`:                                              "2009-06",
		`<meta name="date" content="not known">`:                                                      "",
		`<meta name="last-modified" content="2012-01-01">`:                                            "",
		`<script type="application/ld+json">{"@type":"Article","dateModified":"2020-01-01"}</script>`: "",
		`<script type="application/ld+json">{"@type":"WebPage","datePublished":"2020-01-01"</script>`: "",
		`<title>The events of 3 May 2011</title>`:                                                     "",
	} {
		doc := one(t, "a.html", "<html><head>"+head+"</head><body><p>It was 4 June 1999 when they met. © 2001</p></body></html>")
		if got := doc.Published.String(); got != want {
			t.Errorf("%s: published %q, want %q", head, got, want)
		}
	}
	doc := one(t, "a.html", `<p><time itemprop="datePublished" datetime="2015-02-03">yesterday</time> words`)
	if got := doc.Published.String(); got != "2015-02-03" {
		t.Errorf("published %q", got)
	}
}

func TestHTMLTitles(t *testing.T) {
	for head, want := range map[string]string{
		`<title>A &amp; B</title>`:                                                  "A & B",
		`<title>Site - A talk</title><body><h1>A talk</h1>`:                         "A talk",
		`<title>A talk - Site</title><meta property="og:site_name" content="Site">`: "A talk",
		`<meta property="og:title" content="From OG"><title>Other</title>`:          "From OG",
		`<body><h2>Second</h2><h1>First</h1>`:                                       "First",
		`<svg><title>drawing</title></svg>`:                                         "a",
		``:                                                                          "a",
	} {
		if doc := one(t, "a.html", "<html>"+head+"<p>They met in the morning, and it was good.</p>"); doc.Title != want {
			t.Errorf("%s: title %q, want %q", head, doc.Title, want)
		}
	}
}

func TestHTMLNestedBeyondTheParser(t *testing.T) {
	doc := one(t, "a.html", "<html><title>no</title>"+strings.Repeat("<div>", 3000)+"<p>deep words</p><h2>Head</h2>tail<script>x")
	if doc.Body != "deep words\n\nHead\n\ntail" {
		t.Errorf("body %q", doc.Body)
	}
}

// Cells that word processors fill with a paragraph stay in their row; pages
// laid out by tables keep their paragraphs.
func TestParagraphsInCells(t *testing.T) {
	doc := one(t, "a.html", "<table><tr><td><p>a</p></td><td> <p>b</p> </td></tr><tr><td><p>c</p></td><td><p>d</p><p>e</p></td></tr></table>")
	if want := "a\tb\nc\n\nd\n\ne"; doc.Body != want {
		t.Errorf("got %q, want %q", doc.Body, want)
	}
}

// Marks of notes are no part of the words before them.
func TestMarksOfNotes(t *testing.T) {
	for source, want := range map[string]string{
		`<p>five euros<a href="#fn1" role="doc-noteref"><sup>1</sup></a> to the fund</p>`:                "five euros to the fund",
		`<p>five euros<sup><a href="#n">[12]</a></sup>, and more</p>`:                                    "five euros, and more",
		`<p>five euros<a epub:type="noteref" href="#n">a</a> to the fund</p>`:                            "five euros to the fund",
		`<p>ten m<sup>2</sup> and 10<sup>6</sup></p>`:                                                    "ten m2 and 106",
		`<p><a href="#back">1</a>As announced. See <a href="#x">Part 2</a>, and <a href="/y">3</a>x</p>`: "1 As announced. See Part 2, and 3x",
		`<p>see<a href="#x"><sup>the <b>note</b></sup></a>book</p>`:                                      "seethe notebook",
		`<p>one<a href="#x">2<p>three</p></a></p>`:                                                       "one 2\n\nthree",
		`<p>end<a href="#x">7`: "end 7",
	} {
		page := "<html><body>" + source
		if doc := one(t, "a.html", page); doc.Body != want {
			t.Errorf("%s is read as %q, want %q", source, doc.Body, want)
		}
		var w bodyWriter
		r := htmlRenderer{w: &w}
		if r.fragment(source); w.b.String() != want {
			t.Errorf("tag by tag %s is read as %q, want %q", source, w.b.String(), want)
		}
	}
}
