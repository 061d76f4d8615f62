package search

import (
	"context"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search/analysis"
)

// SuggestionKind says what a suggestion is.
type SuggestionKind string

// The kinds of suggestions, in the order in which they come.
const (
	SuggestPartner SuggestionKind = "partner"
	SuggestTopic   SuggestionKind = "topic"
	SuggestTitle   SuggestionKind = "title"
	SuggestTerm    SuggestionKind = "term"
)

// Suggestion completes what is being typed.
type Suggestion struct {
	Kind SuggestionKind `json:"kind"`
	// Text is a name, a title, or for a term the question with its last word
	// completed.
	Text string `json:"text"`
	// ID is that of the partner, topic or document.
	ID string `json:"id,omitempty"`
	// Documents is how many documents hold a term.
	Documents int `json:"documents,omitempty"`
}

// The bounds of suggestions.
const (
	minSuggested   = 2   // characters
	maxSuggested   = 200 // bytes
	maxNames       = 5   // partners and topics
	maxTitles      = 4
	defaultSuggest = 10
)

// Suggest returns up to limit completions of what is being typed, 0 means 10:
// partners and topics of which a name, or a word of it, begins like the text,
// then titles, then terms that complete the last word, the commonest first.
// Texts of fewer than two letters have none.
func Suggest(ctx context.Context, s Snapshot, text string, limit int) ([]Suggestion, error) {
	if limit <= 0 {
		limit = defaultSuggest
	}
	folded := strings.Join(analysis.Terms(text), " ")
	if utf8.RuneCountInString(folded) < minSuggested || len(text) > maxSuggested {
		return nil, nil
	}
	list := suggestNames(s.Taxonomy(), folded)
	titles, err := s.Terms(ctx, Lookup{Field: FieldTitle, Prefix: folded, Limit: maxTitles})
	if err != nil {
		return nil, err
	}
	for _, t := range titles {
		list = append(list, Suggestion{Kind: SuggestTitle, Text: t.Text, ID: string(t.ID)})
	}
	before, word := lastWord(text)
	if utf8.RuneCountInString(word) >= minSuggested && len(list) < limit {
		terms, err := s.Terms(ctx, Lookup{Prefix: word, Limit: limit - len(list)})
		if err != nil {
			return nil, err
		}
		for _, t := range terms {
			list = append(list, Suggestion{Kind: SuggestTerm, Text: before + t.Text, Documents: t.Documents})
		}
	}
	return list[:min(limit, len(list))], nil
}

// suggestNames returns the partners and topics with a name of which some word
// begins the folded text: names that begin with it before the others.
func suggestNames(t *corpus.Taxonomy, folded string) []Suggestion {
	var first, later []Suggestion
	add := func(s Suggestion, names ...string) {
		switch fit := bestFit(folded, names); {
		case fit == fitStart:
			first = append(first, s)
		case fit == fitWord:
			later = append(later, s)
		}
	}
	for _, p := range t.Partners {
		names := append([]string{p.Name, p.Official}, p.Aliases...)
		add(Suggestion{Kind: SuggestPartner, Text: p.Name, ID: string(p.ID)}, names...)
	}
	for _, tp := range t.Topics {
		add(Suggestion{Kind: SuggestTopic, Text: tp.Label, ID: string(tp.ID)}, append([]string{tp.Label}, tp.Aliases...)...)
	}
	for _, g := range t.Groups {
		add(Suggestion{Kind: SuggestTopic, Text: g.Label, ID: string(g.ID)}, g.Label)
	}
	list := append(first, later...)
	return list[:min(len(list), maxNames)]
}

// How a name fits what is typed.
const (
	fitNone = iota
	fitWord
	fitStart
)

func bestFit(folded string, names []string) int {
	best := fitNone
	for _, name := range names {
		name = strings.Join(analysis.Terms(name), " ")
		switch {
		case strings.HasPrefix(name, folded):
			return fitStart
		case strings.Contains(name, " "+folded):
			best = fitWord
		}
	}
	return best
}

// lastWord splits a text before the word that it ends with. The word is
// folded and empty when the text does not end with one.
func lastWord(text string) (before, word string) {
	var s analysis.Scanner
	s.Reset(text)
	start := len(text)
	for t := (analysis.Token{}); s.Next(&t); {
		if !t.Joined && t.End == len(text) {
			start, word = t.Start, string(t.Term)
		}
	}
	return text[:start], word
}
