package extract

import "testing"

// The dates of files and of changes are kept, and are never those of
// publication.
func TestDatesAreKeptApart(t *testing.T) {
	doc := one(t, "a.html", `<html><head><title>T</title><meta property="article:published_time" content="2010-01-02"><meta property="article:modified_time" content="2011-03-04T05:06:07Z"></head><body><p>words</p></body></html>`)
	if m := doc.Dates.Modified; doc.Published.String() != "2010-01-02" || m.Date.String() != "2011-03-04" || m.In != "article:modified_time" {
		t.Errorf("page: published %s, %+v", doc.Published, doc.Dates)
	}
	file := pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<document-content><body><text><p>words</p></text></body></document-content>`,
		"meta.xml", `<document-meta><meta><creation-date>2001-02-03T04:05:06</creation-date><date>2002-03-04T00:00:00</date></meta></document-meta>`)
	doc = one(t, "a.odt", file)
	if d := doc.Dates; !doc.Published.IsZero() || d.Created.Date.String() != "2001-02-03" || d.Created.In != "creation-date" || d.Modified.Date.String() != "2002-03-04" {
		t.Errorf("document: published %s, %+v", doc.Published, doc.Dates)
	}
	if doc := one(t, "a.eml", "Date: Tue, 3 May 2011 10:00:00 +0200\r\nSubject: s\r\n\r\nwords"); doc.Dates.PublishedIn != "Date" {
		t.Errorf("mail: %+v", doc.Dates)
	}
}
