package search

import (
	"slices"
	"strings"
)

// Place is what a reader of a document sees as one hit: a match, or several
// that overlap or have nothing but spaces between them.
type Place struct{ Offset, End int } // bytes of Body

// Places returns the hits in a body in order of offset.
func Places(body string, matches []Match) []Place {
	var places []Place
	for _, m := range bodyMatches(body, matches) {
		if n := len(places); n > 0 && (m.Offset <= places[n-1].End || onlySpaces(body[places[n-1].End:m.Offset])) {
			places[n-1].End = max(places[n-1].End, m.End)
			continue
		}
		places = append(places, Place{m.Offset, m.End})
	}
	return places
}

func onlySpaces(s string) bool { return len(s) < 4 && strings.Trim(s, " \u00a0") == "" }

// further returns how many hits of a document its snippets do not show, and
// the offset of the first of them.
func further(places []Place, snippets []Snippet) (n, first int) {
	shown := func(p Place) bool {
		return slices.ContainsFunc(snippets, func(s Snippet) bool { return s.Offset < p.End && p.Offset < s.end() })
	}
	for _, p := range places {
		if shown(p) {
			continue
		}
		if n == 0 {
			first = p.Offset
		}
		n++
	}
	return n, first
}

// end returns the offset behind the snippet.
func (s Snippet) end() int {
	end := s.Offset
	for _, span := range s.Spans {
		end += len(span.Text)
	}
	return end
}
