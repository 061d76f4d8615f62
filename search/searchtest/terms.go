package searchtest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/search"
	"rapport/search/analysis"
)

// term is a part of a question that matches words and scores as one.
type term struct {
	query search.Query
	forms []form
	// left, right and distance are set, and forms is not, for a Near.
	left, right *term
	distance    int
	weight      float64
}

// form is a sequence of places, any word of each of which may stand there.
type form struct {
	titles  bool // in the title only
	exact   bool // places are words, else stems
	uniform bool // counts once, however often it stands there
	places  []map[string]bool
	slop    int
}

// span is a stretch of positions, both inclusive.
type span struct{ from, to int }

// newTerm reads a Word, Phrase, Near, Prefix, Fuzzy, Either, or Or of such.
func (e *evaluation) newTerm(q search.Query) *term {
	t := &term{query: q}
	if near, ok := q.(search.Near); ok {
		t.left, t.right, t.distance = e.newTerm(near.Left), e.newTerm(near.Right), near.Distance
		t.weight = t.left.weight + t.right.weight
		return t
	}
	t.forms = e.forms(q)
	held := 0
	for _, r := range e.records {
		if slices.ContainsFunc(t.forms, func(f form) bool { return f.held(r) }) {
			held++
		}
	}
	t.weight = e.ranking.Weight(len(e.records), held)
	return t
}

func (e *evaluation) forms(q search.Query) []form {
	switch q := q.(type) {
	case search.Word:
		return e.words(q.Field, q.Text, q.Exact, 0)
	case search.Phrase:
		return e.words(q.Field, q.Text, q.Exact, q.Slop)
	case search.Prefix:
		prefix := strings.Join(analysis.Terms(q.Text), "")
		return e.expand(q.Field, true, func(word string) bool { return prefix != "" && strings.HasPrefix(word, prefix) })
	case search.Fuzzy:
		return append(e.words(q.Field, q.Text, false, 0), e.expand(q.Field, false, e.otherThan(strings.Join(analysis.Terms(q.Text), "")))...)
	case search.Either:
		return e.all(q.Forms)
	case search.Or:
		return e.all(q.Clauses)
	}
	return nil
}

func (e *evaluation) all(queries []search.Query) []form {
	var forms []form
	for _, q := range queries {
		forms = append(forms, e.forms(q)...)
	}
	return forms
}

func (e *evaluation) words(field, text string, exact bool, slop int) []form {
	var forms []form
	for _, words := range analysis.Query(text) {
		f := form{titles: field == search.FieldTitle, exact: exact, slop: slop}
		for _, w := range words {
			place := map[string]bool{}
			if exact {
				place[w] = true
			} else {
				for _, s := range analysis.Stems(w, e.languages) {
					place[s] = true
				}
			}
			f.places = append(f.places, place)
		}
		forms = append(forms, f)
	}
	return forms
}

// expand returns the form of all words of the records that fit.
func (e *evaluation) expand(field string, uniform bool, fits func(string) bool) []form {
	f := form{titles: field == search.FieldTitle, exact: true, uniform: uniform}
	place := map[string]bool{}
	for _, r := range e.records {
		for _, t := range r.tokens {
			if fits(t.word) {
				place[t.word] = true
			}
		}
	}
	f.places = append(f.places, place)
	return []form{f}
}

// otherThan reports words close to a word that have another stem in some
// language: those with its stem are forms of the word itself.
func (e *evaluation) otherThan(text string) func(string) bool {
	stems, near := analysis.Stems(text, e.languages), closeTo(text)
	return func(word string) bool {
		return near(word) && slices.ContainsFunc(analysis.Stems(word, e.languages), func(s string) bool { return !slices.Contains(stems, s) })
	}
}

// closeTo reports words within the edit distance of a Fuzzy.
func closeTo(text string) func(string) bool {
	limit := 1
	if utf8.RuneCountInString(text) >= 8 {
		limit = 2
	}
	first, _ := utf8.DecodeRuneInString(text)
	return func(word string) bool {
		r, _ := utf8.DecodeRuneInString(word)
		return text != "" && r == first && distance([]rune(text), []rune(word)) <= limit
	}
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours between two words.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			if i == 0 || j == 0 {
				rows[i][j] = i + j
				continue
			}
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			best := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				best = min(best, rows[i-2][j-2]+1)
			}
			rows[i][j] = best
		}
	}
	return rows[len(a)][len(b)]
}

// at lists the positions of a place in a record, in order.
func (f form) at(r *record, place map[string]bool) []int {
	by := r.stems
	if f.exact {
		by = r.words
	}
	var positions []int
	for name := range place {
		for _, i := range by[name] {
			if t := r.tokens[i]; t.title || !f.titles {
				positions = append(positions, t.position)
			}
		}
	}
	slices.Sort(positions)
	return positions
}

func (f form) name(t token) string {
	if f.exact {
		return t.word
	}
	return t.stem
}

// fits reports whether a token may stand at some place of the form.
func (f form) fits(t token) bool {
	return slices.ContainsFunc(f.places, func(place map[string]bool) bool { return place[f.name(t)] })
}

// held reports whether a record has a word for every place, in any order.
func (f form) held(r *record) bool {
	for _, place := range f.places {
		if len(f.at(r, place)) == 0 {
			return false
		}
	}
	return len(f.places) > 0
}
