package extract

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"rapport/corpus"
)

// readXLSX reads a workbook of Office Open XML: sheets as pages, rows as
// lines, cells separated, then text boxes, diagrams, titles in charts, and
// comments; behind all sheets what is printed above and below them.
// Numbers stand as the workbook shows them.
func readXLSX(f File, o Options) (*corpus.Document, error) {
	p, err := openPackage(f.Data, o)
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	targets, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	var sheets workbookHandler
	if err := p.walk(main, &sheets); err != nil {
		return nil, err
	}
	var shared sharedStrings
	if err := p.walk(targets.part("sharedStrings"), &shared); err != nil {
		return nil, err
	}
	styles := formatHandler{custom: map[int]string{}}
	if err := p.walk(targets.part("styles"), &styles); err != nil {
		return nil, err
	}
	h := sheetHandler{shared: shared.texts, formats: styles.formats(), from1904: sheets.from1904, limit: o.MaxText}
	h.running = runningInto(&h.headers)
	var broken faults
	for i, id := range sheets.ids {
		name := cleanWords(sheets.names[i])
		h.w.page(name, name)
		if err := broken.note("sheet "+name, readSheet(p, targets.byID[id], &h)); err != nil {
			return nil, err
		}
		if h.tooLarge() {
			return nil, faultf(corpus.SkipTooLarge, "more than %d bytes of text", o.MaxText)
		}
	}
	h.w.need(paragraphGap)
	h.w.lines(h.headers.document().Body)
	doc := h.w.document()
	err = broken.note("properties", p.coreProperties(doc, "docProps/core.xml"))
	return doc, cmp.Or(err, broken.err())
}

// workbookHandler gathers the sheets of a workbook, and from when its days count.
type workbookHandler struct {
	idHandler
	from1904 bool
}

func (h *workbookHandler) start(name string, attrs []xml.Attr) {
	if name == "workbookPr" {
		value := attr(attrs, "date1904")
		h.from1904 = value != "" && isOn(value)
	}
	h.idHandler.start(name, attrs)
}

// endPart ends what a damaged part has left open.
func (h *sheetHandler) endPart() { h.inCell, h.inHeader = false, false }

// readSheet writes the cells of a sheet, its text boxes, the titles in its charts
// and its comments.
func readSheet(p *officePackage, part string, h *sheetHandler) error {
	if !p.has(part) {
		return errMissing
	}
	var broken faults
	if err := p.walkPart(part, h, &broken); err != nil {
		return err
	}
	targets, err := p.relations(part)
	if err != nil {
		return err
	}
	var notes slideHandler
	for _, drawing := range targets.byType["drawing"] {
		if err := p.walkPart(drawing, &notes, &broken); err != nil {
			return err
		}
		drawn, err := p.relations(drawing)
		if err != nil {
			return err
		}
		notes.w.need(paragraphGap)
		if err := p.walkRelated(drawn, &notes, &broken, "diagramData", "chart"); err != nil {
			return err
		}
	}
	notes.w.need(paragraphGap)
	if err := p.walkRelated(targets, &notes, &broken, "comments"); err != nil {
		return err
	}
	h.w.need(paragraphGap)
	h.w.lines(notes.w.document().Body)
	return broken.err()
}

// sharedStrings reads the table of texts that cells refer to.
type sharedStrings struct {
	texts    []string
	current  strings.Builder
	inText   bool
	phonetic int
}

func (h *sharedStrings) start(name string, _ []xml.Attr) {
	switch name {
	case "si":
		h.current.Reset()
	case "t":
		h.inText = h.phonetic == 0
	case "rPh":
		h.phonetic++
	}
}

func (h *sharedStrings) end(name string) {
	switch name {
	case "si":
		h.texts = append(h.texts, h.current.String())
	case "t":
		h.inText = false
	case "rPh":
		h.phonetic = max(0, h.phonetic-1)
	}
}

func (h *sharedStrings) text(s string) {
	if h.inText {
		h.current.WriteString(s)
	}
}

// sheetHandler writes the cells of sheets.
type sheetHandler struct {
	w       bodyWriter
	shared  []string
	formats []*numberFormat // of each style, nil for the general one
	limit   int64
	// from1904 means that days count from 1904, as on old Macintoshes.
	from1904 bool

	kind   string
	style  int
	value  strings.Builder
	inCell bool

	header   strings.Builder
	inHeader bool
	headers  bodyWriter // what is printed above and below sheets
	running  *running
}

// tooLarge reports whether the text is beyond the limit: a small file can
// refer to a long text again and again.
func (h *sheetHandler) tooLarge() bool { return int64(h.w.b.Len()) > h.limit }

func (h *sheetHandler) start(name string, attrs []xml.Attr) {
	switch name {
	case "row":
		h.w.need(lineGap)
	case "c":
		h.kind = attr(attrs, "t")
		h.style, _ = strconv.Atoi(attr(attrs, "s")) // without one it is the first
		h.value.Reset()
	case "v", "t":
		h.inCell = true
	case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
		h.header.Reset()
		h.inHeader = true
	}
}

func (h *sheetHandler) end(name string) {
	switch name {
	case "row":
		h.w.need(lineGap)
	case "c":
		h.cell()
	case "v", "t":
		h.inCell = false
	case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
		h.inHeader = false
		h.running.add(sheetHeaderText(h.header.String()))
	}
}

func (h *sheetHandler) text(s string) {
	if h.inCell {
		h.value.WriteString(s)
	}
	if h.inHeader {
		h.header.WriteString(s)
	}
}

// cell writes the value of the cell that ended.
func (h *sheetHandler) cell() {
	h.w.need(cellGap)
	value := h.value.String()
	if h.tooLarge() {
		return
	}
	switch h.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(h.shared) {
			h.w.words(h.format().showText(h.shared[i]))
		}
	case "b":
		h.w.words(map[string]string{"0": "FALSE", "1": "TRUE"}[strings.TrimSpace(value)])
	case "e":
	case "", "n":
		h.w.words(h.format().showNumber(value, h.from1904))
	default:
		h.w.words(h.format().showText(value))
	}
	h.w.need(cellGap)
}

// format returns the number format of the cell, nil for the general one.
func (h *sheetHandler) format() *numberFormat {
	if h.style < 0 || h.style >= len(h.formats) {
		return nil
	}
	return h.formats[h.style]
}
