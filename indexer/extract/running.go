package extract

import (
	"encoding/xml"
	"strings"
	"unicode"
)

// running writes the headers and footers of an office document behind its
// text, each once: a letterhead or a mark of secrecy can be found, and stands
// in no sentence.
type running struct {
	w    *bodyWriter
	seen map[string]bool
}

func runningInto(w *bodyWriter) *running { return &running{w: w, seen: map[string]bool{}} }

// add writes what a header or footer says. Numbers alone count pages.
func (r *running) add(text string) {
	text = strings.TrimSpace(text)
	if r.seen[text] || !strings.ContainsFunc(text, unicode.IsLetter) {
		return
	}
	r.seen[text] = true
	r.w.need(paragraphGap)
	r.w.lines(text)
	r.w.need(paragraphGap)
}

// wordRunning adds the headers and footers of a text document of Office Open
// XML.
func wordRunning(p *officePackage, targets *relations, w *bodyWriter, broken *faults) error {
	r := runningInto(w)
	for _, kind := range []string{"header", "footer"} {
		for _, part := range targets.byType[kind] {
			var h wordHandler
			if err := p.walkPart(part, &h, broken); err != nil {
				return err
			}
			r.add(h.w.document().Body)
		}
	}
	return nil
}

// odfRunning adds the headers and footers of a text document of OpenDocument.
func odfRunning(p *officePackage, w *bodyWriter) error {
	return p.walk("styles.xml", &masterHandler{running: runningInto(w)})
}

// masterHandler passes on what stands in the headers and footers of styles.
type masterHandler struct {
	running *running
	inside  int // depth in elements, from a header or footer on
	h       *odfHandler
}

func (m *masterHandler) start(name string, attrs []xml.Attr) {
	switch {
	case m.inside > 0:
		m.inside++
		m.h.start(name, attrs)
	case name == "header" || name == "footer" || strings.HasPrefix(name, "header-") || strings.HasPrefix(name, "footer-"):
		m.inside, m.h = 1, newODFHandler()
	}
}

func (m *masterHandler) end(name string) {
	if m.inside == 0 {
		return
	}
	if m.inside--; m.inside > 0 {
		m.h.end(name)
		return
	}
	m.running.add(m.h.body.document().Body)
}

func (m *masterHandler) text(s string) {
	if m.inside > 0 {
		m.h.text(s)
	}
}
