package search

import (
	"fmt"
	"iter"
	"strings"
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

// nearest returns the name closest to s by edit distance: at most 1 for a
// name of up to five letters, 2 for a longer one. It returns the first of
// equally close ones, and "" when none is close.
func nearest(s string, names iter.Seq[string]) string {
	best, least := "", 3
	for name := range names {
		most := 2
		if len(name) <= 5 {
			most = 1
		}
		if d := editDistance(strings.ToLower(s), strings.ToLower(name)); d <= most && d < least {
			best, least = name, d
		}
	}
	return best
}

// editDistance returns the number of letters to change, add, take away or
// swap with their neighbour to make b of a (optimal string alignment). Texts
// longer than 64 bytes count as 64 apart.
func editDistance(a, b string) int {
	const most = 64
	if len(a) > most || len(b) > most {
		return most
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
