package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/corpus"
)

// all reads a file, checks what holds for every document, and returns the
// documents and the reasons for what is none.
func all(t testing.TB, path string, data []byte, o Options) ([]*corpus.Document, []*corpus.SkipError) {
	t.Helper()
	var docs []*corpus.Document
	var skips []*corpus.SkipError
	for doc, err := range Documents(context.Background(), File{Source: "src", Path: path, Data: data}, o) {
		var skip *corpus.SkipError
		switch {
		case err == nil:
			checkDocument(t, doc)
			docs = append(docs, doc)
		case errors.As(err, &skip):
			skips = append(skips, skip)
			if skip.Source != "src" || !strings.HasPrefix(skip.Path, path) || skip.Reason == "" {
				t.Errorf("%s: skip %+v does not say what is skipped", path, skip)
			}
		default:
			t.Errorf("%s: error %v is no reason", path, err)
		}
	}
	if len(docs)+len(skips) == 0 {
		t.Errorf("%s: vanished", path)
	}
	return docs, skips
}

// checkDocument asserts the properties of all documents.
func checkDocument(t testing.TB, d *corpus.Document) {
	t.Helper()
	if !utf8.ValidString(d.Body) || !utf8.ValidString(d.Title) || strings.ContainsAny(d.Body, "\r\x00\u00ad") {
		t.Errorf("%s: body or title is not clean", d.Path)
	}
	if d.Title == "" || d.ID == "" || d.Digest == "" || d.Format == "" || d.Source != "src" {
		t.Errorf("%s: incomplete: %+v", d.Path, d)
	}
	for line := range strings.SplitSeq(d.Body, "\n") {
		if strings.HasSuffix(line, " ") || strings.HasSuffix(line, "\t") {
			t.Errorf("%s: blanks at the end of %q", d.Path, line)
			break
		}
	}
	if strings.Contains(d.Body, "\n\n\n") || strings.TrimSpace(d.Body) != strings.TrimRight(d.Body, "\n") && strings.TrimLeft(d.Body, "\n") != d.Body {
		t.Errorf("%s: empty lines in excess", d.Path)
	}
	if !slices.IsSortedFunc(d.Pages, func(a, b corpus.Page) int { return a.Offset - b.Offset }) {
		t.Errorf("%s: pages are not in order", d.Path)
	}
	for _, p := range d.Pages {
		if p.Offset < 0 || p.Offset > len(d.Body) || p.Offset < len(d.Body) && !utf8.RuneStart(d.Body[p.Offset]) {
			t.Errorf("%s: page %+v is not in the body", d.Path, p)
		}
		if p.Level > 0 && !strings.HasPrefix(strings.Join(strings.Fields(d.Body[p.Offset:min(len(d.Body), p.Offset+2*len(p.Title)+100)]), " "), p.Title) {
			t.Errorf("%s: section %+v does not begin with its heading", d.Path, p)
		}
	}
}

// one reads a file that is one document.
func one(t testing.TB, path, data string) *corpus.Document {
	t.Helper()
	docs, skips := all(t, path, []byte(data), Options{})
	if len(docs) != 1 || len(skips) != 0 {
		t.Fatalf("%s: %d documents, skipped %v", path, len(docs), skips)
	}
	return docs[0]
}

// reason reads a file that is no document and says why.
func reason(t testing.TB, path, data string, o Options) corpus.SkipReason {
	t.Helper()
	docs, skips := all(t, path, []byte(data), o)
	if len(docs) != 0 || len(skips) != 1 {
		t.Fatalf("%s: %d documents, skipped %v", path, len(docs), skips)
	}
	return skips[0].Reason
}

// shared returns the folder of test data, or skips the test.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("RAPPORT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no test data: %v (set RAPPORT_SHARED)", err)
	}
	return dir
}

func TestBadFilesAreTypedSkips(t *testing.T) {
	for _, c := range []struct {
		path, data string
		o          Options
		want       corpus.SkipReason
	}{
		{"a.txt", "", Options{}, corpus.SkipEmpty},
		{"a.txt", " \n\t\r\n ", Options{}, corpus.SkipNoText},
		{"a.txt", "\ufeff", Options{}, corpus.SkipNoText},
		{"a.txt", "--- ... !!!", Options{}, corpus.SkipNoText},
		{"a.txt", strings.Repeat("x y ", 300), Options{MaxText: 1000}, corpus.SkipTooLarge},
		{"a.txt", strings.Repeat(" ", 1001) + "x", Options{MaxText: 1000}, corpus.SkipTooLarge},
		{"a.html", "<p>x" + strings.Repeat("<b>", 500), Options{MaxText: 1000}, corpus.SkipTooLarge},
		{"a.txt", "\xff\xfe" + strings.Repeat("x\x00", 1000), Options{MaxText: 1000}, corpus.SkipTooLarge},
		{"a.txt", "\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f" + strings.Repeat("\x00\x9f\x00\x00\x01", 100), Options{}, corpus.SkipBinary},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Options{}, corpus.SkipUnsupported},
		{"a.txt", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 100), Options{}, corpus.SkipUnsupported},
	} {
		if got := reason(t, c.path, c.data, c.o); got != c.want {
			t.Errorf("%q is %s, want %s", c.data[:min(20, len(c.data))], got, c.want)
		}
	}
}

func TestContextEndsReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for doc, err := range Documents(ctx, File{Path: "a", Data: []byte("words")}, Options{}) {
		if doc == nil && !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, %v", doc, err)
		}
	}
}

func TestPlainTextKeepsLinesAndPages(t *testing.T) {
	doc := one(t, "a.txt", "\n\n  Indented title \r\nsecond\tcell \r\r\n\n\nnext\u00a0line\u00ad x\fpage two\f\fpage four\n")
	if want := "  Indented title\nsecond\tcell\n\nnext line x\n\npage two\n\npage four"; doc.Body != want {
		t.Errorf("body %q, want %q", doc.Body, want)
	}
	var labels []string
	for _, p := range doc.Pages {
		labels = append(labels, p.Label+" "+strings.Fields(doc.Body[p.Offset:])[0])
	}
	if got := strings.Join(labels, ", "); got != "1 Indented, 2 page, 3 page, 4 page" {
		t.Errorf("pages %s", got)
	}
}

func TestIdentity(t *testing.T) {
	doc := one(t, "a/b.txt", "some words")
	if doc.ID != corpus.NewID("src", "a/b.txt") || doc.Digest != corpus.Digest([]byte("some words")) || doc.Format != "text" || doc.Path != "a/b.txt" {
		t.Errorf("document %+v", doc)
	}
}
