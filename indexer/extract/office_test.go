package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"rapport/corpus"
)

// pack makes a ZIP file of parts; the first is stored without compression.
func pack(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if i == 0 {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// rels makes a part of relationships: id, type, target of each.
func rels(list ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships>`)
	for i := 0; i+2 < len(list); i += 3 {
		fmt.Fprintf(&b, `<Relationship Id=%q Type="http://schemas.example/%s" Target=%q/>`, list[i], list[i+1], list[i+2])
	}
	return b.String() + `</Relationships>`
}

func docx(t testing.TB, body string, more ...string) string {
	return pack(t, append([]string{"[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels", rels("a", "styles", "styles.xml", "b", "footnotes", "footnotes.xml", "c", "comments", "comments.xml"),
		"word/styles.xml", `<w:styles><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>`,
		"word/footnotes.xml", `<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments><w:comment><w:p><w:r><w:t>A comment.</w:t></w:r></w:p></w:comment></w:comments>`}, more...)...)
}

const docxBody = `<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>The </w:t></w:r><w:r><w:t>title</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">One </w:t></w:r><w:del><w:r><w:delText>deleted </w:delText><w:t>gone</w:t></w:r></w:del><w:hyperlink r:id="x"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>line</w:t><w:tab/><w:t>two</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr><w:r><w:t>Part two</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>Box</w:t></mc:Choice><mc:Fallback><w:t>Box</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`

func TestDOCX(t *testing.T) {
	doc := one(t, "any.bin.docx", docx(t, docxBody))
	want := "The title\n\nOne link\nline two\n\nPart two\n\na b\tc\nd\n\nBox\n\nA note.\n\nA comment."
	if doc.Body != want || doc.Title != "The title" || doc.Format != "docx" || len(doc.Pages) != 1 || doc.Pages[0].Title != "Part two" || doc.Pages[0].Level != 2 {
		t.Errorf("title %q pages %v body %q", doc.Title, doc.Pages, doc.Body)
	}
	doc = one(t, "a.docx", docx(t, docxBody, "docProps/core.xml", `<cp:coreProperties><dc:title>Stated</dc:title><dc:creator>A. Writer</dc:creator><dcterms:created>2001-01-01</dcterms:created></cp:coreProperties>`))
	if doc.Title != "Stated" || doc.Author != "A. Writer" || !doc.Published.IsZero() {
		t.Errorf("title %q author %q published %q", doc.Title, doc.Author, doc.Published)
	}
}

func TestPPTX(t *testing.T) {
	slide := func(title, text string) string {
		return `<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>` + title + `</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>` + text +
			`</a:t></a:r></a:p><a:p><a:r><a:t>more</a:t></a:r></a:p></p:sp><p:sp><p:ph type="sldNum"/><a:p><a:t>99</a:t></a:p></p:sp></p:sld>`
	}
	doc := one(t, "a.pptx", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r3"/><p:sldId id="257" r:id="r2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("r2", "slide", "slides/slide1.xml", "r3", "slide", "slides/slide2.xml"),
		"ppt/slides/slide1.xml", slide("Second", "shown last"), "ppt/slides/slide2.xml", slide("First", "shown first"),
		"ppt/slides/_rels/slide2.xml.rels", rels("n", "notesSlide", "../notesSlides/n.xml"), "ppt/notesSlides/n.xml", `<p:notes><p:sp><a:p><a:t>Spoken</a:t></a:p></p:sp></p:notes>`))
	if doc.Body != "First\n\nshown first\nmore\n\nSpoken\n\nSecond\n\nshown last\nmore" || doc.Title != "First" {
		t.Errorf("title %q body %q", doc.Title, doc.Body)
	}
	if len(doc.Pages) != 2 || doc.Pages[1] != (corpus.Page{Label: "2", Title: "Second", Offset: strings.Index(doc.Body, "Second")}) {
		t.Errorf("pages %+v", doc.Pages)
	}
}

func TestXLSX(t *testing.T) {
	doc := one(t, "a.xlsx", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook><sheets><sheet name="Sums" sheetId="7" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/sheet1.xml", "s2", "sharedStrings", "sharedStrings.xml", "s3", "styles", "styles.xml"),
		"xl/sharedStrings.xml", `<sst><si><t>Year</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>phonetic</t></rPh></si></sst>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="165" formatCode="[Red]yyyy\-mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>20000000</v></c><c s="1"><v>40666</v></c><c s="2"><v>40666.5</v></c></row>`+
			`<row><c t="inlineStr"><is><t>in line</t></is></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>result</v></c><c t="s"><v>9</v></c></row></sheetData></worksheet>`))
	if want := "Year\tRich text\n20000000\t2011-05-03\t2011-05\nin line\tTRUE\tresult"; doc.Body != want || doc.Pages[0].Label != "Sums" {
		t.Errorf("body %q pages %v", doc.Body, doc.Pages)
	}
}

func TestWordsOnSheets(t *testing.T) {
	doc := one(t, "a.xlsx", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook><sheets><sheet name="Sums" sheetId="7" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/sheet1.xml"),
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", rels("d", "drawing", "../drawings/d.xml", "c", "comments", "../comments1.xml"),
		"xl/drawings/d.xml", `<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>In a box</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`,
		"xl/drawings/_rels/d.xml.rels", rels("c", "chart", "../charts/c.xml"),
		"xl/charts/c.xml", `<c:chartSpace><c:title><a:p><a:r><a:t>Contributions</a:t></a:r></a:p></c:title><c:v>12</c:v></c:chartSpace>`,
		"xl/comments1.xml", `<comments><authors><author>Someone</author></authors><commentList><comment><text><r><t>A remark</t></r></text></comment></commentList></comments>`))
	if want := "7\n\nIn a box\n\nContributions\n\nA remark"; doc.Body != want || doc.Pages[0].Label != "Sums" {
		t.Errorf("body %q, want %q; pages %v", doc.Body, want, doc.Pages)
	}
}

