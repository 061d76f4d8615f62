package extract

import (
	"strings"
	"testing"
)

// withChunk returns a text document that shows a file between two paragraphs.
func withChunk(t *testing.T, name, data string) string {
	return pack(t, "[Content_Types].xml", `<Types/>`, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document><w:body><w:p><w:r><w:t>Before.</w:t></w:r></w:p><w:altChunk r:id="c1"><w:altChunkPr/></w:altChunk><w:p><w:r><w:t>After.</w:t></w:r></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels", rels("c1", "aFChunk", "/word/"+name), "word/"+name, data)
}

// Files that a text document shows as a part of its text stand where they are
// shown.
func TestFilesInTheTextOfDOCX(t *testing.T) {
	for name, c := range map[string]struct{ data, want, detail string }{
		"a.html": {`<html><body><p>Shown <b>words</b></p></body></html>`, "Before.\n\nShown words\n\nAfter.", ""},
		"a.mht":  {savedPage1, "Before.\n\nCafé at noon\n\nAfter.", ""},
		"a.rtf":  {`{\rtf1 Rich \b text\par}`, "Before.\n\nRich text\n\nAfter.", ""},
		"a.docx": {withChunk(t, "b.txt", "Inner"), "Before.\n\nBefore.\n\nInner\n\nAfter.\n\nAfter.", ""},
		"a.txt":  {"\n", "Before.\n\nAfter.", ""},
		"a.bin":  {"\x00\x01\x02\x03\xff" + strings.Repeat("\x04\x05", 40), "Before.\n\nAfter.", "word/a.bin: binary"},
	} {
		docs, skips := all(t, "x.docx", []byte(withChunk(t, name, c.data)), Options{})
		if len(docs) != 1 || docs[0].Body != c.want {
			t.Errorf("%s: %+v, want the body %q", name, docs, c.want)
		}
		if c.detail == "" && len(skips) > 0 || c.detail != "" && (len(skips) != 1 || skips[0].Err.Error() != c.detail) {
			t.Errorf("%s: %v, want %q", name, skips, c.detail)
		}
	}
	deep := "Innermost"
	for range maxChunkDepth + 2 {
		deep = withChunk(t, "a.docx", deep)
	}
	docs, skips := all(t, "x.docx", []byte(deep), Options{})
	if len(docs) != 1 || strings.Count(docs[0].Body, "Before.") != maxChunkDepth+1 || len(skips) != 1 || !strings.Contains(skips[0].Err.Error(), "nested deeper than 3") {
		t.Errorf("%+v, %v", docs, skips)
	}
	missing := strings.ReplaceAll(withChunk(t, "a.txt", "x"), "word/a.txt", "word/b.txt")
	if docs, skips := all(t, "x.docx", []byte(missing), Options{}); len(docs) != 1 || docs[0].Body != "Before.\n\nAfter." || len(skips) != 1 {
		t.Errorf("%+v, %v", docs, skips)
	}
}

func TestWordsAboveAndBelowSheets(t *testing.T) {
	sheet := func(text, header string) string {
		return `<worksheet><sheetData><row><c t="inlineStr"><is><t>` + text + `</t></is></c></row></sheetData><headerFooter>` + header + `</headerFooter></worksheet>`
	}
	doc := one(t, "a.xlsx", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook><sheets><sheet name="A" r:id="s1"/><sheet name="B" r:id="s2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("s1", "worksheet", "worksheets/1.xml", "s2", "worksheet", "worksheets/2.xml"),
		"xl/worksheets/1.xml", sheet("One", `<oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Restricted&amp;C&amp;KFF0000R&amp;&amp;D &amp;Dbudget&amp;RPage &amp;P of &amp;N</oddHeader><oddFooter>&amp;F</oddFooter>`),
		"xl/worksheets/2.xml", sheet("Two", `<oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Restricted&amp;C&amp;KFF0000R&amp;&amp;D &amp;Dbudget</oddHeader>`),
		"xl/worksheets/_rels/2.xml.rels", rels("d", "drawing", "../drawings/d.xml"), "xl/drawings/d.xml", `<xdr:wsDr/>`,
		"xl/drawings/_rels/d.xml.rels", rels("e", "diagramData", "../data.xml"), "xl/data.xml", `<dgm:dataModel><dgm:pt><a:p><a:r><a:t>A box</a:t></a:r></a:p></dgm:pt></dgm:dataModel>`))
	if want := "One\n\nTwo\n\nA box\n\nRestricted\nR&D budget"; doc.Body != want || len(doc.Pages) != 2 {
		t.Errorf("body %q, want %q", doc.Body, want)
	}
}
