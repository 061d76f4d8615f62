package extract

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"rapport/corpus"
)

// readPPTX reads a presentation of Office Open XML: slides as pages in the
// order in which they are shown, each with the
// words of its diagrams and charts, its notes and its comments.
func readPPTX(f File, o Options) (*corpus.Document, error) {
	p, err := openPackage(f.Data, o)
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart("ppt/presentation.xml")
	if err != nil {
		return nil, err
	}
	targets, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	var order idHandler
	if err := p.walk(main, &order); err != nil {
		return nil, err
	}
	var s slideHandler
	var broken faults
	for i, id := range order.ids {
		if err := broken.note(fmt.Sprintf("slide %d", i+1), readSlide(p, targets.byID[id], i+1, &s)); err != nil {
			return nil, err
		}
	}
	doc := s.w.document()
	if err := broken.note("properties", p.coreProperties(doc, "docProps/core.xml")); err != nil {
		return nil, err
	}
	if doc.Title == "" {
		doc.Title = firstPageTitle(doc)
	}
	return doc, broken.err()
}

// readSlide writes a slide and its notes as a page.
func readSlide(p *officePackage, part string, number int, s *slideHandler) error {
	s.w.page(strconv.Itoa(number), "")
	page := len(s.w.pages) - 1
	s.title.Reset()
	if !p.has(part) {
		return errMissing
	}
	var broken faults
	if err := p.walkPart(part, s, &broken); err != nil {
		return err
	}
	s.w.pages[page].Title = cleanWords(s.title.String())
	targets, err := p.relations(part)
	if err != nil {
		return err
	}
	s.w.need(paragraphGap)
	if err := p.walkRelated(targets, s, &broken, "diagramData", "chart"); err != nil {
		return err
	}
	s.w.need(paragraphGap)
	s.notes = true
	err = p.walkRelated(targets, s, &broken, "notesSlide", "comments")
	s.notes = false
	return cmp.Or(err, broken.err())
}

// endPart ends what a damaged part has left open.
func (h *slideHandler) endPart() {
	h.inText, h.skip, h.cells, h.isTitle, h.isFurnish = 0, 0, 0, false, false
}

func firstPageTitle(doc *corpus.Document) string {
	for _, p := range doc.Pages {
		if p.Title != "" {
			return p.Title
		}
	}
	return ""
}

// idHandler gathers the relationship ids of slides or sheets in their order.
type idHandler struct {
	ids   []string
	names []string
}

func (h *idHandler) start(name string, attrs []xml.Attr) {
	if name != "sldId" && name != "sheet" {
		return
	}
	for _, a := range attrs {
		if a.Name.Local == "id" && a.Name.Space != "" { // the other id is a number
			h.ids = append(h.ids, a.Value)
			h.names = append(h.names, attr(attrs, "name"))
		}
	}
}
func (h *idHandler) end(string)  {}
func (h *idHandler) text(string) {}

// slideHandler writes the text of slides.
type slideHandler struct {
	w     bodyWriter
	title strings.Builder
	notes bool // the part is the notes of a slide, which has its number and date on it

	inText, cells, skip int
	isTitle, isFurnish  bool
}

func (h *slideHandler) start(name string, attrs []xml.Attr) {
	if name == "Fallback" || h.skip > 0 {
		h.skip++
		return
	}
	switch name {
	case "sp":
		h.isTitle, h.isFurnish = false, false
		h.w.need(paragraphGap)
	case "ph":
		kind := attr(attrs, "type")
		h.isTitle = (kind == "title" || kind == "ctrTitle") && !h.notes
		h.isFurnish = kind == "sldNum" || kind == "dt" || kind == "sldImg" || h.notes && (kind == "hdr" || kind == "ftr")
	case "t", "text": // the latter in comments
		h.inText++
	case "p", "cm":
		h.w.need(h.line())
	case "br":
		h.w.need(h.line())
		h.title.WriteByte(' ')
	case "tr":
		h.w.need(lineGap)
	case "tc":
		h.w.need(cellGap)
		h.cells++
	}
}

func (h *slideHandler) line() gap {
	if h.cells > 0 {
		return wordGap
	}
	return lineGap
}

func (h *slideHandler) end(name string) {
	if h.skip > 0 {
		h.skip--
		return
	}
	switch name {
	case "sp":
		h.isTitle, h.isFurnish = false, false
		h.w.need(paragraphGap)
	case "t", "text":
		h.inText = max(0, h.inText-1)
	case "p", "cm":
		h.w.need(h.line())
	case "tc":
		h.cells = max(0, h.cells-1)
		h.w.need(cellGap)
	case "tr":
		h.w.need(lineGap)
	}
}

func (h *slideHandler) text(s string) {
	if h.inText == 0 || h.isFurnish || h.skip > 0 {
		return
	}
	h.w.words(s)
	if h.isTitle {
		h.title.WriteString(s)
	}
}
