package extract

import (
	"encoding/xml"
	"strconv"
	"strings"

	"rapport/corpus"
)

// readODF reads a text, presentation or spreadsheet of OpenDocument (ISO
// 26300): paragraphs, headings as sections, slides and sheets as pages, tables
// with separated cells, then footnotes and comments, and of a text its headers
// and footers.
func readODF(f File, o Options) (*corpus.Document, error) {
	p, err := openPackage(f.Data, o)
	if err != nil {
		return nil, err
	}
	var sealed sealHandler
	if err := p.walk("META-INF/manifest.xml", &sealed); err != nil {
		return nil, err
	}
	if sealed {
		return nil, fault{reason: corpus.SkipEncrypted}
	}
	h := newODFHandler()
	var broken faults
	if err := broken.note("content.xml", p.walk("content.xml", h)); err != nil {
		return nil, err
	}
	h.endDate() // of a part that is cut off
	if h.heading {
		h.body.endSection()
	}
	h.body.need(paragraphGap)
	h.body.lines(h.notes.document().Body)
	if !h.spreadsheet && h.pages == 0 {
		h.body.need(paragraphGap)
		if err := broken.note("headers", odfRunning(p, &h.body)); err != nil {
			return nil, err
		}
	}
	doc := h.body.document()
	if err := broken.note("properties", p.coreProperties(doc, "meta.xml")); err != nil {
		return nil, err
	}
	if doc.Title == "" && len(doc.Pages) == 0 {
		doc.Title = h.title
	}
	if !h.spreadsheet {
		officeTitle(doc)
	}
	return doc, broken.err()
}

// sealHandler finds out whether parts of an OpenDocument are encrypted.
type sealHandler bool

func (h *sealHandler) start(name string, _ []xml.Attr) {
	if name == "encryption-data" {
		*h = true
	}
}
func (h *sealHandler) end(string)  {}
func (h *sealHandler) text(string) {}

// odfHandler writes the text of an OpenDocument.
type odfHandler struct {
	w     *bodyWriter // where text goes now: body, or notes
	body  bodyWriter
	notes bodyWriter
	title string

	paragraphs, cells, aside, skip int
	heading, isTitle               bool
	pages                          int
	drawn                          int  // depth in a page of a drawing
	spreadsheet                    bool // tables are sheets

	date      string          // of the cell, empty when its value is none
	dateShown strings.Builder // what the cell shows of it

	style  odfStyle          // that is being declared
	hidden map[odfStyle]bool // those whose text is not shown
}

// odfStyle names a style. Styles of several families may have one name.
type odfStyle struct{ family, name string }

func newODFHandler() *odfHandler {
	h := &odfHandler{hidden: map[odfStyle]bool{}}
	h.w = &h.body
	return h
}

func (h *odfHandler) start(name string, attrs []xml.Attr) {
	if h.skip > 0 || h.aside > 0 && (name == "creator" || name == "date") || name == "tracked-changes" || name == "note-citation" || name == "ruby-text" || name == "styles" || h.hides(name, attrs) {
		h.skip++
		return
	}
	switch name {
	case "style":
		h.style = odfStyle{attr(attrs, "family"), attr(attrs, "name")}
	case "text-properties":
		if attr(attrs, "display") == "none" {
			h.hidden[h.style] = true
		}
	case "spreadsheet":
		h.spreadsheet = true
	case "note-body", "annotation":
		h.aside++
		h.w = &h.notes
		h.w.need(paragraphGap)
	case "h":
		h.paragraphs++
		h.startHeading(attrs)
	case "p":
		h.paragraphs++
		h.w.need(h.paragraph())
		h.isTitle = h.aside == 0 && h.title == "" && attr(attrs, "style-name") == "Title"
	case "s", "tab":
		h.w.need(wordGap)
	case "line-break":
		h.w.need(h.line())
	case "table":
		h.startTable(attrs)
	case "table-row":
		h.w.need(lineGap)
	case "table-cell", "covered-table-cell":
		h.w.need(cellGap)
		h.cells++
		if h.spreadsheet && h.cells == 1 {
			h.date = attr(attrs, "date-value")
		}
	case "page":
		h.pages++
		h.w.page(strconv.Itoa(h.pages), "")
		h.drawn++
	}
}

// hides reports whether an element is not shown: it says so itself, or has a
// style that does. Both may depend on a condition, of which the state when the
// document was saved counts.
func (h *odfHandler) hides(name string, attrs []xml.Attr) bool {
	switch name {
	case "hidden-text", "hidden-paragraph":
		return attr(attrs, "is-hidden") == "true"
	case "span":
		return h.hidden[odfStyle{"text", attr(attrs, "style-name")}]
	case "p", "h":
		return h.hidden[odfStyle{"paragraph", attr(attrs, "style-name")}]
	}
	return false
}

// startTable begins a table, which in a spreadsheet is a page.
func (h *odfHandler) startTable(attrs []xml.Attr) {
	h.w.need(h.paragraph())
	if h.spreadsheet && h.cells == 0 {
		h.w.page(attr(attrs, "name"), attr(attrs, "name"))
	}
}

func (h *odfHandler) startHeading(attrs []xml.Attr) {
	if h.cells > 0 || h.aside > 0 || h.heading {
		h.w.need(h.paragraph())
		return
	}
	level, err := strconv.Atoi(attr(attrs, "outline-level"))
	if err != nil || level < 1 || level > 10 {
		level = 1
	}
	h.heading = true
	h.w.section(level)
}

func (h *odfHandler) paragraph() gap {
	switch {
	case h.cells > 0:
		return wordGap
	case h.drawn > 0:
		return lineGap
	}
	return paragraphGap
}

func (h *odfHandler) line() gap {
	if h.cells > 0 || h.heading {
		return wordGap
	}
	return lineGap
}

func (h *odfHandler) end(name string) {
	if h.skip > 0 {
		h.skip--
		return
	}
	switch name {
	case "note-body", "annotation":
		h.aside = max(0, h.aside-1)
		if h.aside == 0 {
			h.w = &h.body
		}
	case "h":
		h.paragraphs = max(0, h.paragraphs-1)
		if h.heading && h.aside == 0 {
			h.heading = false
			h.w.endSection()
		}
		h.w.need(h.paragraph())
	case "p":
		h.paragraphs = max(0, h.paragraphs-1)
		h.isTitle = h.isTitle && h.aside > 0
		h.w.need(h.paragraph())
	case "table-cell", "covered-table-cell":
		h.endDate()
		h.cells = max(0, h.cells-1)
		h.w.need(cellGap)
	case "table-row":
		h.w.need(lineGap)
	case "table":
		h.w.need(h.paragraph())
	case "page":
		h.drawn = max(0, h.drawn-1)
	}
}

// endDate writes the date of a cell that ends.
func (h *odfHandler) endDate() {
	if h.date != "" {
		h.w.words(shownDate(cleanWords(h.dateShown.String()), h.date))
		h.date = ""
		h.dateShown.Reset()
	}
}

func (h *odfHandler) text(s string) {
	if h.paragraphs == 0 || h.skip > 0 {
		return
	}
	if h.date != "" && h.aside == 0 {
		h.dateShown.WriteString(s)
		return
	}
	h.w.words(s)
	if h.isTitle && h.aside == 0 {
		h.title = cleanWords(h.title + s)
	}
}
