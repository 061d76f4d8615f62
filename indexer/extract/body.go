package extract

import (
	"strconv"
	"strings"
	"unicode"

	"rapport/corpus"
)

// gap is the space that the next word of a body needs before it.
type gap int

const (
	noGap gap = iota
	wordGap
	cellGap
	lineGap
	paragraphGap
)

// bodyWriter writes a body in its normal form: words separated by one space,
// cells of a table by a tab, paragraphs by an empty line, no blanks at the end
// of lines, no control characters. What it wrote never changes, so that pages
// can name offsets.
type bodyWriter struct {
	b        strings.Builder
	pages    []corpus.Page
	gap      gap
	open     int // pages from this one on begin at the next word
	sections int
}

// words writes running text, in which any white space is one space.
func (w *bodyWriter) words(s string) {
	start := -1
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.flush(s, start, i)
			start = -1
			w.need(wordGap)
		case isDropped(r):
			w.flush(s, start, i)
			start = -1
		case start < 0:
			start = i
		}
	}
	w.flush(s, start, len(s))
}

// flush writes s[start:end], which has no white space; nothing when start is
// negative.
func (w *bodyWriter) flush(s string, start, end int) {
	if start < 0 || start == end {
		return
	}
	if w.b.Len() > 0 {
		w.b.WriteString([...]string{"", " ", "\t", "\n", "\n\n"}[w.gap])
	}
	w.gap = noGap
	for ; w.open < len(w.pages); w.open++ {
		w.pages[w.open].Offset = w.b.Len()
	}
	w.b.WriteString(s[start:end])
}

// need asks for at least the gap before the next word.
func (w *bodyWriter) need(g gap) { w.gap = max(w.gap, g) }

// lines writes text whose lines and indentation count, such as code or a
// plain text file.
func (w *bodyWriter) lines(s string) {
	blank := false
	for line := range strings.Lines(s) {
		line = strings.TrimRightFunc(cleanLine(line), unicode.IsSpace)
		if line == "" {
			blank = true
			continue
		}
		if blank {
			w.need(paragraphGap)
		}
		w.flush(line, 0, len(line))
		w.need(lineGap)
		blank = false
	}
	if blank {
		w.need(paragraphGap)
	}
}

// page begins a physical page, a slide or a sheet at the next word.
func (w *bodyWriter) page(label, title string) {
	w.need(paragraphGap)
	w.pages = append(w.pages, corpus.Page{Label: label, Title: title})
}

// section begins a section at the next word: its heading, of that depth from
// 1 on. Sections are labelled by their number in the document.
func (w *bodyWriter) section(level int) {
	w.need(paragraphGap)
	w.sections++
	w.pages = append(w.pages, corpus.Page{Label: sectionLabel(w.sections), Level: level})
}

func sectionLabel(number int) string { return strconv.Itoa(number) }

// endSection ends the heading that began with section: its words are the
// title of the section. A heading without words is no section.
func (w *bodyWriter) endSection() {
	if w.open < len(w.pages) {
		w.pages = w.pages[:len(w.pages)-1]
		w.sections--
	} else if last := len(w.pages) - 1; last >= 0 {
		p := &w.pages[last]
		p.Title = strings.Join(strings.Fields(w.b.String()[p.Offset:]), " ")
	}
	w.need(paragraphGap)
}

// document returns a document with what was written.
func (w *bodyWriter) document() *corpus.Document {
	for ; w.open < len(w.pages); w.open++ {
		w.pages[w.open].Offset = w.b.Len()
	}
	return &corpus.Document{Body: w.b.String(), Pages: w.pages}
}

// cleanLine replaces what looks like a blank by one, except tabs, and drops
// what cannot be seen.
func cleanLine(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= ' ' && s[i] < 0x7f || s[i] == '\t' || s[i] == '\n'
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case isDropped(r):
			return -1
		}
		return r
	}, s)
}

// cleanWords returns s as one line in the normal form of a body.
func cleanWords(s string) string {
	var w bodyWriter
	w.words(s)
	return w.b.String()
}

// isDropped reports whether a character has no place in a body: controls, soft
// hyphens, byte order marks, zero width spaces, word joiners and directional
// marks.
func isDropped(r rune) bool {
	switch {
	case r == '\u00AD', r == '\uFEFF', r == '\u200B', r == '\u2060', r == '\u200E', r == '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return unicode.IsControl(r) && !unicode.IsSpace(r)
}
