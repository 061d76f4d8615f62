package extract

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"rapport/corpus"
)

// opened returns a file whose content is not held.
func opened(path, data string) File {
	return File{Source: "src", Path: path, Size: int64(len(data)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(data)), nil }}
}

// A large file gives what it gives when it is held.
func TestLargeFilesAreHandedOn(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{pdfCache(t)}})
	for path, data := range map[string]string{
		"a.txt": strings.Repeat("plain words ", 200_000), "a.docx": docx(t, docxBody), "a.pdf": pdf([]string{"On a page"}), "a.html": article,
		"a.zip": pack(t, "a.txt", "words"), "a.bin": "\x00\x01\x02\x03",
	} {
		var held, handed []string
		for doc, err := range p.Documents(t.Context(), File{Source: "src", Path: path, Data: []byte(data)}) {
			held = append(held, outline(doc, err))
		}
		for doc, err := range p.Documents(t.Context(), opened(path, data)) {
			handed = append(handed, outline(doc, err))
		}
		if len(held) == 0 || strings.Join(held, ";") != strings.Join(handed, ";") {
			t.Errorf("%s: held %.200q, handed on %.200q", path, held, handed)
		}
	}
	o := PoolOptions{Workers: 1}
	o.Converters = map[string]Converter{".xyz": {Command: []string{"cat"}, Output: ".txt"}}
	for doc, err := range pool(t, "serve", o).Documents(t.Context(), opened("a.xyz", "converted words")) {
		if err != nil || doc.Body != "converted words" {
			t.Errorf("converted: %v %v", doc, err)
		}
	}
}

// A file that can only be too much text is not given to a worker, of which
// this pool has none.
func TestLargeTextIsRefusedUnread(t *testing.T) {
	p := NewPool(PoolOptions{Options: Options{MaxText: 5000}})
	for path, data := range map[string]string{"a.txt": strings.Repeat(" ", 5001), "a.html": "<html>" + strings.Repeat("<b>", 2000)} {
		for doc, err := range p.Documents(t.Context(), opened(path, data)) {
			var skip *corpus.SkipError
			if !errors.As(err, &skip) || skip.Reason != corpus.SkipTooLarge {
				t.Errorf("%s: %v, %v", path, doc, err)
			}
		}
	}
}

func outline(doc *corpus.Document, err error) string {
	if err != nil {
		return err.Error()
	}
	return doc.Path + " " + doc.Digest + " " + doc.Body
}

// A file that is shorter than it was, or cannot be opened any more, is a
// reason, and the pool goes on.
func TestLargeFileThatVanishes(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1})
	short := opened("a.docx", docx(t, docxBody))
	short.Size *= 2
	gone := opened("a.docx", "x")
	gone.Open = func() (io.ReadCloser, error) { return nil, io.ErrClosedPipe }
	for _, f := range []File{short, gone} {
		var skip *corpus.SkipError
		for _, err := range p.Documents(context.Background(), f) {
			if !errors.As(err, &skip) {
				t.Errorf("got %v", err)
			}
		}
		if skip == nil {
			t.Error("the file vanished from the account, too")
		}
	}
	if docs, skip := through(t, p, "a.docx", docx(t, docxBody)); len(docs) != 1 {
		t.Errorf("the pool does not go on: %v", skip)
	}
}
