package extract

import (
	"strings"
	"testing"

	"rapport/corpus"
)

// A file that is damaged behind its text gives the text and says what is wrong.
func TestDamageBehindTheText(t *testing.T) {
	docs, skips := all(t, "a.xml", []byte(`<?xml version="1.0"?><x><p>before</p><p>after <`), Options{})
	if len(docs) != 1 || docs[0].Body != "before\nafter" || len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt || skips[0].Path != "a.xml" {
		t.Errorf("XML: %v, %v", docs, skips)
	}
	docs, skips = all(t, "a.docx", []byte(docx(t, docxBody, "docProps/core.xml", `<cp:coreProperties><dc:title>Stated</dc:title><<`)), Options{})
	if len(docs) != 1 || !strings.HasPrefix(docs[0].Body, "The title") || len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt {
		t.Errorf("DOCX: %v, %v", docs, skips)
	}
}

// XML that is cut off between two tags says so. Elements that nobody ended inside
// one that is whole are no sign of that.
func TestXMLThatIsCutOffBetweenTags(t *testing.T) {
	for data, cut := range map[string]bool{
		`<x><p>before</p><p>after</p>`:     true,
		`<x><p>before</p><p>after`:         true,
		`<x><p>before</p><p>after</p></x>`: false,
		`<x><p>before<br></p>after</x>`:    false,
		`<x><p>before</p>after<p/></x>`:    false,
	} {
		docs, skips := all(t, "a.xml", []byte(`<?xml version="1.0"?>`+data), Options{})
		if len(docs) != 1 || !strings.Contains(docs[0].Body, "before") || !strings.Contains(docs[0].Body, "after") {
			t.Errorf("%s: %v", data, docs)
		}
		if cut != (len(skips) == 1) || cut && (skips[0].Reason != corpus.SkipCorrupt || !strings.Contains(skips[0].Err.Error(), "cut off")) {
			t.Errorf("%s: %v", data, skips)
		}
	}
}

// Of a document with damaged parts the others are read.
func TestDamagedPartsOfDocuments(t *testing.T) {
	slide := func(text string) string {
		return `<p:sld><p:sp><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:sp></p:sld>`
	}
	sheet := func(text string) string {
		return `<worksheet><sheetData><row><c t="inlineStr"><is><t>` + text + `</t></is></c></row></sheetData></worksheet>`
	}
	cut := func(part string) string { return part[:strings.LastIndex(part, "</")-8] + "<<" }
	for name, c := range map[string]struct{ data, body, detail string }{
		"a.docx": {pack(t, "[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
			"word/document.xml", `<w:document><w:body><w:p><w:r><w:t>First</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell<<`,
			"word/_rels/document.xml.rels", rels("b", "footnotes", "footnotes.xml"),
			"word/footnotes.xml", `<w:footnotes><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>`),
			"First\n\nCell\n\nA note.", "word/document.xml: "},
		"a.pptx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
			"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="1" r:id="r1"/><p:sldId id="2" r:id="r2"/><p:sldId id="3" r:id="r3"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", rels("r1", "slide", "slides/1.xml", "r2", "slide", "slides/2.xml", "r3", "slide", "slides/3.xml"),
			"ppt/slides/1.xml", slide("One"), "ppt/slides/2.xml", cut(slide("Two")), "ppt/slides/3.xml", slide("Three")),
			"One\n\nTwo\n\nThree", "slide 2: "},
		"a.xlsx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook><sheets><sheet name="A" sheetId="1" r:id="s1"/><sheet name="B" sheetId="2" r:id="s2"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/1.xml", "s2", "worksheet", "worksheets/2.xml"),
			"xl/worksheets/1.xml", cut(sheet("One")), "xl/worksheets/2.xml", sheet("Two")), "One\n\nTwo", "sheet A: "},
		"a.odt": {pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:body><office:text><text:p>One</text:p><text:h text:outline-level="1">Head<<`),
			"One\n\nHead", "content.xml: "},
	} {
		docs, skips := all(t, name, []byte(c.data), Options{})
		if len(docs) != 1 || docs[0].Body != c.body {
			t.Errorf("%s: %+v, want the body %q", name, docs, c.body)
		}
		if len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt || !strings.HasPrefix(skips[0].Err.Error(), c.detail) {
			t.Errorf("%s: %v, want a reason that begins with %q", name, skips, c.detail)
		}
	}
	if docs, skips := all(t, "b.docx", []byte(docx(t, "<<")), Options{}); len(docs) != 1 || len(skips) != 1 { // its notes are text
		t.Errorf("%v, %v", docs, skips)
	}
}

// A part that a document names and does not have is said to be missing.
func TestMissingPartsOfDocuments(t *testing.T) {
	for name, c := range map[string]struct{ data, detail string }{
		"a.pptx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
			"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="1" r:id="r1"/><p:sldId id="2" r:id="r2"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", rels("r1", "slide", "slides/1.xml", "r2", "slide", "slides/2.xml"),
			"ppt/slides/1.xml", `<p:sld><p:sp><a:p><a:r><a:t>One</a:t></a:r></a:p></p:sp></p:sld>`), "slide 2: "},
		"a.xlsx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook><sheets><sheet name="A" sheetId="1" r:id="s1"/><sheet name="B" sheetId="2" r:id="s2"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/1.xml"),
			"xl/worksheets/1.xml", `<worksheet><sheetData><row><c t="inlineStr"><is><t>One</t></is></c></row></sheetData></worksheet>`), "sheet B: "},
		"a.epub": {pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`,
			"p.opf", `<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`,
			"a.xhtml", `<html><body><p>One</p></body></html>`), "chapter 2: "},
	} {
		docs, skips := all(t, name, []byte(c.data), Options{})
		if len(docs) != 1 || docs[0].Body != "One" {
			t.Errorf("%s: %+v, want the body One", name, docs)
		}
		if len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt || !strings.HasPrefix(skips[0].Err.Error(), c.detail) {
			t.Errorf("%s: %v, want a reason that begins with %q", name, skips, c.detail)
		}
	}
}

