package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rapport/corpus"
)

// manyPages makes pages of five lines with words that stand nowhere else.
// Page 7 is empty.
func manyPages() [][]string {
	pages := make([][]string, 40)
	for p := range pages {
		if p == 7 {
			continue
		}
		for line := range 5 {
			var words []string
			for word := range 8 {
				words = append(words, "w"+spell(p)+"x"+spell(line*8+word))
			}
			pages[p] = append(pages[p], strings.Join(words, " "))
		}
	}
	return pages
}

// spell writes a number in letters, since lines that differ in digits alone
// can be taken for running ones.
func spell(n int) string { return string(rune('a'+n/26)) + string(rune('a'+n%26)) }

// checkPages checks that every word of the pages stands in the document once
// and on its page. The labels are those of the pages.
func checkPages(t *testing.T, doc *corpus.Document, pages [][]string, label func(page int) string) {
	t.Helper()
	words := 0
	for p, lines := range pages {
		for _, word := range strings.Fields(strings.Join(lines, " ")) {
			words++
			at := strings.Index(doc.Body, word)
			if at < 0 || strings.Count(doc.Body, word) != 1 {
				t.Fatalf("the body has %q %d times", word, strings.Count(doc.Body, word))
			}
			if got, ok := doc.PageAt(at); !ok || got.Label != label(p) {
				t.Fatalf("%q is on page %q, want %q", word, got.Label, label(p))
			}
		}
	}
	if words < 1000 {
		t.Fatalf("only %d words were checked", words)
	}
}

func pageNumber(page int) string { return strconv.Itoa(page + 1) }

// A PDF with labels i, ii, 1, 2 and so on, running headers and footers, words
// parted at the ends of lines, and a page without text.
func TestPageOfEveryWordOfPDF(t *testing.T) {
	pages := manyPages()
	drawn := make([][]string, len(pages))
	for p, lines := range pages {
		drawn[p] = append(drawn[p], "The Annual Report of the Alliance")
		rest := ""
		for _, line := range lines {
			cut := len(line) - 2
			drawn[p] = append(drawn[p], rest+line[:cut]+"-") // its last word goes on in the next line
			rest = line[cut:] + " "
		}
		drawn[p] = append(drawn[p], rest, fmt.Sprintf("Page %d of 40", p+1))
	}
	docs, skip := through(t, pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}}), "a.pdf", pdf(drawn...))
	if len(docs) != 1 {
		t.Fatal(skip)
	}
	roman := []string{"i", "ii"}
	checkPages(t, docs[0], pages, func(p int) string {
		if p < len(roman) {
			return roman[p]
		}
		return strconv.Itoa(p - len(roman) + 1)
	})
	if n := strings.Count(docs[0].Body, "Annual Report"); n != 1 {
		t.Errorf("the running header stands %d times in the text", n)
	}
}

func TestPageOfEveryWordOfPPTX(t *testing.T) {
	pages := manyPages()
	parts := []string{"[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml")}
	var order strings.Builder
	var list []string
	for p, lines := range pages { // the numbers of the files are not those of the slides
		file := fmt.Sprintf("slides/slide%d.xml", len(pages)-p)
		fmt.Fprintf(&order, `<p:sldId id="%d" r:id="r%d"/>`, 256+p, p)
		list = append(list, fmt.Sprintf("r%d", p), "slide", file)
		var shapes, notes string
		for i, line := range lines {
			if i == len(lines)-1 {
				notes = `<p:notes><p:sp><a:p><a:r><a:t>` + line + `</a:t></a:r></a:p></p:sp></p:notes>`
			} else {
				shapes += `<p:sp><p:txBody><a:p><a:r><a:t>` + line + `</a:t></a:r></a:p></p:txBody></p:sp>`
			}
		}
		parts = append(parts, "ppt/"+file, `<p:sld><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:sld>`)
		if notes != "" {
			parts = append(parts, fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", len(pages)-p), rels("n", "notesSlide", fmt.Sprintf("../notesSlides/n%d.xml", p)),
				fmt.Sprintf("ppt/notesSlides/n%d.xml", p), notes)
		}
	}
	parts = append(parts, "ppt/presentation.xml", `<p:presentation><p:sldIdLst>`+order.String()+`</p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels(list...))
	checkPages(t, one(t, "a.pptx", pack(t, parts...)), pages, pageNumber)
}

func TestPageOfEveryWordOfODP(t *testing.T) {
	pages := manyPages()
	var slides strings.Builder
	for p, lines := range pages {
		fmt.Fprintf(&slides, `<draw:page draw:name="page%d">`, p+1)
		for i, line := range lines {
			box := `<draw:frame><draw:text-box><text:p>` + line + `</text:p></draw:text-box></draw:frame>`
			if i == len(lines)-1 {
				box = `<presentation:notes>` + box + `</presentation:notes>`
			}
			slides.WriteString(box)
		}
		slides.WriteString(`</draw:page>`)
	}
	doc := one(t, "a.odp", pack(t, "mimetype", "application/vnd.oasis.opendocument.presentation",
		"content.xml", `<office:document-content><office:body><office:presentation>`+slides.String()+`</office:presentation></office:body></office:document-content>`))
	checkPages(t, doc, pages, pageNumber)
}

// A chapter without words is no chapter.
func TestPageOfEveryWordOfEPUB(t *testing.T) {
	pages := slices.DeleteFunc(manyPages(), func(lines []string) bool { return len(lines) == 0 })
	parts := []string{"mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`}
	var manifest, spine strings.Builder
	for p, lines := range pages {
		fmt.Fprintf(&manifest, `<item id="c%d" href="c%d.xhtml"/>`, p, len(pages)-p)
		fmt.Fprintf(&spine, `<itemref idref="c%d"/>`, p)
		parts = append(parts, fmt.Sprintf("c%d.xhtml", len(pages)-p), `<html><body><p>`+strings.Join(lines, `</p><p>`)+`</p></body></html>`)
	}
	parts = append(parts, "p.opf", `<package><metadata><dc:title>A book</dc:title></metadata><manifest>`+manifest.String()+`</manifest><spine>`+spine.String()+`</spine></package>`)
	checkPages(t, one(t, "a.epub", pack(t, parts...)), pages, pageNumber)
}
