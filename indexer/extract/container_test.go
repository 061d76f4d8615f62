package extract

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"rapport/corpus"
)

// accounts reads a file and lists what became of everything in it.
func accounts(t *testing.T, path, data string) string {
	t.Helper()
	docs, skips := all(t, path, []byte(data), Options{})
	var list []string
	for _, d := range docs {
		list = append(list, d.Path+"="+strings.ReplaceAll(d.Body, "\n", "/"))
	}
	for _, s := range skips {
		list = append(list, s.Path+":"+string(s.Reason))
	}
	return strings.Join(list, " ")
}

func gzipped(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o600, Typeflag: tar.TypeReg})
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchives(t *testing.T) {
	inner := pack(t, "in.txt", "deep words", "empty.txt", "")
	if got, want := accounts(t, "x.zip", pack(t, "a.txt", "words", "../b/c.md", "# Head", ".hidden", "no", "i.zip", inner, "p.png", "\x89PNG\r\n\x1a\n0000")),
		"x.zip!a.txt=words x.zip!b/c.md=Head x.zip!i.zip!in.txt=deep words x.zip!i.zip!empty.txt:empty x.zip!p.png:unsupported"; got != want {
		t.Errorf("zip: %s\nwant %s", got, want)
	}
	files := tarred(t, "a.txt", "words", "d/b.txt", "more")
	if got, want := accounts(t, "x.tar", files), "x.tar!a.txt=words x.tar!d/b.txt=more"; got != want {
		t.Errorf("tar: %s", got)
	}
	if got, want := accounts(t, "x.tar.gz", gzipped(t, files)), "x.tar.gz!a.txt=words x.tar.gz!d/b.txt=more"; got != want {
		t.Errorf("tar.gz: %s", got)
	}
	if got, want := accounts(t, "a.txt.gz", gzipped(t, "words")), "a.txt.gz!a.txt=words"; got != want {
		t.Errorf("gz: %s", got)
	}
	if got, want := accounts(t, "cut.tar", files[:1100]), "cut.tar!a.txt=words cut.tar:corrupt"; got != want {
		t.Errorf("cut tar: %s", got)
	}
}

func TestArchivesWithoutEnd(t *testing.T) {
	nested := "words"
	for range 8 {
		nested = pack(t, "n.zip", nested)
	}
	if got := accounts(t, "x.zip", nested); !strings.HasSuffix(got, ":too large") {
		t.Errorf("nested: %s", got)
	}
	files := make([]string, 0, 2*(maxMembers+10))
	for range maxMembers + 10 {
		files = append(files, "a", "")
	}
	_, skips := all(t, "x.zip", []byte(pack(t, files...)), Options{})
	if last := skips[len(skips)-1]; last.Path != "x.zip" || last.Reason != corpus.SkipTooLarge {
		t.Errorf("many: %v", last)
	}
}

const letter = "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nTo: a@example.org\r\nDate: Tue, 3 May 2011 10:00:00 +0200\r\nSubject: On\r\n cooperation\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n--C\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=E9 at=\r\n noon\r\n" +
	"--C\r\nContent-Type: text/html\r\n\r\n<p>not this one</p>\r\n--C--\r\n--B\r\nContent-Type: application/octet-stream; name=\"note.md\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nIyBBdHRhY2hlZA==\r\n--B--\r\n"

func TestMail(t *testing.T) {
	docs, skips := all(t, "m.eml", []byte(letter), Options{})
	if len(docs) != 2 || len(skips) != 0 {
		t.Fatalf("%d documents, %v", len(docs), skips)
	}
	m, a := docs[0], docs[1]
	if m.Title != "On cooperation" || m.Author != "Jürgen <j@example.org>" || m.Published.String() != "2011-05-03" || m.Format != "eml" || !strings.HasSuffix(m.Body, "Subject: On cooperation\n\nCafé at noon") {
		t.Errorf("mail %+v", m)
	}
	if a.Path != "m.eml!2" || a.Format != "markdown" || a.Body != "Attached" || a.Title != "Attached" {
		t.Errorf("attachment %+v", a)
	}
}

