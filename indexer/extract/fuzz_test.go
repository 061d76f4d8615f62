package extract

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"rapport/corpus"
)

// fuzzReader reads whatever the fuzzer makes under a name, and checks what
// holds for all documents.
func fuzzReader(f *testing.F, path, format string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReading(t, File{Source: "src", Path: path, Format: format, Data: data}, Options{MaxText: 1 << 20, Timeout: 4 * time.Second})
	})
}

// checkResults checks what reading a file gives. Only a fault of ours makes a
// reader hang or panic.
func checkResults(t testing.TB, results iter.Seq2[*corpus.Document, error]) {
	t.Helper()
	n := 0
	for doc, err := range results {
		var skip *corpus.SkipError
		n++
		switch {
		case err == nil:
			checkDocument(t, doc)
		case !errors.As(err, &skip):
			t.Errorf("error %v is no reason", err)
		case skip.Reason == corpus.SkipTimeout || strings.Contains(err.Error(), "the reader failed"):
			t.Error(err)
		}
	}
	if n == 0 {
		t.Error("the file vanished")
	}
}

func FuzzText(f *testing.F) {
	fuzzReader(f, "a.txt", "", "NATO - North Atlantic\n\nTitle\n\nLast updated: 30 Nov. 2012\ntext", "a\fb\x00\xff", "\xff\xfea\x00")
}

func FuzzMarkdown(f *testing.F) {
	fuzzReader(f, "a.md", "", "---\ntitle: x\n---\n# H\n\n- a\n  - [b](c)\n\n| a | b |\n|-|-|\n| c | d |\n", "<div>x</div>\n\n```\ncode\n```\n[^1]\n\n[^1]: note")
}

func FuzzHTML(f *testing.F) {
	fuzzReader(f, "a.html", "", article, "<p>a<pre>b<br>c</pre><h1><h2>x</h1><table><td>y", "<script type=application/ld+json>{\"@type\":\"Article\"}</script>x")
}

func FuzzRecord(f *testing.F) {
	fuzzReader(f, "a.jsonl!1", corpus.LineFormat, `{"id":"a","title":"t","text":"x\ny","date":2011,"partners":["JP"]}`, `{"text":"\ud800"}`)
}

func FuzzXML(f *testing.F) {
	fuzzReader(f, "a.xml", "", `<?xml version="1.0"?><x><title>T</title><p>a <b>b</b> c</p></x>`)
}

func FuzzDOCX(f *testing.F) {
	fuzzReader(f, "a.docx", "", docx(f, docxBody))
}

func FuzzCSV(f *testing.F) {
	fuzzReader(f, "a.csv", "", "a;b\n\"c\nd\";e")
}