func TestODT(t *testing.T) {
	odt := func(content string, more ...string) string {
		return pack(t, append([]string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content><office:body><office:text>` + content + `</office:text></office:body></office:document-content>`}, more...)...)
	}
	doc := one(t, "x", odt(`<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h text:outline-level="1">Head<text:s/>ing</text:h><text:p>One<text:note><text:note-citation>1</text:note-citation>`+
		`<text:note-body><text:p>Foot.</text:p></text:note-body></text:note> two<office:annotation><dc:creator>Someone</dc:creator><text:p>Remark.</text:p></office:annotation>.</text:p>`+
		`<table:table table:name="T"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="999999"><text:p>b</text:p></table:table-cell></table:table-row></table:table>`,
		"meta.xml", `<office:meta><dc:title>Stated</dc:title><meta:initial-creator>W. Riter</meta:initial-creator><dc:creator>E. Ditor</dc:creator></office:meta>`))
	if doc.Author != "W. Riter" {
		t.Errorf("author %q", doc.Author)
	}
	if doc.Body != "Head ing\n\nOne two.\n\na\tb\n\nFoot.\n\nRemark." || doc.Title != "Stated" || doc.Format != "odt" || len(doc.Pages) != 1 {
		t.Errorf("title %q pages %v body %q", doc.Title, doc.Pages, doc.Body)
	}
	if got := reason(t, "a.odt", odt("<text:p>x</text:p>", "META-INF/manifest.xml", `<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`), Options{}); got != corpus.SkipEncrypted {
		t.Errorf("sealed document: %s", got)
	}
}

func TestHeadersAndFootersStandOnceBehindTheText(t *testing.T) {
	part := func(text string) string {
		return `<w:hdr><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:hdr>`
	}
	doc := one(t, "a.docx", pack(t, "[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document><w:body><w:p><w:r><w:t>The text.</w:t></w:r></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels", rels("a", "header", "header1.xml", "b", "header", "header2.xml", "c", "footer", "footer1.xml", "d", "footer", "footer2.xml"),
		"word/header1.xml", part("The Ministry"), "word/header2.xml", part("The Ministry"), "word/footer1.xml", part("17"), "word/footer2.xml", part("Restricted, page 3")))
	if want := "The text.\n\nThe Ministry\n\nRestricted, page 3"; doc.Body != want {
		t.Errorf("DOCX: %q, want %q", doc.Body, want)
	}
	doc = one(t, "a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content><office:body><office:text><text:p>The text.</text:p></office:text></office:body></office:document-content>`,
		"styles.xml", `<office:document-styles><office:styles><style:style/></office:styles><office:master-styles><style:master-page><style:header><text:p>The <text:span>Ministry</text:span></text:p></style:header>`+
			`<style:header-left><text:p>The Ministry</text:p></style:header-left><style:footer><text:p>Page <text:page-number>2</text:page-number></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`))
	if want := "The text.\n\nThe Ministry\n\nPage 2"; doc.Body != want {
		t.Errorf("ODT: %q, want %q", doc.Body, want)
	}
}

func TestEPUB(t *testing.T) {
	doc := one(t, "book.epub", pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>`,
		"OPS/p.opf", `<package><metadata><dc:title>A book</dc:title><dc:creator>W. Riter</dc:creator><dc:language>fr-FR</dc:language><dc:date>2009-10</dc:date></metadata><manifest><item id="b" href="b%20c.xhtml"/><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`,
		"OPS/a.xhtml", `<html><body><h1>One</h1><p>First.</p></body></html>`, "OPS/b c.xhtml", `<html><body><p>Second.</p></body></html>`))
	if doc.Body != "One\n\nFirst.\n\nSecond." || doc.Title != "A book" || doc.Language != "fr" || doc.Published.String() != "2009-10" || len(doc.Pages) != 2 || doc.Pages[0].Title != "One" {
		t.Errorf("%+v", doc)
	}
}

func TestPackagesThatAreBad(t *testing.T) {
	bomb := strings.Repeat(" ", 20<<20)
	whole := docx(t, docxBody)
	for name, c := range map[string]struct {
		data string
		want corpus.SkipReason
	}{
		"bomb":      {docx(t, "<w:p>"+bomb+"</w:p>"), corpus.SkipTooLarge},
		"nested":    {docx(t, strings.Repeat("<w:p>", 5000)), corpus.SkipTooLarge},
		"cut":       {whole[:len(whole)/2], corpus.SkipCorrupt},
		"no text":   {docx(t, ""), ""},
		"empty zip": {pack(t, "[Content_Types].xml", ""), corpus.SkipCorrupt},
		"sealed":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", corpus.SkipEncrypted},
	} {
		docs, skips := all(t, "a.docx", []byte(c.data), Options{MaxText: 1 << 20})
		if c.want == "" && len(docs) == 1 { // the notes of an empty document are text
			continue
		}
		if len(skips) != 1 || skips[0].Reason != c.want {
			t.Errorf("%s: %d documents, %v, want %s", name, len(docs), skips, c.want)
		}
	}
}

// A part that is packed a thousand times smaller, as no document's is, is given
// up long before the limit on what is unpacked.
func TestPackedBombIsGivenUpEarly(t *testing.T) {
	bomb := docx(t, "<w:p><w:t>x"+strings.Repeat(" ", leastUnpacked)+"</w:t></w:p>")
	if got := reason(t, "a.docx", bomb, Options{}); got != corpus.SkipTooLarge {
		t.Errorf("a bomb of %d bytes is %s", len(bomb), got)
	}
	many := docx(t, strings.Repeat("<w:p><w:r><w:t>word</w:t></w:r></w:p>", 20_000))
	if doc := one(t, "a.docx", many); len(doc.Body) < 100_000 {
		t.Errorf("%d bytes of text in a document of %d", len(doc.Body), len(many))
	}
}

func TestXMLIsItsText(t *testing.T) {
	doc := one(t, "a.xml", `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE x [<!ENTITY e "boom">]><x><title>The <i>t</i>itle</title><p>Caf`+"\xe9"+` <b>bold</b>, &e; end</p><p>two</p></x>`)
	if doc.Body != "The title\nCafé bold, &e; end\ntwo" || doc.Title != "The title" || doc.Format != "xml" {
		t.Errorf("title %q body %q", doc.Title, doc.Body)
	}
}

func TestCSV(t *testing.T) {
	for path, data := range map[string]string{"a.csv": "year;sum\n2012;\"1;2\n3\"\n", "b.csv": "year,sum\n2012,\"1;2\n3\"\n", "c.tsv": "year\tsum\n2012\t1;2 3\n"} {
		if doc := one(t, path, data); doc.Body != "year\tsum\n2012\t1;2 3" || doc.Format != "csv" {
			t.Errorf("%s: body %q", path, doc.Body)
		}
	}
}

// TestRealFiles reads all sample files: each is a document or has a reason.
func TestRealFiles(t *testing.T) {
	read := map[string]int{}
	for name, data := range samples(t) {
		docs, _ := all(t, name, data, Options{})
		if len(docs) > 0 {
			read[docs[0].Format]++
		}
	}
	for format, least := range map[string]int{"docx": 30, "xlsx": 8, "pptx": 8, "odt": 5, "epub": 1, "html": 15, "xml": 20, "text": 10} {
		if read[format] < least {
			t.Errorf("%d files of format %s were read, want at least %d", read[format], format, least)
		}
	}
}
