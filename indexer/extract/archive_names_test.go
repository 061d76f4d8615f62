package extract

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"slices"
	"testing"
)

// Files whose names cannot be told apart any more are documents of their own,
// and names in older encodings are read.
func TestNamesInArchives(t *testing.T) {
	cyrillic := []string{"\xce\xf2\xf7\xe5\xf2 \xee \xf1\xee\xf2\xf0\xf3\xe4\xed\xe8\xf7\xe5\xf1\xf2\xe2\xe5.txt", "\xcf\xf0\xee\xf2\xee\xea\xee\xeb \xe7\xe0\xf1\xe5\xe4\xe0\xed\xe8\xff.txt"}
	for name, c := range map[string]struct{ names, want []string }{
		"the same twice":    {[]string{"a.txt", "a.txt", "a (2).txt"}, []string{"a.txt", "a (2).txt", "a (2) (2).txt"}},
		"Cyrillic":          {cyrillic, []string{"Отчет о сотрудничестве.txt", "Протокол заседания.txt"}},
		"Japanese":          {[]string{"\x95\xb6\x8f\xcd1.txt", "\x95\xb6\x8f\xce1.txt"}, []string{"文章1.txt", "文笑1.txt"}},
		"German of DOS":     {[]string{"\x9abersicht f\x81r M\x84rz.txt", "Gr\x94\xe1e.txt"}, []string{"Übersicht für März.txt", "Größe.txt"}},
		"German of Windows": {[]string{"\xdcbersicht f\xfcr M\xe4rz.txt", "Gr\xf6\xdfe.txt"}, []string{"Übersicht für März.txt", "Größe.txt"}},
		"one sign alone":    {[]string{"a\x81.txt"}, []string{"aü.txt"}},
		"UTF-8":             {[]string{"dé.txt"}, []string{"dé.txt"}},
		"folders as roots":  {[]string{"/x/../a.txt", "a.txt"}, []string{"a.txt", "a (2).txt"}},
	} {
		var zipped, tarred bytes.Buffer
		z, r := zip.NewWriter(&zipped), tar.NewWriter(&tarred)
		for i, n := range c.names {
			w, err := z.CreateHeader(&zip.FileHeader{Name: n, NonUTF8: true})
			if err != nil {
				t.Fatal(err)
			}
			content := []byte("words of " + string(rune('a'+i)))
			if _, err := w.Write(content); err != nil {
				t.Fatal(err)
			}
			if err := r.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: n, Size: int64(len(content)), Mode: 0o600, Format: tar.FormatGNU}); err != nil {
				t.Fatal(err)
			}
			if _, err := r.Write(content); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		for archive, data := range map[string][]byte{"a.zip": zipped.Bytes(), "a.tar": tarred.Bytes()} {
			docs, _ := all(t, archive, data, Options{})
			var got, want []string
			for _, d := range docs {
				got = append(got, d.Path)
			}
			for _, n := range c.want {
				want = append(want, archive+"!"+n)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s in %s: %q, want %q", name, archive, got, want)
			}
		}
	}
}

// How to say signs is no part of the text.
func TestPhoneticGuides(t *testing.T) {
	if doc := one(t, "a.docx", docx(t, `<w:p><w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>都</w:t></w:r></w:p>`)); !bytes.HasPrefix([]byte(doc.Body), []byte("東京都")) {
		t.Errorf("DOCX: body %q", doc.Body)
	}
	if doc := one(t, "a.html", `<p>The city of <ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都 is large.</p>`); doc.Body != "The city of 東京都 is large." {
		t.Errorf("HTML: body %q", doc.Body)
	}
}
