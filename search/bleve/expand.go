package bleve

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"

	"rapport/search"
	"rapport/search/analysis"
)

// The limits of words that stand for many.
const (
	minPrefix   = 2  // letters
	fuzzyTwo    = 8  // letters from which on two edits are allowed
	maxFuzzyLen = 64 // bytes
)

// prefix adds all words that begin with a prefix.
func (e *evaluation) prefix(n *spanNode, q search.Prefix) error {
	field, ok := textField(e.kind, q.Field, true)
	folded := analysis.Terms(q.Text)
	if !ok || len(folded) == 0 {
		return nil
	}
	// Words before the last are whole, as in "trust-fu*".
	v := variant{}
	for _, term := range folded[:len(folded)-1] {
		v.places = append(v.places, place{field: field, terms: []string{term}})
	}
	last := folded[len(folded)-1]
	if utf8.RuneCountInString(last) < minPrefix {
		return tooExpensive("%s* stands for too many words: give at least %d letters", last, minPrefix)
	}
	terms, ok, err := e.remembered(field, last+"*")
	if !ok {
		terms, err = e.expand(field, nil, []byte(last), after(last), last+"*")
	}
	if err != nil {
		return err
	}
	v.places = append(v.places, place{field: field, terms: terms, uniform: true})
	n.variants = append(n.variants, v)
	return nil
}

// fuzzy adds what the word finds as it is, and all words within one or two edits
// of it, the first letter of which must agree.
func (e *evaluation) fuzzy(n *spanNode, q search.Fuzzy) error {
	if err := e.words(n, q.Field, q.Text, false, 0); err != nil {
		return err
	}
	field, ok := textField(e.kind, q.Field, true)
	folded := analysis.Terms(q.Text)
	if !ok || len(folded) == 0 {
		return nil
	}
	v := variant{}
	for _, term := range folded {
		terms, err := e.similar(field, term)
		if err == nil && len(folded) == 1 {
			terms, err = e.others(field, term, terms)
		}
		if err != nil {
			return err
		}
		v.places = append(v.places, place{field: field, terms: terms})
	}
	n.variants = append(n.variants, v)
	return nil
}

// similar returns the words of the index that are close to a word.
func (e *evaluation) similar(field, term string) ([]string, error) {
	if len(term) > maxFuzzyLen {
		return []string{term}, nil
	}
	what := term + "~"
	if terms, ok, err := e.remembered(field, what); ok {
		return terms, err
	}
	distance := 1
	if utf8.RuneCountInString(term) >= fuzzyTwo {
		distance = 2
	}
	dfa, err := e.view.index.fuzzy.of(term, distance)
	if err != nil {
		return nil, err
	}
	_, size := utf8.DecodeRuneInString(term)
	return e.expand(field, dfa, []byte(term[:size]), after(term[:size]), what)
}

// others returns the words, similar to a term, that have another stem than it in
// some language of the index. The rest are found by their stem, and would count
// twice.
func (e *evaluation) others(field, term string, similar []string) ([]string, error) {
	what := term + "~ but not its forms"
	if terms, ok := e.view.expanded.get(field, what); ok {
		return terms, nil
	}
	languages, err := e.languages()
	if err != nil {
		return nil, err
	}
	stems := analysis.Stems(term, languages)
	others := make([]string, 0, len(similar))
	for _, word := range similar {
		if slices.ContainsFunc(analysis.Stems(word, languages), func(stem string) bool { return !slices.Contains(stems, stem) }) {
			others = append(others, word)
		}
	}
	e.view.expanded.put(field, what, others)
	return others, nil
}

// expand returns the terms of a field that an automaton accepts, from start
// up to but not including end, over all segments. It counts them in the
// dictionaries, before any postings are read, and refuses too many.
func (e *evaluation) expand(field string, a vellum.Automaton, start, end []byte, what string) ([]string, error) {
	if e.open++; e.open > maxOpen {
		return nil, tooExpensive("more than %d of its words stand for several, as with * and ~: write some of them out", maxOpen)
	}
	seen := map[string]bool{}
	var terms []string
	for _, s := range e.view.segs {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		d, err := s.dictionary(field)
		if err != nil {
			return nil, err
		}
		err = d.each(a, start, end, func(t entry) (bool, error) {
			if seen[string(t.term)] {
				return true, nil
			}
			if e.expansion++; e.expansion > maxExpansion {
				return false, tooManyWords(what)
			}
			if e.expansion%1024 == 0 && e.ctx.Err() != nil {
				return false, e.ctx.Err()
			}
			term := string(t.term)
			seen[term] = true
			terms = append(terms, term)
			return true, nil
		})
		if err != nil {
			return nil, err
		}
	}
	e.view.expanded.put(field, what, terms)
	return terms, nil
}

// remembered returns the words that what stands for, when they were looked up
// lately. They count as if they were looked up again.
func (e *evaluation) remembered(field, what string) (terms []string, ok bool, err error) {
	if terms, ok = e.view.expanded.get(field, what); !ok {
		return nil, false, nil
	}
	if e.expansion += len(terms); e.expansion > maxExpansion {
		return nil, true, tooManyWords(what)
	}
	return terms, true, nil
}

func tooManyWords(what string) error {
	return tooExpensive("%s stands for more than %d words: give more letters", what, maxExpansion)
}

// keptTermsOfExpansions is how many words the expansions that a view remembers
// stand for together: more than those of one question, over documents and over
// facts. Making one page asks for the same words once for the hits, once for
// each word of the question and once for the snippets of each hit.
const keptTermsOfExpansions = 3 * maxExpansion

// expansions remembers the words that the latest prefixes and fuzzy words of
// a view stand for.
type expansions struct {
	mu    sync.Mutex
	known map[expansion][]string // never changed
	order []expansion            // the latest last
	terms int
}

type expansion struct{ field, what string }

func (x *expansions) get(field, what string) ([]string, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	terms, ok := x.known[expansion{field, what}]
	return terms, ok
}

func (x *expansions) put(field, what string, terms []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	name := expansion{field, what}
	if _, ok := x.known[name]; ok {
		return
	}
	if x.known == nil {
		x.known = map[expansion][]string{}
	}
	x.known[name] = terms
	x.order = append(x.order, name)
	for x.terms += 1 + len(terms); x.terms > keptTermsOfExpansions; {
		oldest := x.order[0]
		x.order = x.order[1:]
		x.terms -= 1 + len(x.known[oldest])
		delete(x.known, oldest)
	}
}

// automata makes Levenshtein automata. Its tables are built on first use.
type automata struct {
	once     [2]sync.Once
	builders [2]*levenshtein.LevenshteinAutomatonBuilder
	errs     [2]error
}

// of returns the automaton that accepts what is at most distance edits (1 or
// 2; a transposition is one) from the term.
func (f *automata) of(term string, distance int) (vellum.Automaton, error) {
	i := distance - 1
	f.once[i].Do(func() {
		f.builders[i], f.errs[i] = levenshtein.NewLevenshteinAutomatonBuilder(uint8(distance), true)
	})
	if f.errs[i] != nil {
		return nil, f.errs[i]
	}
	return f.builders[i].BuildDfa(term, uint8(distance))
}
