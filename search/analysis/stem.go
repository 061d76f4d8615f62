package analysis

import (
	"slices"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/turkish"
)

// English is the language whose stemmer is used for texts of unknown language.
const English = "en"

// stemmer returns the Snowball algorithm (snowballstem.org) of a language,
// nil for languages without one. Unknown languages count as English.
func stemmer(lang string) func(*snowballstem.Env) bool {
	switch lang {
	case "", English:
		return english.Stem
	case "de":
		return german.Stem
	case "es":
		return spanish.Stem
	case "fr":
		return french.Stem
	case "it":
		return italian.Stem
	case "ru":
		return russian.Stem
	case "tr":
		return turkish.Stem
	}
	return nil
}

// Stem returns the stem of a folded term in a language (ISO 639-1; empty is
// English). Terms of fewer than three bytes, terms with anything but letters,
// and terms in languages without a stemmer are their own stems.
func Stem(lang, term string) string {
	algorithm := stemmer(lang)
	if algorithm == nil || !stemmable(term) {
		return term
	}
	env := snowballstem.NewEnv(term)
	algorithm(env)
	if stem := env.Current(); stem != "" {
		return stem
	}
	return term
}

// Stems returns the distinct stems of a folded term over some languages: what
// a word of a question may be in an index of documents in those languages.
func Stems(term string, languages []string) []string {
	stems := make([]string, 0, 2)
	for _, lang := range languages {
		if s := Stem(lang, term); !slices.Contains(stems, s) {
			stems = append(stems, s)
		}
	}
	if len(stems) == 0 {
		stems = append(stems, Stem(English, term))
	}
	return stems
}

// stemmable reports whether a term is a word of letters of an alphabet.
func stemmable(term string) bool {
	if len(term) < 3 || len(term) > 64 {
		return false
	}
	for i := 0; i < len(term); i++ {
		if c := term[i]; c < 'a' || c > 'z' && c < 0x80 {
			return false
		}
	}
	return !IsPair(term)
}

// Stemmer stems the terms of many texts in one language. It remembers what it
// has seen, since a text repeats its words, and is for one goroutine.
type Stemmer struct {
	lang string
	seen map[string][]byte
}

// maxSeen bounds the stems that a Stemmer remembers.
const maxSeen = 1 << 16

// NewStemmer returns a stemmer for a language (ISO 639-1; empty is English).
func NewStemmer(lang string) *Stemmer {
	return &Stemmer{lang: lang, seen: make(map[string][]byte)}
}

// Stem returns the stem of a folded term. The result must not be changed.
func (s *Stemmer) Stem(term []byte) []byte {
	if stem, ok := s.seen[string(term)]; ok {
		return stem
	}
	if len(s.seen) >= maxSeen {
		clear(s.seen)
	}
	word := string(term)
	stem := []byte(Stem(s.lang, word))
	s.seen[word] = stem
	return stem
}
