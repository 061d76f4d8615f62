package extract

import "testing"

// Text that the author has hidden is left out, however that was said.
func TestHiddenTextOfOfficeDocuments(t *testing.T) {
	run := func(properties, text string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	body := `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + run(``, `Seen `) + run(`<w:vanish/>`, `secret `) + run(`<w:vanish w:val="0"/>`, `shown `) +
		run(`<w:rStyle w:val="Ghost"/>`, `ghost `) + run(`<w:rStyle w:val="Strong"/>`, `strong`) +
		run(`<w:b/><w:rPrChange w:id="1"><w:rPr><w:rStyle w:val="Ghost"/><w:vanish/></w:rPr></w:rPrChange>`, ` no longer hidden`) + `</w:p>`
	doc := one(t, "a.docx", pack(t, "[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`,
		"word/_rels/document.xml.rels", rels("a", "styles", "styles.xml"),
		"word/styles.xml", `<w:styles><w:style w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Strong"><w:rPr><w:vanish w:val="false"/></w:rPr></w:style></w:styles>`))
	if doc.Body != "Seen shown strong no longer hidden" {
		t.Errorf("DOCX: body %q", doc.Body)
	}
	doc = one(t, "a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content>`+
		`<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties fo:color="#000"/></style:style>`+
		`<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style></office:automatic-styles>`+
		`<office:body><office:text><text:p>Seen <text:span text:style-name="T1">secret</text:span><text:span text:style-name="T2">shown</text:span> <text:hidden-text text:is-hidden="true">gone</text:hidden-text>end</text:p>`+
		`<text:p text:style-name="P1">A secret paragraph</text:p><text:p text:style-name="T1">A paragraph whose style has the name of one of words</text:p></office:text></office:body></office:document-content>`))
	if doc.Body != "Seen shown end\n\nA paragraph whose style has the name of one of words" {
		t.Errorf("ODT: body %q", doc.Body)
	}
}

// Days count from 1904 when the workbook says so.
func TestDaysFrom1904(t *testing.T) {
	for property, want := range map[string]string{`<workbookPr date1904="1"/>`: "2011-05-03\t39204", `<workbookPr date1904="false"/>`: "2007-05-02\t39204", `<workbookPr/>`: "2007-05-02\t39204"} {
		doc := one(t, "a.xlsx", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook>`+property+`<sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/sheet1.xml", "s3", "styles", "styles.xml"),
			"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
			"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c s="1"><v>39204</v></c><c><v>39204</v></c></row></sheetData></worksheet>`))
		if doc.Body != want {
			t.Errorf("%s: body %q, want %q", property, doc.Body, want)
		}
	}
}

// A book says of which event a date is that of; only publication counts.
func TestDatesOfBooks(t *testing.T) {
	for dates, want := range map[string]string{
		`<dc:date>2009-10</dc:date>`: "2009-10",
		`<dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">2009</dc:date>`: "2009",
		`<dc:date opf:event="conversion">2020-01-01</dc:date>`:                                                  "",
	} {
		doc := one(t, "book.epub", pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`,
			"p.opf", `<package><metadata><dc:title>A book</dc:title>`+dates+`</metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`,
			"a.xhtml", `<html><body><p>First.</p></body></html>`))
		if doc.Published.String() != want {
			t.Errorf("%s: published %q, want %q", dates, doc.Published, want)
		}
	}
}

func TestTitlesThatSayNothing(t *testing.T) {
	for _, title := range []string{"", "Presentation1", "PowerPoint-Präsentation", "Présentation PowerPoint", "Презентация PowerPoint", "Folie 1", "Dokument2", "Ohne.docx", "Sans titre 3", "Paper Title (use style: paper title)", "Mappe1", "Лист 1"} {
		if !isGenericTitle(title) {
			t.Errorf("%q is taken for a title", title)
		}
	}
	for _, title := range []string{"Presentation of the budget", "Documents of the meeting", "Folie à deux", "Book of honour", "Titles that say nothing"} {
		if isGenericTitle(title) {
			t.Errorf("%q is taken for no title", title)
		}
	}
}
