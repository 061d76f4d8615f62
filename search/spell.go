package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search/analysis"
)

// The bounds of spelling suggestions.
const (
	// fewHits is the number of documents below which a better spelling is
	// looked for.
	fewHits = DefaultLimit
	// minSpelled is the length in characters from which a word is corrected.
	minSpelled = 4
	// maxSpelled is how many words of a question are corrected at most: a
	// text of many unknown words is not misspelled, but about something else.
	maxSpelled = 4
	// commoner is how many times more documents must hold the better word.
	commoner = 10
)

// spelling looks for a better spelled question when this one finds few
// documents with all its words. It is suggested only when it finds more.
func (a *asking) spelling() error {
	read := &a.result.Read
	if a.cursor != nil || isBlank(a.request.Text) || a.result.Total >= fewHits && !read.Relaxed {
		return nil
	}
	better, err := a.respell()
	if err != nil || better == "" {
		return err
	}
	query, _ := Read(better, a.snapshot.Taxonomy())
	if !a.request.Verbatim {
		query, _ = Expand(query, a.snapshot.Taxonomy())
	}
	mode, err := a.spellingMode(query)
	if err != nil {
		return err
	}
	count := func(q Query) (int, error) {
		p := a.plan(Documents)
		p.Query = Relax(q, mode)
		found, err := a.snapshot.Search(a.ctx, p)
		if err != nil {
			return 0, err
		}
		return found.Total, nil
	}
	before, err := count(a.expanded)
	if err != nil {
		return err
	}
	after, err := count(query)
	if err != nil {
		return err
	}
	if after > before {
		read.Suggest = better
	}
	return nil
}

// spellingMode returns how many words of a question and of the better spelled
// one a document must have to count: all, unless that finds nothing in either
// way, the question is short, and it may be answered by some of its words. Then
// it is as many as some document has, so that a word that is unknown however it
// is spelled does not hide that another one is misspelled.
func (a *asking) spellingMode(better Query) (MatchMode, error) {
	words, _ := Clauses(better)
	before, _ := Clauses(a.expanded)
	n := len(words)
	if a.request.Match == MatchAll || n < 2 || n > shortQuestion || n != len(before) {
		return MatchAll, nil
	}
	most := 1
	for _, list := range [][]Query{before, words} {
		levels, err := a.snapshot.Levels(a.ctx, list)
		if err != nil {
			return MatchAll, err
		}
		for k, found := range levels {
			if found > 0 {
				most = max(most, k+1)
			}
		}
	}
	return MatchSome(most, n), nil
}

// edit replaces bytes of a question.
type edit struct {
	start, end int
	text       string
}

// respell returns the text of the question with misspelled words and values
// replaced, empty when there are none.
func (a *asking) respell() (string, error) {
	words, err := a.respelledWords()
	if err != nil {
		return "", err
	}
	edits := append(a.meantValues(), words...)
	slices.SortStableFunc(edits, func(x, y edit) int { return cmp.Compare(x.start, y.start) })
	text := a.request.Text
	var b strings.Builder
	copied := 0
	for _, e := range edits {
		if e.start < copied {
			continue
		}
		b.WriteString(text[copied:e.start])
		b.WriteString(e.text)
		copied = e.end
	}
	if copied == 0 {
		return "", nil
	}
	return b.String() + text[copied:], nil
}

// respelledWords returns what replaces the misspelled words of a question, nothing
// when they are too many.
func (a *asking) respelledWords() ([]edit, error) {
	wanted := plainWords(a.result.Read.Query)
	text := a.request.Text
	var s analysis.Scanner
	s.Reset(text)
	var edits []edit
	passed := 0
	for t := (analysis.Token{}); s.Next(&t); {
		typed := text[t.Start:t.End]
		if t.Joined || t.Start < passed || !wanted[typed] || !correctable(typed) {
			continue
		}
		better, err := a.better(string(t.Term), isASCII(typed))
		if err != nil {
			return nil, err
		}
		if better == "" {
			continue
		}
		edits = append(edits, edit{t.Start, t.End, inCaseOf(typed, better)})
		if len(edits) > maxSpelled {
			return nil, nil
		}
		passed = t.End
	}
	return edits, nil
}

// meantValues returns what replaces the values of a question that do not exist,
// where only one may be meant.
func (a *asking) meantValues() []edit {
	text := a.request.Text
	var edits []edit
	for _, w := range a.result.Read.Warnings {
		end := w.Position + len(w.typed)
		if w.typed == "" || w.Position == 0 || end > len(text) || text[w.Position:end] != w.typed {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:w.Position])
		if quoteFamily(before) == noQuote && strings.ContainsFunc(w.meant, func(r rune) bool { return !isLetter(r) }) {
			if rest := strings.TrimSpace(text[end:]); rest != "" && isLetter(rune(rest[0])) {
				continue // which may be the rest of the name
			}
			w.meant = string(appendQuoted(nil, w.meant))
		}
		edits = append(edits, edit{w.Position, end, w.meant})
	}
	return edits
}

// plainWords returns the words of a question that are searched with their
// inflections, as typed. Quoted words and words behind = are meant as they
// are, those behind a minus are not wanted.
func plainWords(q Query) map[string]bool {
	words := map[string]bool{}
	var walk func(Query)
	walk = func(q Query) {
		var list []Query
		switch q := q.(type) {
		case Word:
			if !q.Exact {
				words[q.Text] = true
			}
		case And:
			list = q.Clauses
		case Or:
			list = q.Clauses
		case AtLeast:
			list = q.Clauses
		case Either:
			list = q.Forms
		case Near:
			list = []Query{q.Left, q.Right}
		}
		for _, c := range list {
			walk(c)
		}
	}
	walk(q)
	return words
}

// correctable reports whether a word may be misspelled: one of letters that
// is no code or abbreviation in capitals.
func correctable(word string) bool {
	if utf8.RuneCountInString(word) < minSpelled {
		return false
	}
	lower := false
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return false
		}
		lower = lower || unicode.IsLower(r)
	}
	return lower
}

// better returns the word close to a term that far more documents hold, empty
// when there is none. Of several the nearest counts, then the commonest. A word
// that some document holds is only doubted when it was typed in plain letters: an
// accent is seldom a slip, and the common word is another language's.
func (a *asking) better(term string, plain bool) (string, error) {
	similar, err := a.snapshot.Terms(a.ctx, Lookup{Similar: term, Limit: 50})
	if err != nil {
		return "", err
	}
	own := 0
	for _, s := range similar {
		if analysis.Fold(s.Text) == term {
			own = s.Documents
		}
	}
	if own > 0 && !plain {
		return "", nil
	}
	similar = slices.DeleteFunc(similar, func(s Term) bool {
		return s.Documents < max(1, own*commoner) || !correctable(s.Text) || analysis.Fold(s.Text) == term ||
			analysis.Stem(analysis.English, s.Text) == analysis.Stem(analysis.English, term)
	})
	if len(similar) == 0 {
		return "", nil
	}
	best := slices.MinFunc(similar, func(x, y Term) int {
		return cmp.Or(
			cmp.Compare(corpus.EditDistance(term, x.Text), corpus.EditDistance(term, y.Text)),
			cmp.Compare(y.Documents, x.Documents),
			cmp.Compare(x.Text, y.Text),
		)
	})
	return best.Text, nil
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// inCaseOf returns a word with a capital when the word it replaces has one.
func inCaseOf(typed, word string) string {
	first, _ := utf8.DecodeRuneInString(typed)
	if !unicode.IsUpper(first) {
		return word
	}
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }
