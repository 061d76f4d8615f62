package extract

import (
	"context"
	"errors"
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
// footers dropped. The times of creation and change are no dates of
// publication.
func readPDF(ctx context.Context, f File, o Options) (*corpus.Document, error) {
	if o.PDF == nil {
		return nil, faultf(corpus.SkipUnsupported, "application/pdf: there is no PDF reader")
	}
	var doc *corpus.Document
	err := o.PDF.with(ctx, func(library pdfium.Pdfium) error {
		var err error
		doc, err = readPages(ctx, library, f.Data, o)
		return err
	})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, fault{corpus.SkipEncrypted, errors.New("the PDF needs a password")}
	case err != nil:
		return nil, err
	case !hasWords(doc.Body):
		return nil, faultf(corpus.SkipNoText, "none of %d pages has text; the PDF may be scanned", len(doc.Pages))
	}
	return doc, nil
}

// readPages reads an open library's document.
func readPages(ctx context.Context, library pdfium.Pdfium, data []byte, o Options) (*corpus.Document, error) {
	open, err := library.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, err
	}
	count, err := library.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: open.Document})
	if err != nil {
		return nil, err
	}
	if count.PageCount > maxPDFPages {
		return nil, faultf(corpus.SkipTooLarge, "%d pages, the limit is %d", count.PageCount, maxPDFPages)
	}
	pages, err := pageTexts(ctx, library, open.Document, count.PageCount, o)
	if err != nil {
		return nil, err
	}
	dropRunning(pages)
	var w bodyWriter
	for i, p := range pages {
		w.page(pageLabel(library, open.Document, i), "")
		w.lines(strings.Join(p, "\n"))
	}
	doc := w.document()
	doc.Title, doc.Author = pdfProperty(library, open.Document, "Title"), pdfProperty(library, open.Document, "Author")
	if isGenericTitle(doc.Title) {
		doc.Title = readHead(doc.Body).title
	}
	return doc, nil
}

// pageTexts returns the lines of every page. A page that is damaged has none;
// when all are, the file is.
func pageTexts(ctx context.Context, library pdfium.Pdfium, document references.FPDF_DOCUMENT, count int, o Options) ([][]string, error) {
	pages := make([][]string, count)
	var size, failed int
	var failure error
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := library.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: document, Index: i}}})
		if err != nil {
			failed, failure = failed+1, err
			continue
		}
		if size += len(text.Text); int64(size) > o.MaxText {
			return nil, faultf(corpus.SkipTooLarge, "more than %d bytes of text", o.MaxText)
		}
		pages[i] = pdfLines(text.Text)
	}
	if failed > 0 && failed == count {
		return nil, failure
	}
	return pages, nil
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
