package extract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"rapport/corpus"
)

// maxPDFPages is how many pages of a PDF are read.
const maxPDFPages = 50_000

// readPDF reads a PDF: its pages with their labels, lines as they stand,
// words that were parted at the end of a line joined, running headers and
// footers dropped; behind the lines of a page what was written on it or filled
// in. The times of creation and change are no dates of
// publication. Attached files are members, "1", "2" and so on.
func (j *job) readPDF(f File) error {
	if j.options.PDF == nil {
		return faultf(corpus.SkipUnsupported, "application/pdf: there is no PDF reader")
	}
	if err := j.findCache(); err != nil {
		return err
	}
	var read pdfContent
	err := j.options.PDF.with(j.ctx, func(library pdfium.Pdfium) error {
		var err error
		read, err = readPages(j.ctx, library, f.Data, j.options)
		return err
	})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return fault{corpus.SkipEncrypted, errors.New("the PDF needs a password")}
	case errors.Is(err, pdferrors.ErrFormat):
		return fault{corpus.SkipCorrupt, errors.New("the PDF is damaged, or no PDF")}
	case err != nil:
		return err
	case hasWords(read.document.Body):
		err = j.document(f, formatPDF, read.document)
	case len(j.options.OCR.Command) > 0 && !f.converted:
		err = j.convert(f, j.options.OCR, true)
	default:
		err = j.skipMember(f, f.skip(corpus.SkipNoText, read.silence()))
	}
	if err == nil {
		err = j.attached(f, read.attached, 1)
	}
	return cmp.Or(err, read.damage)
}

// pdfContent is what a PDF holds.
type pdfContent struct {
	document *corpus.Document
	attached []attachment
	damage   error // why some of its pages are empty, nil when none is for that reason
}

// silence says why the PDF has no text.
func (c pdfContent) silence() error {
	if len(c.document.Pages) == 0 {
		return errors.New("the PDF has no pages")
	}
	return fmt.Errorf("none of %d pages has text; the PDF may be scanned", len(c.document.Pages))
}

// readPages reads the document, and the files that are attached to it.
func readPages(ctx context.Context, library pdfium.Pdfium, data []byte, o Options) (pdfContent, error) {
	open, err := library.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return pdfContent{}, err
	}
	count, err := library.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: open.Document})
	if err != nil {
		return pdfContent{}, err
	}
	if count.PageCount > maxPDFPages {
		return pdfContent{}, faultf(corpus.SkipTooLarge, "%d pages, the limit is %d", count.PageCount, maxPDFPages)
	}
	pages, notes, damage, err := pageTexts(ctx, library, open.Document, count.PageCount, o)
	if err != nil {
		return pdfContent{}, err
	}
	dropRunning(pages)
	var w bodyWriter
	for i, p := range pages {
		w.page(pageLabel(library, open.Document, i), "")
		w.lines(strings.Join(p, "\n"))
		for _, note := range notes[i] {
			w.need(paragraphGap)
			w.lines(note)
		}
	}
	doc := w.document()
	doc.Title, doc.Author = pdfProperty(library, open.Document, "Title"), pdfProperty(library, open.Document, "Author")
	if isGenericTitle(doc.Title) {
		doc.Title = readHead(doc.Body).title
	}
	doc.Dates.Created = pdfDate(library, open.Document, "CreationDate")
	doc.Dates.Modified = pdfDate(library, open.Document, "ModDate")
	return pdfContent{doc, pdfAttached(library, open.Document), damage}, nil
}

// pageTexts returns the lines of every page, and the notes on it. A page that
// is damaged has none, and damage says so; when all are, the file is.
func pageTexts(ctx context.Context, library pdfium.Pdfium, document references.FPDF_DOCUMENT, count int, o Options) (pages, notes [][]string, damage, err error) {
	pages, notes = make([][]string, count), make([][]string, count)
	size, failed := 0, 0
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return nil, nil, nil, err
		}
		text, written, err := pageText(library, document, i)
		if err != nil {
			if failed++; damage == nil {
				damage = fmt.Errorf("page %d of %d cannot be read: %w", i+1, count, err)
			}
			continue
		}
		size += len(text)
		for _, note := range written {
			size += len(note)
		}
		if int64(size) > o.MaxText {
			return nil, nil, nil, faultf(corpus.SkipTooLarge, "more than %d bytes of text", o.MaxText)
		}
		pages[i], notes[i] = pdfLines(text), written
	}
	switch {
	case failed > 0 && failed == count:
		return nil, nil, nil, fmt.Errorf("no page can be read: %w", damage)
	case failed > 1:
		damage = fmt.Errorf("%d pages are missing: %w", failed, damage)
	}
	return pages, notes, damage, nil
}

// pageText returns the characters of a page and the notes on it.
func pageText(library pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) (string, []string, error) {
	loaded, err := library.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return "", nil, err
	}
	defer func() { _, _ = library.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	page := requests.Page{ByReference: &loaded.Page}
	text, err := library.GetPageText(&requests.GetPageText{Page: page})
	if err != nil {
		return "", nil, err
	}
	return text.Text, pdfNotes(library, page), nil
}

func pageLabel(library pdfium.Pdfium, document references.FPDF_DOCUMENT, page int) string {
	label, err := library.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: document, Page: page})
	if err == nil {
		if s := cleanWords(label.Label); s != "" {
			return s
		}
	}
	return strconv.Itoa(page + 1)
}

// pdfProperty returns a value of the document's information dictionary.
func pdfProperty(library pdfium.Pdfium, document references.FPDF_DOCUMENT, name string) string {
	value, err := library.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: document, Tag: name})
	if err != nil {
		return ""
	}
	return cleanWords(strings.ToValidUTF8(value.Value, ""))
}

// pdfDay matches the beginning of a date of a PDF, "D:20010203040506Z"
// (ISO 32000-1, 7.9.4); some writers leave out the mark.
var pdfDay = regexp.MustCompile(`^(?:D:)?(\d{4})(?:(\d{2})(\d{2})?)?`)

// pdfDate returns a date of the document's information dictionary.
func pdfDate(library pdfium.Pdfium, document references.FPDF_DOCUMENT, name string) corpus.StatedDate {
	m := pdfDay.FindStringSubmatch(pdfProperty(library, document, name))
	if m == nil {
		return corpus.StatedDate{}
	}
	for _, form := range []string{m[1] + "-" + m[2] + "-" + m[3], m[1] + "-" + m[2], m[1]} {
		if date, err := corpus.ParseDate(form); err == nil {
			return corpus.Stated(date, "PDF "+name)
		}
	}
	return corpus.StatedDate{}
}
