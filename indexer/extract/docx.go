package extract

import (
	"cmp"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"rapport/corpus"
)

// readDOCX reads a text document of Office Open XML (ECMA-376): paragraphs,
// headings as sections, tables with separated cells, text boxes, files that are
// shown as a part of the text, then the words
// of diagrams and charts, footnotes, endnotes, comments, headers and footers.
// Text that was deleted or is hidden is left out, and how to say the signs before
// it, which would part their words.
func readDOCX(f File, o Options) (*corpus.Document, error) {
	p, err := openPackage(f.Data, o)
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart("word/document.xml")
	if err != nil {
		return nil, err
	}
	targets, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	styles := styleHandler{levels: map[string]int{}, hidden: map[string]bool{}}
	if err := p.walk(targets.part("styles"), &styles); err != nil {
		return nil, err
	}
	var broken faults
	chunks := &chunkReader{p: p, targets: targets, options: o, broken: &broken}
	d := wordHandler{levels: styles.levels, hiddenStyles: styles.hidden, chunks: chunks}
	if err := cmp.Or(broken.note(main, p.walk(main, &d)), chunks.limit); err != nil {
		return nil, err
	}
	d.endPart()
	if err := p.walkRelated(targets, &d, &broken, "diagramData", "chart", "footnotes", "endnotes", "comments"); err != nil {
		return nil, err
	}
	if err := wordRunning(p, targets, &d.w, &broken); err != nil {
		return nil, err
	}
	doc := d.w.document()
	if err := broken.note("properties", p.coreProperties(doc, "docProps/core.xml")); err != nil {
		return nil, err
	}
	if doc.Title == "" {
		doc.Title = d.title
	}
	officeTitle(doc)
	return doc, broken.err()
}

// styleHandler notes which styles are headings, with their level, and which
// hide text; the style of a document's title has level 0.
type styleHandler struct {
	levels map[string]int
	hidden map[string]bool
	id     string
}

var headingStyle = regexp.MustCompile(`(?i)^(?:heading|überschrift|titre|título) ?([1-9])$`)

func (h *styleHandler) start(name string, attrs []xml.Attr) {
	switch value := attr(attrs, "val"); name {
	case "style":
		h.id = attr(attrs, "styleId")
	case "name":
		if m := headingStyle.FindStringSubmatch(value); m != nil {
			h.levels[h.id] = int(m[1][0] - '0')
		} else if strings.EqualFold(value, "title") {
			h.levels[h.id] = 0
		}
	case "vanish":
		h.hidden[h.id] = isOn(value)
	case "outlineLvl":
		if level, err := strconv.Atoi(value); err == nil && level >= 0 && level < 9 {
			h.levels[h.id] = level + 1
		}
	}
}
func (h *styleHandler) end(string)  {}
func (h *styleHandler) text(string) {}

// isOn reports whether a property that is there without a value or with this
// one is set (ECMA-376, 17.17.4).
func isOn(value string) bool { return value != "0" && value != "false" && value != "off" }

// wordHandler writes the text of a part of a text document.
type wordHandler struct {
	w      bodyWriter
	levels map[string]int
	title  string // the first paragraph in the style of titles
	// hiddenStyles are those of runs that are not shown.
	hiddenStyles map[string]bool
	chunks       *chunkReader // nil where there are none

	inText, skip, cells int
	heading, isTitle    bool
	inRun, hidden       bool // within a run of text; the run is not shown
	titleText           strings.Builder
}

func (h *wordHandler) start(name string, attrs []xml.Attr) {
	if name == "Fallback" || name == "rt" || isFormer(name) || h.skip > 0 || isSeparator(name, attrs) {
		h.skip++
		return
	}
	switch name {
	case "p":
		h.w.need(h.paragraph())
	case "pStyle":
		h.style(attr(attrs, "val"))
	case "r":
		h.inRun, h.hidden = true, false
	case "rStyle":
		h.hidden = h.inRun && h.hiddenStyles[attr(attrs, "val")]
	case "vanish": // outside of runs it is the mark of a paragraph that is hidden
		h.hidden = h.inRun && isOn(attr(attrs, "val"))
	case "t":
		h.inText++
	case "tab", "ptab":
		h.w.need(wordGap)
	case "br", "cr":
		h.w.need(h.lineInCell())
	case "noBreakHyphen":
		h.w.words("-")
	case "tr":
		h.w.need(lineGap)
	case "tc":
		h.w.need(cellGap)
		h.cells++
	case "tbl":
		h.w.need(h.paragraph())
	case "altChunk":
		if h.chunks != nil {
			h.chunks.write(&h.w, attr(attrs, "id"))
		}
	}
}

// isFormer reports whether an element holds what the document had before a
// change that is not accepted yet: text, or how a run or paragraph was set.
func isFormer(name string) bool {
	switch name {
	case "del", "moveFrom", "rPrChange", "pPrChange":
		return true
	}
	return false
}

// isSeparator reports whether an element is a note that only draws a line.
func isSeparator(name string, attrs []xml.Attr) bool {
	return (name == "footnote" || name == "endnote") && attr(attrs, "type") != "" && attr(attrs, "type") != "normal"
}

// paragraph is the gap around paragraphs: cells of a table stay on one line.
func (h *wordHandler) paragraph() gap {
	if h.cells > 0 {
		return wordGap
	}
	return paragraphGap
}

func (h *wordHandler) lineInCell() gap {
	if h.cells > 0 || h.heading {
		return wordGap
	}
	return lineGap
}

// style begins a heading when the style of the paragraph is one.
func (h *wordHandler) style(id string) {
	level, ok := h.levels[id]
	switch {
	case !ok || h.cells > 0 || h.heading:
	case level == 0:
		h.isTitle = h.title == ""
	default:
		h.heading = true
		h.w.section(level)
	}
}

func (h *wordHandler) end(name string) {
	if h.skip > 0 {
		h.skip--
		return
	}
	switch name {
	case "p":
		h.endParagraph()
		h.w.need(h.paragraph())
	case "r":
		h.inRun, h.hidden = false, false
	case "t":
		h.inText = max(0, h.inText-1)
	case "tc":
		h.cells = max(0, h.cells-1)
		h.w.need(cellGap)
	case "tr":
		h.w.need(lineGap)
	case "tbl":
		h.w.need(h.paragraph())
	}
}

// endPart ends what a damaged part has left open.
func (h *wordHandler) endPart() {
	h.endParagraph()
	h.inText, h.skip, h.cells, h.inRun, h.hidden = 0, 0, 0, false, false
	h.w.need(paragraphGap)
}

func (h *wordHandler) endParagraph() {
	if h.heading {
		h.heading = false
		h.w.endSection()
	}
	if h.isTitle {
		h.isTitle = false
		h.title = cleanWords(h.titleText.String())
	}
}

func (h *wordHandler) text(s string) {
	if h.inText == 0 || h.skip > 0 || h.hidden {
		return
	}
	h.w.words(s)
	if h.isTitle {
		h.titleText.WriteString(s)
	}
}
