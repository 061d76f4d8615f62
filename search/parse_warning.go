package search

import (
	"fmt"
	"unicode/utf8"
)

// maxWarnings is how many warnings of one question are given in full.
const maxWarnings = 20

// warnings collects what was read in another way than it was typed.
type warnings struct {
	list []Warning // positions in the source until finish
	more int       // beyond maxWarnings
	at   int       // of the first one beyond
}

// add adds a warning about the place in the source.
func (w *warnings) add(pos int, message string) {
	if len(w.list) < maxWarnings {
		w.list = append(w.list, Warning{Position: pos, Message: message})
		return
	}
	if w.more == 0 {
		w.at = pos
	}
	w.more++
}

// correct adds to the last warning which value was typed, if only one is meant.
func (w *warnings) correct(typed string, near []string) {
	if w.more == 0 && len(w.list) > 0 && len(near) == 1 {
		last := &w.list[len(w.list)-1]
		last.typed, last.meant = typed, near[0]
	}
}

// wordless adds a warning about a piece without any letter or digit.
func (w *warnings) wordless(pos int, piece string) {
	if len(w.list) >= maxWarnings {
		w.add(pos, "")
		return
	}
	w.add(pos, shorten(piece)+" holds no letter and no digit; it is left out")
}

// finish returns the warnings in order of position.
func (w *warnings) finish(s *source) []Warning {
	if w.more > 0 {
		w.list = append(w.list, Warning{Position: w.at, Message: fmt.Sprintf("%d more places are read in another way than typed", w.more)})
	}
	for i := range w.list {
		w.list[i].Position = s.offset(w.list[i].Position)
	}
	sortWarnings(w.list)
	return w.list
}

// shorten returns at most 30 characters of s in quotation marks.
func shorten(s string) string {
	const most = 30
	if utf8.RuneCountInString(s) <= most {
		return "“" + s + "”"
	}
	n := 0
	for i := range s {
		if n == most {
			s = s[:i]
			break
		}
		n++
	}
	return "“" + s + "…”"
}
