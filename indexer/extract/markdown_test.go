package extract

import (
	"fmt"
	"strings"
	"testing"

	"rapport/corpus"
)

func TestMarkdownIsRenderedText(t *testing.T) {
	for _, c := range []struct{ name, source, body string }{
		{"paragraphs", "One\ntwo.\n\nThree  \nfour.", "One two.\n\nThree\nfour."},
		{"emphasis", "A **bold** and *it*alic ~~gone~~ word", "A bold and italic gone word"},
		{"link", "See [the **page**](https://example.org/x \"tip\").", "See the page."},
		{"reference", "See [page][1] here.\n\n[1]: https://example.org", "See page here."},
		{"autolink", "At <https://example.org/x>.", "At https://example.org/x."},
		{"image", "![A map of *Japan*](map.png) follows", "A map of Japan follows"},
		{"code", "Run `a  b`:\n\n```go\nif x {\n\treturn\n}\n```\nend", "Run a b:\n\nif x {\n\treturn\n}\n\nend"},
		{"list", "- one\n- two\n  - three\n\nend", "one\ntwo\nthree\n\nend"},
		{"ordered", "1. one\n2. two", "one\ntwo"},
		{"quote", "> said\n> so", "said so"},
		{"table", "| A | B |\n|---|---|\n| 1 | x *y* |\n\nend", "A\tB\n1\tx y\n\nend"},
		{"escapes", `1\. A \*star\* &amp; \&amp; &eacute;`, "1. A *star* & &amp; é"},
		{"html block", "<div>In <b>HTML</b></div>\n<script>evil()</script>\n\nAfter", "In HTML\n\nAfter"},
		{"inline html", "a<br>b <span title=\"x\">c</span>", "a\nb c"},
		{"comment", "<!-- hidden -->\n\nShown", "Shown"},
		{"footnote", "Text[^1].\n\n[^1]: The note.", "Text.\n\nThe note."},
		{"definition", "Term\n: Meaning", "Term\nMeaning"},
		{"rule", "a\n\n---\n\nb", "a\n\nb"},
		{"entities that hide marks", "a&nbsp;b\u200bc&shy;d", "a bcd"},
		{"quotes and dashes stay", "“x” – it’s", "“x” – it’s"},
		{"blank before the end of emphasis", "**IBM: **announced, **GE **[**built**](https://e.org)", "IBM: announced, GE built"},
		{"blank after its beginning", "** Aim:** that. *** Both *** here", "Aim: that. *** Both *** here"},
		{"punctuation inside, a letter outside", "**Note:**that **“**so", "Note:that “so"},
		{"emphasis of nothing", "1.** ** The _party_ ** **\nof", "1. The party of"},
		{"in headings and cells", "## Aim **A: **B\n\n| **x: **y | **z: **w |\n|---|---|", "Aim A: B\n\nx: y\tz: w"},
		{"stars that are none", "2 ** 3 ** 4, \\*\\*kw: \\*\\*x, `**a: **b` **odd", "2 ** 3 ** 4, **kw: **x, **a: **b **odd"},
		{"not over paragraphs", "**one\n\ntwo: **three", "**one\n\ntwo: **three"},
		{"a long rule", "*a*\n\n" + strings.Repeat("-", 72) + "\n\n[b\nc](https://e.org)\n" + strings.Repeat("- ", 70) + "\n", "a\n\nb c"},
	} {
		if doc := one(t, "a.md", c.source); doc.Body != c.body {
			t.Errorf("%s: body %q, want %q", c.name, doc.Body, c.body)
		}
	}
}

// Text that would take a parser too long is taken as it stands.
func TestTangledMarkdown(t *testing.T) {
	for _, source := range []string{strings.Repeat("> ", 70) + "*deep*", strings.Repeat("- ", 70) + "*deep*", strings.Repeat("1. ", 70) + "*deep*"} {
		if doc := one(t, "a.md", source); !strings.HasSuffix(doc.Body, "*deep*") {
			t.Errorf("%.10s: body %q", source, doc.Body)
		}
	}
	if doc := one(t, "a.md", strings.Repeat("> ", 60)+"*deep*"); doc.Body != "deep" {
		t.Errorf("body %q", doc.Body)
	}
}

