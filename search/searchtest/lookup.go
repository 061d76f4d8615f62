package searchtest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// Highlights returns the words that the terms of a question match. The words
// of a phrase are one match.
func (s *snapshot) Highlights(ctx context.Context, id corpus.ID, q search.Query) ([]search.Match, error) {
	r, err := s.find(id)
	if err != nil {
		return nil, err
	}
	var matches []search.Match
	s.evaluation(search.Documents).highlights(&matches, r, q)
	slices.SortFunc(matches, func(a, b search.Match) int {
		return cmp.Or(boolOrder(b.InTitle, a.InTitle), a.Offset-b.Offset, a.End-b.End, cmp.Compare(a.Clause, b.Clause))
	})
	return slices.Compact(matches), ctx.Err()
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (e *evaluation) highlights(to *[]search.Match, r *record, q search.Query) {
	var parts []search.Query
	switch q := q.(type) {
	case search.Word, search.Phrase, search.Near, search.Prefix, search.Fuzzy, search.Either:
		for _, l := range e.newTerm(q).leaves(r) {
			l.match.Clause = q.String()
			*to = append(*to, l.match)
		}
	case search.And:
		parts = q.Clauses
	case search.Or:
		parts = q.Clauses
	case search.AtLeast:
		parts = q.Clauses
	}
	for _, p := range parts {
		e.highlights(to, r, p)
	}
}

// leaf is a place of a term.
type leaf struct {
	span
	match search.Match
}

// leaves lists the places of a term. For a Near they are those of both sides
// that stand near enough, without what stands between.
func (t *term) leaves(r *record) []leaf {
	var found []leaf
	for _, f := range t.forms {
		for _, s := range f.spans(r) {
			found = append(found, leaf{s, f.match(r, s)})
		}
	}
	if t.left == nil {
		return found
	}
	pairs := t.joined(r)
	for i, side := range []*term{t.left, t.right} {
		for _, l := range side.leaves(r) {
			if slices.ContainsFunc(pairs, func(p [2]span) bool { return p[i] == l.span }) {
				found = append(found, l)
			}
		}
	}
	return found
}

// match returns the bytes of the words of a form in a stretch of positions.
func (f form) match(r *record, s span) search.Match {
	m := search.Match{Offset: -1}
	for _, t := range r.tokens {
		if t.position < s.from || t.position > s.to || !f.fits(t) {
			continue
		}
		if m.Offset < 0 {
			m.Offset, m.InTitle = t.start, t.title
		}
		m.End = max(m.End, t.end)
	}
	return m
}

// Terms looks words or titles up.
func (s *snapshot) Terms(ctx context.Context, l search.Lookup) ([]search.Term, error) {
	var terms []search.Term
	if l.Field == search.FieldTitle {
		terms = s.titles(l)
	} else {
		terms = s.words(l)
	}
	slices.SortFunc(terms, func(a, b search.Term) int {
		return cmp.Or(b.Documents-a.Documents, cmp.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
	})
	if l.Limit > 0 && len(terms) > l.Limit {
		terms = terms[:l.Limit]
	}
	return terms, ctx.Err()
}

func (s *snapshot) titles(l search.Lookup) []search.Term {
	var found []search.Term
	want := strings.Join(analysis.Terms(l.Prefix), " ")
	for _, r := range s.of(search.Documents) {
		words := analysis.Terms(r.document.Title)
		for i := range words {
			if strings.HasPrefix(strings.Join(words[i:], " "), want) {
				found = append(found, search.Term{Text: r.document.Title, Documents: 1, ID: r.document.ID})
				break
			}
		}
	}
	return found
}

func (s *snapshot) words(l search.Lookup) []search.Term {
	fits := closeTo(analysis.Fold(l.Similar))
	if l.Similar == "" {
		prefix := analysis.Fold(l.Prefix)
		fits = func(word string) bool { return strings.HasPrefix(word, prefix) }
	}
	counts := map[string]int{}
	for _, r := range s.of(search.Documents) {
		seen := map[string]bool{}
		for _, t := range r.tokens {
			if !seen[t.word] && fits(t.word) {
				seen[t.word] = true
				counts[t.word]++
			}
		}
	}
	var found []search.Term
	for word, n := range counts {
		found = append(found, search.Term{Text: word, Documents: n})
	}
	return found
}
