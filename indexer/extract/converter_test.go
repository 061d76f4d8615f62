package extract

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/corpus"
)

const (
	oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document \x00\x01\x02\x03"
	picture   = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
)

func shell(script string, more ...string) Converter {
	return Converter{Command: append([]string{"sh", "-c", script}, more...)}
}

func needShell(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to stand for a converter")
	}
}

func TestConverters(t *testing.T) {
	needShell(t)
	for name, c := range map[string]Converter{
		"streams": shell("wc -c | tr -d ' '; echo bytes"),
		"files":   shell(`printf '%s\nbytes' $(wc -c < {in}) > {out}; echo noise; case {in} in *.doc) ;; *) rm {out};; esac`),
		"folder":  shell(`printf '%s\nbytes' $(wc -c < {in}) > {dir}/any.txt`),
	} {
		for _, key := range []string{".doc", "application/x-ole-storage"} {
			o := Options{Converters: map[string]Converter{key: c}}
			docs, skips := all(t, "a.doc", []byte(oldOffice), o)
			if len(docs) != 1 || len(skips) != 0 {
				t.Fatalf("%s %s: %v", name, key, skips)
			}
			if d := docs[0]; d.Body != "29\nbytes" || d.Path != "a.doc" || d.Format != "doc" || d.Digest != corpus.Digest([]byte(oldOffice)) || d.ID != corpus.NewID("src", "a.doc") {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
	if got := reason(t, "a.doc", oldOffice, Options{}); got != corpus.SkipUnsupported {
		t.Errorf("without a converter: %s", got)
	}
}

func TestConvertersAreContained(t *testing.T) {
	needShell(t)
	begun := filepath.Join(t.TempDir(), "begun") // will hold the number of a process that the hanging one has begun
	for name, c := range map[string]struct {
		Converter
		want corpus.SkipReason
	}{
		"fails":    {shell("echo no good >&2; exit 3"), corpus.SkipCorrupt},
		"hangs":    {Converter{Command: []string{"sh", "-c", "sleep 3600 & echo $! > " + begun + "; sleep 3600"}, Timeout: time.Second}, corpus.SkipTimeout},
		"talks":    {shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done"), corpus.SkipTooLarge},
		"missing":  {Converter{Command: []string{"no-such-program-here"}}, corpus.SkipUnsupported},
		"silent":   {shell("true"), corpus.SkipEmpty},
		"no file":  {shell("true {out}"), corpus.SkipCorrupt},
		"a link":   {shell("ln -s /etc/passwd {out}"), corpus.SkipCorrupt},
		"two":      {shell("touch {dir}/a {dir}/b"), corpus.SkipCorrupt},
		"a circle": {shell("cat"), corpus.SkipUnsupported},
	} {
		start := time.Now()
		got := reason(t, "a.doc", oldOffice, Options{MaxBytes: 1 << 20, Timeout: 40 * time.Second, Converters: map[string]Converter{".doc": c.Converter}})
		if got != c.want || time.Since(start) > 8*time.Second { // which is before the worker's own time is up
			t.Errorf("%s: %s after %v, want %s", name, got, time.Since(start), c.want)
		}
	}
	if process, err := os.ReadFile(begun); err == nil { // else it had no time to begin one
		ends(t, strings.TrimSpace(string(process)))
	}
	_, skips := all(t, "a.doc", []byte(oldOffice), Options{Converters: map[string]Converter{".doc": shell("echo no good >&2; exit 3")}})
	if !strings.Contains(skips[0].Error(), "no good") {
		t.Errorf("the reason hides what the program says: %v", skips[0])
	}
}

// Members of containers and scanned PDFs are found by workers, which start no
// programs: the parent converts them.
func TestConvertersInPool(t *testing.T) {
	needShell(t)
	o := PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}}
	o.Converters = map[string]Converter{".doc": shell("echo '<h1>Old words</h1>'")}
	o.Converters[".doc"] = Converter{Command: o.Converters[".doc"].Command, Output: ".html"}
	o.OCR = shell("echo Seen words")
	p := pool(t, "serve", o)
	for path, c := range map[string]struct{ data, want string }{
		"a.doc":  {oldOffice, "a.doc=Old words(doc)"},
		"a.png":  {picture, "a.png=Seen words(png)"},
		"a.pdf":  {pdf(nil, nil), "a.pdf=Seen words(pdf)"},
		"b.pdf":  {pdf([]string{"Own words"}), "b.pdf=Own words(pdf)"},
		"a.zip":  {pack(t, "x/a.doc", oldOffice, "b.png", picture, "c.txt", "words"), "a.zip!c.txt=words(text) a.zip!x/a.doc=Old words(doc) a.zip!b.png=Seen words(png)"},
		"a.warc": {warcRecord("response", "http://e.org/a.doc", "2011-05-03", answered("200 OK\r\nContent-Type: application/msword", oldOffice)), "a.warc!1=Old words(doc)http://e.org/a.doc"},
	} {
		docs, skip := through(t, p, path, c.data)
		var got []string
		for _, d := range docs {
			got = append(got, d.Path+"="+d.Body+"("+d.Format+")"+d.URL)
		}
		if strings.Join(got, " ") != c.want || skip != nil {
			t.Errorf("%s: %q, %v, want %q", path, got, skip, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range p.Documents(ctx, File{Path: "a.doc", Data: []byte(oldOffice)}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestVersionTellsConverters(t *testing.T) {
	one := Options{Converters: map[string]Converter{".doc": shell("cat")}}
	other := Options{Converters: map[string]Converter{".doc": shell("tac")}}
	if (Options{}).Version() != Version || one.Version() == Version || one.Version() == other.Version() {
		t.Errorf("versions %q and %q", one.Version(), other.Version())
	}
}
