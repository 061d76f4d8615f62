package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search/analysis"
)

// maxForms is the number of synonyms that one question gets. What comes after
// them stays as it was typed.
const maxForms = 500

// Expand adds to the words of a question what else they are called in the
// taxonomy, and lists what it added.
//
// A word becomes an Either of itself and its synonyms. Several words side by
// side that are a name together, South Korea, become an Or of the words, all
// of them wherever they stand, and of an Either of the name as a phrase and
// its synonyms; that Or prints as the words do. The longest name wins. What
// is quoted, marked with =, or abbreviated by * or ~ means only itself, and
// so does what is typed under an OR of single words: there, each word is
// taken alone.
//
// Left out are synonyms that hold the term itself, because it finds them
// anyway; single words that stand in another name of the same thing ("Korea"
// of "South Korea"), because they find more than is meant; and capitals that in lower case are an everyday word ("ACT"), since
// an index does not tell them apart; such a word is expanded only when it is
// typed in capitals. Other capitals are searched without stemming.
func Expand(q Query, t *corpus.Taxonomy) (Query, []Expansion) {
	if t == nil || t.MaxSynonymWords() == 0 {
		return q, nil
	}
	e := expander{taxonomy: t, listed: map[string]bool{}}
	q = e.expand(q)
	return q, e.list
}

type expander struct {
	taxonomy *corpus.Taxonomy
	forms    int
	list     []Expansion
	listed   map[string]bool
}

func (e *expander) expand(q Query) Query {
	switch q := q.(type) {
	case Word:
		return e.word(q)
	case Not:
		return Not{Clause: e.expand(q.Clause)}
	case Near:
		return Near{Left: e.expand(q.Left), Right: e.expand(q.Right), Distance: q.Distance}
	case Or:
		list := make([]Query, len(q.Clauses))
		for i, c := range q.Clauses {
			list[i] = e.expand(c)
		}
		return Or{Clauses: list}
	case And:
		return conjunctionOf(e.conjuncts(q.Clauses))
	}
	return q
}

// conjunctionOf returns the And of expanded clauses, of which there is at
// least one.
func conjunctionOf(list []Query) Query {
	if len(list) == 1 {
		return list[0]
	}
	return And{Clauses: list}
}

// word expands a single word.
func (e *expander) word(w Word) Query {
	if w.Exact {
		return w
	}
	if synonyms := e.synonyms(w.Field, w.Text); len(synonyms) > 0 {
		return Either{Forms: append([]Query{w}, synonyms...)}
	}
	return w
}

// conjuncts expands the clauses of an And, names of several words first.
func (e *expander) conjuncts(list []Query) []Query {
	expanded := make([]Query, 0, len(list))
	for i := 0; i < len(list); {
		name, n := e.name(list[i:])
		if n > 0 {
			expanded = append(expanded, name)
			i += n
			continue
		}
		expanded = append(expanded, e.expand(list[i]))
		i++
	}
	return expanded
}

// name expands the longest name that the clauses begin with, and returns the
// number of its words, 0 for none.
func (e *expander) name(list []Query) (Query, int) {
	var words []string
	field := ""
	for _, q := range list[:min(len(list), e.taxonomy.MaxSynonymWords())] {
		w, ok := q.(Word)
		if !ok || w.Exact || len(words) > 0 && w.Field != field {
			break
		}
		field = w.Field
		words = append(words, w.Text)
	}
	for n := len(words); n > 1; n-- {
		name := strings.Join(words[:n], " ")
		if synonyms := e.synonyms(field, name); len(synonyms) > 0 {
			typed := Phrase{Field: field, Text: name}
			return Or{Clauses: []Query{
				And{Clauses: slices.Clone(list[:n])},
				Either{Forms: append([]Query{typed}, synonyms...)},
			}}, n
		}
	}
	return nil, 0
}

// typedName returns the words of a name that Expand added synonyms to, and
// whether the query is such a name.
func typedName(q Or) (And, bool) {
	if len(q.Clauses) != 2 {
		return And{}, false
	}
	typed, isAnd := q.Clauses[0].(And)
	either, isEither := q.Clauses[1].(Either)
	if !isAnd || !isEither || len(either.Forms) < 2 {
		return And{}, false
	}
	words := make([]string, len(typed.Clauses))
	for i, c := range typed.Clauses {
		w, ok := c.(Word)
		if !ok {
			return And{}, false
		}
		words[i] = w.Text
	}
	phrase, ok := either.Forms[0].(Phrase)
	return typed, ok && phrase.Text == strings.Join(words, " ")
}

// synonyms returns what else a term is called, and lists it.
func (e *expander) synonyms(field, term string) []Query {
	all := e.taxonomy.Synonyms(term)
	if len(all) == 0 || everyday(term) && term != strings.ToUpper(term) || holdsSymbol(term) {
		return nil
	}
	var forms []Query
	var means []string
	for _, s := range all {
		if e.forms+len(forms) >= maxForms {
			break
		}
		if holds(s, term) || isBroader(s, term, all) || everyday(s) && !strings.ContainsFunc(s, unicode.IsLower) || !isWordy(s) {
			continue
		}
		means = append(means, s)
		if strings.ContainsFunc(s, unicode.IsSpace) {
			forms = append(forms, Phrase{Field: field, Text: s})
		} else {
			forms = append(forms, Word{Field: field, Text: s, Exact: isAcronym(s)})
		}
	}
	e.forms += len(forms)
	if len(means) > 0 && !e.listed[term] {
		e.listed[term] = true
		e.list = append(e.list, Expansion{Term: term, Means: means})
	}
	return forms
}

// holdsSymbol reports whether one of the words of a text is an emoji. The
// taxonomy does not see it beside a name, but documents must hold it.
func holdsSymbol(text string) bool {
	return slices.ContainsFunc(analysis.Terms(text), func(term string) bool {
		return !strings.ContainsFunc(term, isLetter)
	})
}

// holds reports whether a synonym holds the words of the term side by side.
func holds(synonym, term string) bool {
	return strings.Contains(" "+folded(synonym)+" ", " "+folded(term)+" ")
}

// isBroader reports whether a synonym is a single word of the term or of
// another of its names.
func isBroader(synonym, term string, names []string) bool {
	word := folded(synonym)
	if strings.Contains(word, " ") {
		return false
	}
	return holds(term, synonym) || slices.ContainsFunc(names, func(name string) bool {
		return folded(name) != word && holds(name, synonym)
	})
}

func folded(text string) string { return strings.Join(analysis.Terms(text), " ") }

// isAcronym reports whether a word has two capitals or more and no small
// letter but a plural's s.
func isAcronym(word string) bool {
	word = strings.TrimSuffix(word, "s")
	return utf8.RuneCountInString(word) > 1 && strings.ToUpper(word) == word && strings.ContainsFunc(word, unicode.IsUpper)
}

// everyday reports whether a text in lower case is a word that every text in
// English holds, or that means something else than the same letters in
// capitals.
func everyday(text string) bool {
	switch strings.ToLower(text) {
	case "a", "act", "aid", "aim", "all", "am", "an", "and", "are", "arm", "as", "at", "base", "be", "but", "by", "can",
		"care", "cap", "deep", "do", "fact", "fast", "for", "get", "go", "had", "has", "he", "her", "his", "i", "if", "in", "is",
		"it", "its", "last", "may", "me", "my", "no", "nor", "not", "now", "of", "on", "one", "or", "our", "out", "pace",
		"past", "safe", "she", "shape", "so", "some", "start", "the", "then", "they", "to", "unit", "up", "us", "was",
		"we", "were", "what", "who", "will", "with", "you":
		return true
	}
	return false
}
