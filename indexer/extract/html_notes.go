package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noteLink is a link within the page that may be the mark of a note: what it
// says so far, and whether that is raised or called a mark.
type noteLink struct {
	text   strings.Builder
	raised bool
}

// noteMark matches what marks of notes say.
var noteMark = regexp.MustCompile(`^[\[(]?(?:[0-9]{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})[\])]?$`)

// inlineElements are those that a mark of a note may be made of.
var inlineElements = map[atom.Atom]bool{atom.Sup: true, atom.Span: true, atom.B: true, atom.I: true, atom.Em: true, atom.Strong: true, atom.Small: true, atom.Font: true, atom.U: true}

// startLink takes in the beginning of an element that may be the mark of a note,
// or a part of one.
func (r *htmlRenderer) startLink(tag atom.Atom, attrs []html.Attribute) {
	switch {
	case tag == atom.Sup:
		r.sup++
		if r.note != nil {
			r.note.raised = true
		}
	case r.note != nil && !inlineElements[tag]:
		r.endLink()
	}
	if tag == atom.A && r.pre == 0 && strings.HasPrefix(attribute(attrs, "href"), "#") {
		r.note = &noteLink{raised: r.sup > 0 || attribute(attrs, "role") == "doc-noteref" || attribute(attrs, "epub:type") == "noteref"}
	}
}

// endLink writes a link that ended. The mark of a note is no part of the
// sentence that it stands in, and one that is not raised no part of a word.
func (r *htmlRenderer) endLink() {
	if r.note == nil {
		return
	}
	text, raised := r.note.text.String(), r.note.raised
	r.note = nil
	if !noteMark.MatchString(strings.TrimSpace(text)) {
		r.w.words(text)
		return
	}
	if !raised {
		r.w.need(wordGap)
		r.w.words(text)
		r.w.need(wordGap)
	}
}
