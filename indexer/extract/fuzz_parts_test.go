package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"testing"
	"time"
)

// fuzzPart lets the fuzzer make one part of a package: of a whole package it
// would change no more than the checksums.
func fuzzPart(f *testing.F, path, part, seed string, others ...string) {
	f.Add([]byte(seed))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i+1 < len(others); i += 2 {
			addPart(t, z, others[i], []byte(others[i+1]))
		}
		addPart(t, z, part, data)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		checkReading(t, File{Source: "src", Path: path, Data: b.Bytes()}, Options{MaxText: 1 << 20, Timeout: 4 * time.Second})
	})
}

func addPart(t testing.TB, z *zip.Writer, name string, data []byte) {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(data)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzDOCXText(f *testing.F) {
	fuzzPart(f, "a.docx", "word/document.xml", `<w:document xmlns:w="w"><w:body>`+docxBody+`</w:body></w:document>`,
		"_rels/.rels", rels("r1", "officeDocument", "word/document.xml"))
}

func FuzzPPTX(f *testing.F) {
	fuzzPart(f, "a.pptx", "ppt/slides/slide1.xml",
		`<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>One</a:t></a:r></a:p></p:sp><a:tbl><a:tr><a:tc><a:p><a:t>x</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>`,
		"_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("r2", "slide", "slides/slide1.xml"))
}

func FuzzXLSX(f *testing.F) {
	fuzzPart(f, "a.xlsx", "xl/worksheets/sheet1.xml",
		`<worksheet><sheetData><row><c t="s"><v>0</v></c><c s="1"><v>40666.5</v></c><c t="inlineStr"><is><t>in line</t></is></c></row></sheetData></worksheet>`,
		"_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook><sheets><sheet name="Sums" sheetId="7" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/sheet1.xml", "s3", "styles", "styles.xml"),
		"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
}

func FuzzODF(f *testing.F) {
	fuzzPart(f, "a.odt", "content.xml",
		`<office:document-content><office:body><office:text><text:h text:outline-level="1">Head<text:s/>ing</text:h><text:p>One<text:note><text:note-body><text:p>Foot.</text:p></text:note-body></text:note></text:p>`+
			`<table:table table:name="T"><table:table-row><table:table-cell table:number-columns-repeated="9"><text:p>a</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>`,
		"mimetype", "application/vnd.oasis.opendocument.text")
}

func FuzzEPUB(f *testing.F) {
	fuzzPart(f, "a.epub", "OPS/p.opf",
		`<package><metadata><dc:title>A book</dc:title><dc:date>2009-10</dc:date></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`,
		"mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>`,
		"OPS/a.xhtml", `<html><body><h1>One</h1><p>First.</p></body></html>`)
}

func FuzzMailbox(f *testing.F) {
	fuzzReader(f, "a.mbox", "", "From a@e.org Tue May  3 10:00:00 2011\nSubject: One\n\nfirst\n\nFrom b@e.org Tue May  3 11:00:00 2011\nSubject: Two\n\nsecond\n")
}

func FuzzTAR(f *testing.F) {
	fuzzReader(f, "a.tar", "", tarred(f, "a.txt", "words", "b/c.html", "<p>more</p>"))
}

// FuzzPDF goes through one engine, as a worker does.
func FuzzPDF(f *testing.F) {
	f.Add([]byte(pdf([]string{"One line"}, []string{"Another page"})))
	engine := NewPDFEngine(pdfCache(f))
	f.Cleanup(func() { _ = engine.Close() })
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReading(t, File{Source: "src", Path: "a.pdf", Data: data}, Options{MaxText: 1 << 20, Timeout: 10 * time.Second, PDF: engine})
	})
}

// checkReading reads a file and checks what holds for all files: each is
// accounted for, with documents that are sound or with reasons.
func checkReading(t testing.TB, f File, o Options) {
	t.Helper()
	checkResults(t, Documents(context.Background(), f, o))
}