func TestMailbox(t *testing.T) {
	box := "From a@b Tue May  3 2011\nSubject: One\n\nfirst\n>From here\n\nFrom a@b Wed May  4 2011\nSubject: Two\n\nsecond\n"
	if got, want := accounts(t, "x.mbox", box), "x.mbox!1=Subject: One//first/From here x.mbox!2=Subject: Two//second"; got != want {
		t.Errorf("mailbox: %s", got)
	}
	if got := accounts(t, "cut.eml", letter[:strings.Index(letter, "IyBB")]); !strings.Contains(got, "Café at noon") {
		t.Errorf("a mail that is cut off: %s", got)
	}
}

const savedPage1 = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://e.org/a\r\nSubject: x\r\nDate: Tue, 3 May 2011 10:00:00 -0000\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://e.org/a\r\n\r\n" +
	"<html><head><title>Saved page</title><meta property=3D\"article:published_time\" content=3D\"2010-01-02\"></head><body><p>Caf=E9 at=\r\n noon</p></body></html>\r\n" +
	"--B\r\nContent-Type: text/css\r\nContent-Location: http://e.org/a.css\r\n\r\na{}\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://e.org/a.png\r\n\r\niVBORw0KGgo=\r\n" +
	"--B\r\nContent-Type: text/html\r\nContent-Location: http://e.org/frame\r\n\r\n<p>Words of a frame</p>\r\n--B--\r\n"

func TestSavedPage(t *testing.T) {
	for _, name := range []string{"p.mhtml", "p.txt"} { // told by its first lines, too
		docs, skips := all(t, name, []byte(savedPage1), Options{})
		if len(docs) != 2 || len(skips) != 0 {
			t.Fatalf("%d documents, %v", len(docs), skips)
		}
		d, frame := docs[0], docs[1]
		if d.Path != name || d.Title != "Saved page" || d.Body != "Café at noon" || d.URL != "http://e.org/a" || d.Format != "mhtml" ||
			d.Published.String() != "2010-01-02" || d.Dates.Captured.Date.String() != "2011-05-03" {
			t.Errorf("page %+v", d)
		}
		if frame.Path != name+"!4" || frame.Body != "Words of a frame" || frame.URL != "http://e.org/frame" || frame.Dates.Captured.Date.String() != "2011-05-03" {
			t.Errorf("frame %+v", frame)
		}
	}
	if got := accounts(t, "cut.mht", savedPage1[:strings.Index(savedPage1, "image/png")]); !strings.HasPrefix(got, "cut.mht=Café at noon cut.mht:") {
		t.Errorf("a saved page that is cut off: %s", got)
	}
}

func TestRecordsAndFactsInArchives(t *testing.T) {
	records := "\ufeff{\"title\":\"One\",\"text\":\"first words\"}\r\n\n{\"text\":\"second\"}\n[]"
	file := pack(t, "a.jsonl", records, "b.jsonl.gz", gzipped(t, records), "c.facts.yaml", "facts: []", "d.facts.jsonl", "{}")
	if got, want := accounts(t, "x.zip", file), "x.zip!a.jsonl!1=first words x.zip!a.jsonl!3=second x.zip!b.jsonl.gz!b.jsonl!1=first words x.zip!b.jsonl.gz!b.jsonl!3=second "+
		"x.zip!a.jsonl!4:invalid x.zip!b.jsonl.gz!b.jsonl!4:invalid x.zip!c.facts.yaml:unsupported x.zip!d.facts.jsonl:unsupported"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func FuzzMHTML(f *testing.F) { fuzzReader(f, "a.mhtml", "", savedPage1) }
func FuzzMail(f *testing.F)  { fuzzReader(f, "a.eml", "", letter) }
func FuzzZIP(f *testing.F) {
	fuzzReader(f, "a.zip", "", pack(f, "a.txt", "words", "b.docx", docx(f, docxBody)))
}
