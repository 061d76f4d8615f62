package bleve

import (
	"fmt"
	"strings"

	"rapport/search"
	"rapport/search/analysis"
)

// A position says where a word stands in a record. Titles and bodies share
// one space: titles begin at 0, and bodies at the first multiple of
// titleZone that is at least titleGap behind the title. A title that does not
// fit into titleZone begins at longTitle, and the body behind it at longBody.
const (
	titleZone = 64
	titleGap  = 32
	longTitle = 1 << 27
	longBody  = 1 << 28
	// titleWeight is the Title of search.DefaultRanking: weights are part of
	// the index.
	titleWeight = 3
)

// titleStart returns the position of the first word of a title.
func (b *builder) titleStart(title string) uint32 {
	if len(title) > titleZone && b.scan(title, 0, func(*analysis.Token, uint32) {}) > titleZone {
		return longTitle
	}
	return 0
}

// bodyStart returns the position of the first word of the body behind a title
// of so many words.
func bodyStart(titleWords int) uint32 {
	if titleWords > titleZone {
		return longBody
	}
	return uint32(titleWords+titleGap+titleZone-1) / titleZone * titleZone
}

// inTitle reports whether a position is one of titles.
func inTitle(at uint32) bool { return at < titleZone || longTitle <= at && at < longBody }

// sameZone reports whether two positions are both in the title or both not.
func sameZone(a, b uint32) bool { return inTitle(a) == inTitle(b) }

// place is a place in a phrase: any of the terms of a field may stand there.
type place struct {
	field string
	terms []string
	// Uniform places, which prefixes are, may stand for very many terms. How
	// often each occurs in a record does not matter.
	uniform bool
}

// key is the same for places that the same words may take.
func (p place) key() string { return p.field + "\x00" + strings.Join(p.terms, "\x00") }

// variant is a sequence of places at consecutive positions, which may be out
// of place by slop moves in all.
type variant struct {
	places []place
	slop   int
}

// text compiles what matches words.
func (e *evaluation) text(q search.Query) (node, error) {
	if near, ok := q.(search.Near); ok {
		return e.near(near)
	}
	n := &spanNode{label: q.String()}
	if err := e.variants(n, q); err != nil {
		return nil, err
	}
	if len(n.variants) == 0 {
		return noneNode{}, nil
	}
	return n, n.prepare(e)
}

// variants adds the forms of a question to those of a node, which match and
// score as one term.
func (e *evaluation) variants(n *spanNode, q search.Query) error {
	switch q := q.(type) {
	case search.Word:
		return e.words(n, q.Field, q.Text, q.Exact, 0)
	case search.Phrase:
		return e.words(n, q.Field, q.Text, q.Exact, q.Slop)
	case search.Prefix:
		return e.prefix(n, q)
	case search.Fuzzy:
		return e.fuzzy(n, q)
	case search.Either:
		return e.forms(n, q.Forms)
	case search.Or:
		return e.forms(n, q.Clauses)
	}
	return fmt.Errorf("%s cannot be one of several forms of a word", q)
}

func (e *evaluation) forms(n *spanNode, forms []search.Query) error {
	for _, f := range forms {
		if e.nodes++; e.nodes > maxNodes {
			return tooExpensive("it has more than %d words and operators: shorten it", maxNodes)
		}
		if err := e.variants(n, f); err != nil {
			return err
		}
	}
	return nil
}

// words adds a word or phrase: the sequences that analysis makes of it, each
// word as the set of its stems over the languages of the index.
func (e *evaluation) words(n *spanNode, field, text string, exact bool, slop int) error {
	name, ok := textField(e.kind, field, exact)
	if !ok {
		return nil
	}
	var languages []string
	if !exact {
		var err error
		if languages, err = e.languages(); err != nil {
			return err
		}
	}
	for _, terms := range analysis.Query(text) {
		v := variant{slop: slop}
		if e.nodes += len(terms) - 1; e.nodes > maxNodes {
			return tooExpensive("it has more than %d words and operators: shorten it", maxNodes)
		}
		for _, term := range terms {
			s := place{field: name, terms: []string{term}}
			if !exact {
				s.terms = analysis.Stems(term, languages)
			}
			v.places = append(v.places, s)
		}
		n.variants = append(n.variants, v)
	}
	return nil
}

// languages returns the languages whose stems the index may hold: English,
// and those of the documents that are live.
func (e *evaluation) languages() ([]string, error) {
	counts, err := e.view.counts(search.Documents, search.FieldLang)
	if err != nil {
		return nil, err
	}
	g, err := e.view.values(search.FieldLang)
	if err != nil {
		return nil, err
	}
	languages := []string{analysis.English}
	for i, lang := range g.terms {
		if counts[i] > 0 && lang != analysis.English {
			languages = append(languages, lang)
		}
	}
	return languages, nil
}