// A damaged part does not keep those that belong to it from being read.
func TestPartsBesideADamagedOne(t *testing.T) {
	para := func(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }
	said := func(text string) string { return `<a:p><a:r><a:t>` + text + `</a:t></a:r></a:p>` }
	for name, c := range map[string]struct{ data, body, detail string }{
		"a.docx": {pack(t, "[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
			"word/document.xml", `<w:document><w:body>`+para("Text.")+`</w:body></w:document>`,
			"word/_rels/document.xml.rels", rels("a", "chart", "chart.xml", "b", "footnotes", "footnotes.xml", "c", "header", "header.xml", "d", "footer", "footer.xml"),
			"word/chart.xml", `<c:chart><mc:Fallback>`+said("Twice")+`<<`, "word/footnotes.xml", `<w:footnotes><w:footnote>`+para("A note.")+`</w:footnote></w:footnotes>`,
			"word/header.xml", `<w:hdr><<`, "word/footer.xml", `<w:ftr>`+para("Secret.")+`</w:ftr>`),
			"Text.\n\nA note.\n\nSecret.", "word/chart.xml: "},
		"a.pptx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
			"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", rels("r1", "slide", "slides/1.xml"),
			"ppt/slides/1.xml", `<p:sld><p:sp>`+said("One")+`</p:sp><mc:Fallback><<`,
			"ppt/slides/_rels/1.xml.rels", rels("n", "notesSlide", "../notes.xml"),
			"ppt/notes.xml", `<p:notes><p:sp>`+said("Say so.")+`</p:sp></p:notes>`), "One\n\nSay so.", "slide 1: ppt/slides/1.xml: "},
		"a.xlsx": {pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook><sheets><sheet name="A" sheetId="1" r:id="s1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/1.xml"),
			"xl/worksheets/1.xml", `<worksheet><sheetData><row><c t="inlineStr"><is><t>One</t></is></c><<`,
			"xl/worksheets/_rels/1.xml.rels", rels("d", "drawing", "../drawing.xml", "e", "drawing", "../second.xml"),
			"xl/drawing.xml", `<xdr:wsDr><mc:Fallback><<`, "xl/second.xml", `<xdr:wsDr>`+said("A box")+`</xdr:wsDr>`), "One\n\nA box", "sheet A: xl/worksheets/1.xml: "},
	} {
		docs, skips := all(t, name, []byte(c.data), Options{})
		if len(docs) != 1 || docs[0].Body != c.body {
			t.Errorf("%s: %+v, want the body %q", name, docs, c.body)
		}
		if len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt || !strings.HasPrefix(skips[0].Err.Error(), c.detail) {
			t.Errorf("%s: %v, want a reason that begins with %q", name, skips, c.detail)
		}
	}
}
