package extract

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"rapport/corpus"
)

// warc makes a web archive out of records; zipped compresses each of them.
func warc(zipped bool, records ...string) string {
	var b strings.Builder
	for _, r := range records {
		if zipped {
			z := gzip.NewWriter(&b)
			_, _ = z.Write([]byte(r)) // to memory
			_ = z.Close()
			continue
		}
		b.WriteString(r)
	}
	return b.String()
}

// warcRecord makes a record. Further fields are "Name: value".
func warcRecord(kind, url, date, block string, fields ...string) string {
	head := fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Length: %d\r\n", kind, url, date, len(block))
	for _, f := range fields {
		head += f + "\r\n"
	}
	return head + "\r\n" + block + "\r\n\r\n"
}

func answered(head, body string) string { return "HTTP/1.1 " + head + "\r\n\r\n" + body }

// webPage is a page with a title and a paragraph of words.
func webPage(title, text string) string {
	return "<!DOCTYPE html><html lang=en><head><title>" + title + "</title></head><body><nav>Home</nav><main><h1>" + title + "</h1><p>" + text + "</p></main></body></html>"
}

func squeezed(s string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // to memory
	_ = w.Close()
	return b.String()
}

// captures is an archive with one of everything.
func captures(zipped bool) string {
	a := webPage("First page", "Japan gave a sum.")
	return warc(zipped,
		warcRecord("warcinfo", "", "2011-05-03T00:00:00Z", "software: x\r\n"),
		warcRecord("request", "http://e.org/a", "2011-05-03T10:00:00Z", "GET /a HTTP/1.1\r\n\r\n"),
		warcRecord("response", "http://e.org/a", "2011-05-03T10:00:00Z", answered("200 OK\r\nContent-Type: text/html; charset=utf-8", a), "WARC-Payload-Digest: sha1:A", "WARC-Record-ID: <urn:1>"),
		warcRecord("response", "http://e.org/caf", "2012-06", answered("200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nTransfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(latin), latin))),
		warcRecord("response", "<http://e.org/doc/x.docx>", "2013-01-02T03:04:05.678Z", answered("200 OK\r\nContent-Type: application/octet-stream", "Words of a memo")),
		warcRecord("response", "http://e.org/old", "2013-01-02T03:04:05Z", answered("301 Moved Permanently\r\nLocation: http://e.org/a", "<p>moved</p>")),
		warcRecord("response", "http://e.org/none", "2013-01-02T03:04:05Z", answered("404 Not Found\r\nContent-Type: text/html", "<p>none</p>")),
		warcRecord("revisit", "http://e.org/a", "2014-05-03T10:00:00Z", answered("200 OK", ""), "WARC-Payload-Digest: sha1:A"),
		warcRecord("revisit", "http://e.org/copy", "2014-05-04T10:00:00Z", answered("200 OK", ""), "WARC-Refers-To: <urn:1>", "WARC-Refers-To-Target-URI: http://e.org/a"),
		warcRecord("response", "http://e.org/b", "2015-01-01T00:00:00Z", answered("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", squeezed(webPage("Brotli page", "Squeezed words.")))),
		warcRecord("response", "http://e.org/g", "2015-01-02T00:00:00Z", answered("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", webPage("Plain page", "Decoded since."))),
		warcRecord("resource", "http://e.org/n.txt", "2015-01-03T00:00:00Z", "Words of a note", "Content-Type: text/plain"),
		warcRecord("response", "http://e.org/s.css", "2015-01-03T00:00:00Z", answered("200 OK\r\nContent-Type: text/css", "a{b:c}")),
		warcRecord("response", "dns:e.org", "2015-01-03T00:00:00Z", "e.org. 1 IN A 127.0.0.1"),
	)
}

var latin = "<html><head><title>Caf\xe9 page</title></head><body><p>Caf\xe9 words</p></body></html>"

func TestWARC(t *testing.T) {
	for _, name := range []string{"x.warc", "x.warc.gz"} {
		docs, skips := all(t, name, []byte(captures(strings.HasSuffix(name, ".gz"))), Options{})
		var got []string
		for _, d := range docs {
			got = append(got, strings.Join([]string{strings.TrimPrefix(d.Path, name), d.URL, d.Dates.Captured.Date.String(), d.Dates.Captured.In, d.Title, d.Published.String(), strings.ReplaceAll(d.Body, "\n", "/")}, "|"))
		}
		want := []string{
			"!3|http://e.org/a|2011-05-03|WARC-Date|First page||First page//Japan gave a sum.",
			"!4|http://e.org/caf|2012-06|WARC-Date|Café page||Café words",
			"!5|http://e.org/doc/x.docx|2013-01-02|WARC-Date|Words of a memo||Words of a memo",
			"!9|http://e.org/copy|2014-05-04|WARC-Date|First page||First page//Japan gave a sum.",
			"!10|http://e.org/b|2015-01-01|WARC-Date|Brotli page||Brotli page//Squeezed words.",
			"!11|http://e.org/g|2015-01-02|WARC-Date|Plain page||Plain page//Decoded since.",
			"!12|http://e.org/n.txt|2015-01-03|WARC-Date|Words of a note||Words of a note",
		}
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: document %d:\n%q, want\n%q", name, i, got[min(i, len(got)-1):], want[min(i, len(want)-1):])
				break
			}
		}
		var why []string
		for _, s := range skips {
			why = append(why, strings.TrimPrefix(s.Error(), name))
		}
		if got, want := strings.Join(why, "\n"), "!6: no text: redirects to http://e.org/a\n!7: no text: the server answered 404 Not Found\n"+
			"!8: duplicate: the page had not changed since its capture on 2011-05-03\n!13: unsupported: text/css"; got != want {
			t.Errorf("%s skips\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestWARCOfOtherFormats(t *testing.T) {
	inner := pack(t, "in/a.md", "# Head")
	file := warc(true, warcRecord("response", "http://e.org/x.zip", "2011-05-03T10:00:00Z", answered("200 OK\r\nContent-Type: application/zip", inner)),
		warcRecord("response", "http://e.org/d", "2011-05-03T10:00:00Z", answered("200 OK\r\nContent-Type: application/octet-stream", docx(t, docxBody))))
	docs, skips := all(t, "c.warc.gz", []byte(file), Options{})
	if len(docs) != 2 || len(skips) != 0 {
		t.Fatalf("%d documents, %v", len(docs), skips)
	}
	if d := docs[0]; d.Path != "c.warc.gz!1!in/a.md" || d.Body != "Head" || d.Dates.Captured.Date.String() != "2011-05-03" || d.URL != "" {
		t.Errorf("a file in a captured archive: %+v", d)
	}
	if d := docs[1]; d.Format != formatDOCX || d.URL != "http://e.org/d" {
		t.Errorf("a captured document: %+v", d)
	}
}

// A file that is cut off anywhere yields the pages before the cut, and says
// that it is damaged.
func TestWARCCutOff(t *testing.T) {
	for _, zipped := range []bool{false, true} {
		whole := captures(zipped)
		docs, _ := all(t, "x.warc", []byte(whole), Options{})
		former := 0
		for cut := 40; cut < len(whole); cut += 97 {
			part, skips := all(t, "x.warc", []byte(whole[:cut]), Options{})
			for i, d := range part {
				if d.Body != docs[i].Body || d.Path != docs[i].Path {
					t.Fatalf("cut at %d: %s is %q", cut, d.Path, d.Body)
				}
			}
			if len(part) < former || len(part)+len(skips) == 0 {
				t.Errorf("cut at %d: %d documents, %d before", cut, len(part), former)
			}
			former = len(part)
		}
		if former < len(docs)-2 {
			t.Errorf("the last cut leaves %d of %d documents", former, len(docs))
		}
		half := whole[:len(whole)/2]
		if part, skips := all(t, "x.warc", []byte(half), Options{}); len(part) == 0 || skips[len(skips)-1].Path != "x.warc" || skips[len(skips)-1].Reason != corpus.SkipCorrupt {
			t.Errorf("half of it: %d documents, %v", len(part), skips)
		}
	}
}

// Pages of the corpus keep their text and title through an archive.
func TestWARCOfLocalPages(t *testing.T) {
	var records []string
	var want []*corpus.Document
	for name, data := range samples(t, ".html") {
		docs, _ := all(t, name, data, Options{})
		if len(docs) != 1 {
			continue
		}
		want = append(want, docs...)
		records = append(records, warcRecord("response", "http://e.org/"+filepath.Base(name), "2011-05-03T10:00:00Z", answered("200 OK\r\nContent-Type: text/html", string(data))))
	}
	docs, _ := all(t, "x.warc.gz", []byte(warc(true, records...)), Options{})
	if len(docs) != len(want) {
		t.Fatalf("%d documents of %d pages", len(docs), len(want))
	}
	for i, d := range docs {
		if d.Body != want[i].Body || !strings.HasPrefix(d.URL, "http://e.org/") {
			t.Errorf("%s has the title %q and the text %.80q", d.URL, d.Title, d.Body)
		}
	}
}

func FuzzWARC(f *testing.F) { fuzzReader(f, "a.warc", "", captures(false), captures(true)) }