func TestMarkdownSections(t *testing.T) {
	doc := one(t, "a.md", "intro\n\n# Main *title* [x](y)\n\ntext\n\nSub\n---\nmore\n\n###\n\n#### Deep\n")
	var got []string
	for _, p := range doc.Pages {
		got = append(got, fmt.Sprintf("%s/%d/%s@%s", p.Label, p.Level, p.Title, strings.SplitN(doc.Body[p.Offset:], "\n", 2)[0]))
	}
	if s := strings.Join(got, " "); s != "1/1/Main title x@Main title x 2/2/Sub@Sub 3/4/Deep@Deep" {
		t.Errorf("sections %s", s)
	}
	if doc.Title != "Main title x" || doc.Format != "markdown" {
		t.Errorf("title %q format %q", doc.Title, doc.Format)
	}
}

func TestFrontMatter(t *testing.T) {
	doc := one(t, "a.md", "\ufeff---\r\nid: fs-1\r\ntitle: \"Fact\\_Sheet: Cooperation\\_with Japan\"\r\ndate: '2024-10-29'\r\npublished_time: 2024-10-29 23:59:00-04:00\r\n"+
		"modified_time: 2025-01-01\r\nsource_url: https://example.org/a\r\ntags: speeches\r\ntype: fact sheet\r\npublisher: NATO\r\nlanguage: en-GB\r\n"+
		"partners: [JP, Korea]\r\ntopics: cyber\r\nauthor: [A, B]\r\nnested: {x: [y]}\r\n---\r\nBody text\r\n")
	if doc.ID != "fs-1" || doc.Title != "Fact Sheet: Cooperation with Japan" || doc.Published.String() != "2024-10-29" || doc.URL != "https://example.org/a" ||
		doc.Type != "fact sheet" || doc.Publisher != "NATO" || doc.Language != "en" || doc.Author != "A, B" || doc.Body != "Body text" ||
		strings.Join(doc.Declared.Partners, ";") != "JP;Korea" || strings.Join(doc.Declared.Topics, ";") != "cyber" {
		t.Errorf("document %+v", doc)
	}
}

func TestFrontMatterThatIsNone(t *testing.T) {
	for _, c := range []struct{ name, source, body, title string }{
		{"no end", "---\ntitle: x\ntext", "title: x text", ""},
		{"a list", "---\n- x\n---\ntext", "x\n\ntext", ""},
		{"empty", "---\n---\ntext here", "text here", ""},
		{"rule later", "text\n\n---\nid: x\n---\n", "text\n\nid: x", ""},
		{"unsafe values", "---\nid: ../../etc\nurl: javascript:alert(1)\ntitle: T\n---\ntext", "text", "T"},
		{"null and number", "---\nid:\ntitle: 2024\n---\ntext", "text", "2024"},
	} {
		doc := one(t, "a.md", c.source)
		if doc.Body != c.body || c.title != "" && doc.Title != c.title || doc.URL != "" || len(doc.ID) != 16 {
			t.Errorf("%s: body %q title %q url %q id %q", c.name, doc.Body, doc.Title, doc.URL, doc.ID)
		}
	}
}

func TestFrontMatterThatIsBroken(t *testing.T) {
	docs, skips := all(t, "a.md", []byte("---\ntitle: [x\n---\ntext"), Options{})
	if len(docs) != 1 || docs[0].Body != "title: [x\n\ntext" {
		t.Errorf("documents %+v", docs)
	}
	if len(skips) != 1 || skips[0].Reason != corpus.SkipInvalid || !strings.Contains(skips[0].Error(), "line 1") {
		t.Errorf("skipped %v", skips)
	}
}

func TestMarkdownWithoutTextKeepsItsStatedTitle(t *testing.T) {
	doc := one(t, "a.md", "---\ntitle: A memorandum\n---\n<img src=x>\n")
	if doc.Title != "A memorandum" || doc.Body != "" {
		t.Errorf("title %q body %q", doc.Title, doc.Body)
	}
	if got := reason(t, "a.md", "<img src=x>", Options{}); got != "no text" {
		t.Errorf("without a title: %s", got)
	}
}
