package search

import "slices"

// The bounds of relaxation.
const (
	// shortQuestion is the number of words up to which a question is a choice
	// of words, each of which matters. Longer ones are prose, of which any
	// document lacks some words.
	shortQuestion = 4
	// longAnswer is how many documents the answer to prose must have to choose
	// the best from. On test collections the ranking of the best among fewer
	// is clearly worse than among all that hold any word.
	longAnswer = 1000
)

// match decides how many words of the question a document must have.
//
// In MatchAuto a document must have all. When none has, as many as possible:
// of a short question the largest number that some document has, of a longer
// one the largest that a thousand documents have, so that the best of them
// can be ranked. It is decided on the words alone over the whole index, whatever
// the filters and the required values of fields, and pinned in the cursor, so
// that counts of facets and further pages are of the same question.
func (a *asking) match() error {
	read := &a.result.Read
	words, _ := Clauses(a.expanded)
	n := len(words)
	mode := a.request.Match
	switch {
	case a.cursor != nil:
		mode, read.Relaxed = a.cursor.Match, a.cursor.Relaxed
	case mode == MatchAuto && n > 1:
		levels, err := a.snapshot.Levels(a.ctx, words)
		if err != nil {
			return err
		}
		least := enough(levels)
		mode, read.Relaxed = MatchSome(least, n), least < n
	}
	if mode == MatchAuto {
		mode = MatchAll
	}
	if _, _, some := mode.Number(); some {
		mode = effective(mode, n)
		read.Relaxed = mode != MatchAll
	}
	read.Match = mode
	read.Expanded = Relax(a.expanded, mode)
	return nil
}

// effective returns what a mode means for a question of n words: one such as
// "2of3", written for another number of words, asks for no more than there are.
func effective(mode MatchMode, n int) MatchMode {
	least, of, some := mode.Number()
	if !some {
		return mode
	}
	if of != n {
		least = min(least, max(n, 1))
	}
	return MatchSome(least, n)
}

// enough returns how many clauses to ask for, given how many documents match
// at least 1, 2 ... of them: all when any document does, and when none matches
// even one.
func enough(levels []int) int {
	n := len(levels)
	if n == 0 || levels[n-1] > 0 || levels[0] == 0 {
		return n
	}
	wanted := 1
	if n > shortQuestion {
		wanted = longAnswer
	}
	for k := n - 1; k > 1; k-- {
		if levels[k-1] >= wanted {
			return k
		}
	}
	return 1
}

// missing notes for each hit which words of a relaxed question it lacks.
func (a *asking) missing() error {
	words, _ := Clauses(a.expanded)
	if a.result.Read.Match == MatchAll || len(words) < 2 || len(a.result.Hits) == 0 {
		return nil
	}
	var shown []Query
	for _, h := range a.result.Hits {
		shown = append(shown, Value{Field: FieldID, Value: string(h.Document.ID)})
	}
	for _, w := range words {
		found, err := a.snapshot.Search(a.ctx, Plan{
			Kind: Documents, Query: And{Clauses: []Query{Or{Clauses: shown}, w}}, Limit: len(shown),
		})
		if err != nil {
			return err
		}
		for i := range a.result.Hits {
			h := &a.result.Hits[i]
			if !slices.ContainsFunc(found.Hits, func(f Hit) bool { return f.Document.ID == h.Document.ID }) {
				h.Missing = append(h.Missing, w.String())
			}
		}
	}
	return nil
}
