package extract

import (
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"rapport/corpus"
)

// readEPUB reads a book: the documents of its spine as pages, in the order of
// reading, with the headings in them as their titles. The date in its
// metadata is that of publication (EPUB 3.3, 5.5.2) unless it says that it is
// that of another event (EPUB 2.0.1, 2.2.7).
func readEPUB(f File, o Options) (*corpus.Document, error) {
	p, err := openPackage(f.Data, o)
	if err != nil {
		return nil, err
	}
	if seal, err := p.read("META-INF/encryption.xml"); err != nil {
		return nil, err
	} else if strings.Contains(string(seal), "xmlenc#aes") {
		return nil, fault{reason: corpus.SkipEncrypted}
	}
	var container rootHandler
	if err := p.walk("META-INF/container.xml", &container); err != nil {
		return nil, err
	}
	if !p.has(container.path) {
		return nil, errors.New("the book has no package document")
	}
	book := bookHandler{items: map[string]string{}}
	if err := p.walk(container.path, &book); err != nil {
		return nil, err
	}
	var w bodyWriter
	var broken faults
	for i, id := range book.spine {
		w.page(strconv.Itoa(i+1), "")
		page := len(w.pages) - 1
		part := path.Join(path.Dir(container.path), book.items[id])
		chapter, err := p.read(part)
		if !p.has(part) {
			err = errMissing
		}
		if err == nil {
			err = readChapter(&w, page, chapter)
		}
		if err := broken.note(fmt.Sprintf("chapter %d", i+1), err); err != nil {
			return nil, err
		}
		if int64(w.b.Len()) > o.MaxText {
			return nil, faultf(corpus.SkipTooLarge, "more than %d bytes of text", o.MaxText)
		}
	}
	doc := w.document()
	fields := &fieldHandler{fields: map[string]string{}}
	if err := p.walk(container.path, fields); err != nil {
		return nil, err
	}
	stated{
		Title: fields.fields["title"], Author: fields.fields["creator"], Publisher: fields.fields["publisher"],
		Language: fields.fields["language"], URL: fields.fields["source"],
	}.apply(doc)
	doc.Published, _ = corpus.ParseLooseDate(book.published.String())
	return doc, broken.err()
}

// readChapter writes a document of the spine. Its headings give the page its
// title: a book's sections are its pages. Its error is that the document is no
// text.
func readChapter(w *bodyWriter, page int, chapter []byte) error {
	text, err := decode(chapter, declaredCharset(chapter))
	if err != nil {
		return err
	}
	before := len(w.pages)
	r := htmlRenderer{w: w}
	r.fragment(text)
	for _, section := range w.pages[before:] {
		if section.Title != "" {
			w.pages[page].Title = section.Title
			break
		}
	}
	w.pages = w.pages[:before]
	w.open = min(w.open, before)
	w.need(paragraphGap)
	return nil
}

// rootHandler finds the package document of a book.
type rootHandler struct{ path string }

func (h *rootHandler) start(name string, attrs []xml.Attr) {
	if name == "rootfile" {
		first(&h.path, attr(attrs, "full-path"))
	}
}
func (h *rootHandler) end(string)  {}
func (h *rootHandler) text(string) {}

// bookHandler reads the manifest and the spine of a book, and when it was
// published.
type bookHandler struct {
	items map[string]string // href by id
	spine []string

	published strings.Builder
	inDate    bool
}

func (h *bookHandler) start(name string, attrs []xml.Attr) {
	switch name {
	case "item":
		href, err := url.PathUnescape(attr(attrs, "href"))
		if err == nil {
			h.items[attr(attrs, "id")] = href
		}
	case "itemref":
		h.spine = append(h.spine, attr(attrs, "idref"))
	case "date":
		event := attr(attrs, "event")
		h.inDate = h.published.Len() == 0 && (event == "" || strings.EqualFold(event, "publication"))
	}
}
func (h *bookHandler) end(string) { h.inDate = false }
func (h *bookHandler) text(s string) {
	if h.inDate && h.published.Len() < maxMetaValue {
		h.published.WriteString(s)
	}
}
