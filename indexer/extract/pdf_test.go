package extract

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/corpus"
)

// pdf makes a PDF with the lines of each page, and labels i, ii, 1 ...
func pdf(pages ...[]string) string { return pdfHolding(nil, pages...) }

// pdfHolding makes a PDF with attached files: names and contents in turn.
func pdfHolding(files []string, pages ...[]string) string { return pdfNoted(files, "", pages...) }

// pdfNoted makes such a PDF with annotations on its last page.
func pdfNoted(files []string, annotations string, pages ...[]string) string {
	objects := []string{"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	var kids strings.Builder
	for i, lines := range pages {
		var content strings.Builder
		content.WriteString("BT /F1 12 Tf 14 TL 72 720 Td ")
		for _, line := range lines {
			fmt.Fprintf(&content, "(%s) Tj T* ", line)
		}
		content.WriteString("ET")
		noted := ""
		if i == len(pages)-1 {
			noted = "/Annots[" + annotations + "]"
		}
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R%s>>", len(objects)+2, noted),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String())
	var names strings.Builder
	for i := 0; i < len(files); i += 2 {
		objects = append(objects, fmt.Sprintf("<</Type/EmbeddedFile/Length %d>>stream\n%s\nendstream", len(files[i+1]), files[i+1]),
			fmt.Sprintf("<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>>>", files[i], files[i], len(objects)+1))
		fmt.Fprintf(&names, "(%s) %d 0 R ", files[i], len(objects))
	}
	objects[0] = strings.TrimSuffix(objects[0], ">>") + "/Names<</EmbeddedFiles<</Names[" + names.String() + "]>>>>>>"
	objects = append(objects, "<</Title(A stated title)/Author(W. Riter)/CreationDate(D:20010203040506Z)/ModDate(D:2002)>>")
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info %d 0 R>>startxref\n%d\n%%%%EOF", len(objects)+1, len(objects), at)
	return b.String()
}

// pdfCache is a folder for the compiled library that outlives a run of the
// tests, so that only the first takes seconds.
func pdfCache(t testing.TB) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(dir, "rapport", "pdfium-test")
}

func TestPDFInWorkers(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}})
	docs, skip := through(t, p, "a.pdf", pdf([]string{"Preface of it"}, nil, []string{"Japan gave", "a sum"}))
	if len(docs) != 1 {
		t.Fatal(skip)
	}
	doc := docs[0]
	if doc.Body != "Preface of it\n\nJapan gave\na sum" || doc.Title != "A stated title" || doc.Author != "W. Riter" || !doc.Published.IsZero() || doc.Format != "pdf" {
		t.Errorf("document %+v", doc)
	}
	if d := doc.Dates; d.Created.Date.String() != "2001-02-03" || d.Created.In != "PDF CreationDate" || d.Modified.Date.String() != "2002" {
		t.Errorf("dates %+v", d)
	}
	var labels []string
	for _, p := range doc.Pages {
		labels = append(labels, p.Label)
	}
	if page, _ := doc.PageAt(strings.Index(doc.Body, "a sum")); strings.Join(labels, " ") != "i ii 1" || page.Label != "1" {
		t.Errorf("labels %v, the sum is on page %q", labels, page.Label)
	}
	for name, c := range map[string]struct {
		data string
		want corpus.SkipReason
	}{
		"no text": {pdf(nil, nil), corpus.SkipNoText},
		"damaged": {"%PDF-1.4\n" + strings.Repeat("garbage ", 100), corpus.SkipCorrupt},
	} {
		if _, skip := through(t, p, "a.pdf", c.data); skip == nil || skip.Reason != c.want {
			t.Errorf("%s: %v, want %s", name, skip, c.want)
		}
	}
}

func TestNotesOnPDF(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}})
	note := func(kind, rest string) string {
		return "<</Type/Annot/Subtype/" + kind + "/Rect[0 0 9 9]" + rest + ">>"
	}
	docs, skip := through(t, p, "a.pdf", pdfNoted(nil, note("Text", "/Contents(A remark\\ron two lines)")+note("Popup", "/Contents(A remark)")+
		note("Highlight", "/Contents(Marked)")+note("FreeText", "/Contents(Typed on the page)")+note("Link", "/Contents(A link)")+
		note("Text", "/F 2/Contents(Hidden)")+note("Widget", "/FT/Tx/T(name)/V(Filled in)")+note("Widget", "/FT/Btn/V/Yes")+note("Text", "/Contents<FEFF0416>"),
		[]string{"First page"}, []string{"The second page"}))
	if len(docs) != 1 {
		t.Fatal(skip)
	}
	if want := "First page\n\nThe second page\n\nA remark\non two lines\n\nMarked\n\nTyped on the page\n\nFilled in\n\nЖ"; docs[0].Body != want {
		t.Errorf("body %q, want %q", docs[0].Body, want)
	}
	if page, _ := docs[0].PageAt(strings.Index(docs[0].Body, "Filled")); page.Label != "ii" {
		t.Errorf("the field is on page %q", page.Label)
	}
	if docs, skip := through(t, p, "a.pdf", pdfNoted(nil, note("Text", "/Contents(Only a remark)"), nil)); len(docs) != 1 || docs[0].Body != "Only a remark" {
		t.Errorf("a page with a remark alone: %v", skip)
	}
}

func TestFilesInPDF(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}})
	files := []string{"note.md", "# Attached", "x.pdf", pdf([]string{"Inner words"}), "empty.txt", ""}
	for _, page := range [][]string{{"Outer words"}, nil} {
		docs, skip := through(t, p, "a.pdf", pdfHolding(files, page))
		var got []string
		for _, d := range docs {
			got = append(got, d.Path+"="+d.Body)
		}
		want := "a.pdf=Outer words a.pdf!1=Attached a.pdf!2=Inner words"
		if page == nil {
			want = strings.TrimPrefix(want, "a.pdf=Outer words ")
		}
		if strings.Join(got, " ") != want || skip == nil || skip.Path != "a.pdf!3" {
			t.Errorf("got %q, %v", got, skip)
		}
	}
}

func TestPDFWithoutReader(t *testing.T) {
	if got := reason(t, "a.pdf", pdf([]string{"x"}), Options{}); got != corpus.SkipUnsupported {
		t.Errorf("got %s", got)
	}
}

func TestPDFLines(t *testing.T) {
	for in, want := range map[string]string{
		"co\x02\r\noperation now":    "cooperation now",
		"Secretary\uFFFE\r\nGeneral": "Secretary-General",
		"2011\x02\r\n2012":           "2011-2012",
		"eﬃcient ﬁnd":                "efficient find",
		"a\r\nb\nc":                  "a|b|c",
	} {
		if got := strings.Join(pdfLines(in), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Pages that are damaged are said to be missing.
func TestDamagedPagesAreReported(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}})
	whole := pdf([]string{"First page."}, []string{"Second page."}, []string{"Third page."})
	docs, skip := through(t, p, "a.pdf", strings.Replace(whole, "Kids[4 0 R 6 0 R 8 0 R ]", "Kids[4 0 R 1 0 R 8 0 R ]", 1))
	if len(docs) != 1 || !strings.Contains(docs[0].Body, "First page.") || !strings.Contains(docs[0].Body, "Third page.") || len(docs[0].Pages) != 3 {
		t.Errorf("documents %v", docs)
	}
	if skip == nil || skip.Reason != corpus.SkipCorrupt || skip.Err == nil || !strings.Contains(skip.Err.Error(), "page 2 of 3") {
		t.Errorf("the damage is told as %v", skip)
	}
}
