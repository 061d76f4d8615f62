package extract

import (
	"encoding/base64"
	"strings"
	"testing"

	"rapport/corpus"
)

// mimeParts returns a mail, or a part of one, made of parts: of each the header
// and the content.
func mimeParts(kind, boundary string, parts ...string) string {
	var b strings.Builder
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/" + kind + "; boundary=" + boundary + "\r\n\r\n")
	for i := 0; i+1 < len(parts); i += 2 {
		b.WriteString("--" + boundary + "\r\n" + parts[i])
		if parts[i] != "" {
			b.WriteString("\r\n\r\n")
		}
		b.WriteString(parts[i+1] + "\r\n")
	}
	return b.String() + "--" + boundary + "--\r\n"
}

var unreadable = strings.Repeat("\x01\x02\xff\xfe\x03", 40)

// What cannot be read as text in a mail, a book or a saved page is said, and the
// rest is read.
func TestUnreadablePartsAreSaid(t *testing.T) {
	book := pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`,
		"p.opf", `<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/><item id="c" href="c.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>`,
		"a.xhtml", `<html><body><p>One</p></body></html>`, "b.xhtml", "<html>"+unreadable, "c.xhtml", `<html><body><p>Three</p></body></html>`)
	plain, bad := "Content-Type: text/plain", "Content-Type: text/plain; charset=x-unheard-of\r\nContent-Transfer-Encoding: base64"
	packed := base64.StdEncoding.EncodeToString([]byte(unreadable))
	for name, c := range map[string]struct{ data, body, detail string }{
		"a.epub": {book, "One\n\nThree", "chapter 2: it cannot be read as text (binary)"},
		"b.eml":  {"Subject: S\r\n" + mimeParts("mixed", "B", plain, "First", bad, packed, plain, "Third"), "Subject: S\n\nFirst\n\nThird", "the part text/plain: it cannot be read as text (binary)"},
		"c.eml":  {"Subject: S\r\n" + mimeParts("alternative", "B", bad, packed, "Content-Type: text/html", "<p>Words</p>"), "Subject: S\n\nWords", ""},
		"d.eml":  {"Subject: S\r\n" + mimeParts("alternative", "B", bad, packed, "Content-Type: text/html", "<p></p>"), "Subject: S", "the part text/plain: it cannot be read as text (binary)"},
		"e.eml": {"Subject: S\r\n" + mimeParts("mixed", "B", plain+"\r\nContent-Transfer-Encoding: base64", "Rmlyc3Qh!!!!", plain, "Second", plain+"\r\nContent-Transfer-Encoding: base64", "VGhpcmQh!!!!"),
			"Subject: S\n\nFirst!\n\nSecond\n\nThird!", "the part text/plain: illegal base64 data at input byte 8, and 1 more part"},
		"f.eml": {"Subject: S\r\n" + bad + "\r\n\r\n" + packed, "Subject: S", "the part text/plain: it cannot be read as text (binary)"},
		"g.mht": {mimeParts("related", "B", "Content-Type: text/html", "<p>Words</p>", "Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "!!!!"), "Words", "a part: illegal base64 data at input byte 0"},
	} {
		docs, skips := all(t, name, []byte(c.data), Options{})
		if len(docs) != 1 || docs[0].Body != c.body {
			t.Errorf("%s: %+v, want the body %q", name, docs, c.body)
		}
		switch {
		case c.detail == "" && len(skips) > 0:
			t.Errorf("%s: %v", name, skips)
		case c.detail != "" && (len(skips) != 1 || skips[0].Reason != corpus.SkipCorrupt || skips[0].Path != name || skips[0].Err.Error() != c.detail):
			t.Errorf("%s: %v, want %q", name, skips, c.detail)
		}
	}
}

// Files that are attached to one of several forms of a mail, as Apple's program
// does, are documents; pictures in the text are those of the form that is read.
func TestFilesAttachedToAlternatives(t *testing.T) {
	mixed := mimeParts("mixed", "C", "Content-Type: text/html", "<p>Words in HTML</p>",
		"Content-Type: text/plain; name=report.txt\r\nContent-Disposition: inline; filename=report.txt", "The report",
		"Content-Type: image/png; name=logo.png\r\nContent-ID: <1>", "no picture")
	mail := "Subject: S\r\n" + mimeParts("alternative", "B", "Content-Type: text/plain", "Words", "", mixed)
	if got, want := accounts(t, "a.eml", mail), "a.eml=Subject: S//Words a.eml!2=The report"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	empty := "Subject: S\r\n" + mimeParts("alternative", "B", "Content-Type: text/plain", "", "", mixed)
	if got, want := accounts(t, "a.eml", empty), "a.eml=Subject: S//Words in HTML a.eml!2=The report a.eml!3=no picture"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
