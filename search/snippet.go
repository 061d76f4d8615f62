package search

import (
	"context"
	"slices"

	"rapport/corpus"
)

// snippetLength is the usual length of a snippet in bytes. A single match
// that is longer makes the snippet longer, up to maxSnippet.
const (
	snippetLength = 280
	maxSnippet    = 1000
	// MaxSnippets is how many snippets a hit has at most.
	MaxSnippets = 3
)

// snippets adds passages that show the matches to the hits.
func (a *asking) snippets() error {
	wanted := min(a.request.Snippets, MaxSnippets)
	if wanted <= 0 || len(a.result.Hits) == 0 {
		return nil
	}
	rarity, err := a.rarity()
	if err != nil {
		return err
	}
	return InParallel(len(a.result.Hits), func(i int) error {
		return a.result.Hits[i].Show(a.ctx, a.snapshot, a.result.Read.Expanded, wanted, rarity)
	})
}

// ForSnippets makes the plan ask for what Hit.Show needs of its hits: where no
// text can match, beginnings do.
func (p *Plan) ForSnippets() {
	p.Openings = len(leaves(nil, p.Query)) == 0
	p.Bodies = !p.Openings
}

// Show gives the document of a hit up to n snippets for a question, as Snippets
// does, and counts the places that they do not show. The plan of the hit was
// one ForSnippets. The body, if it was read, is let go.
func (h *Hit) Show(ctx context.Context, s Snapshot, q Query, n int, rarity map[string]float64) error {
	if len(leaves(nil, q)) == 0 {
		return h.showOpening(ctx, s)
	}
	matches, err := s.Highlights(ctx, h.Document.ID, q)
	if err != nil {
		return err
	}
	h.Snippets = Snippets(h.Document, matches, n, rarity)
	h.Further, h.FurtherAt = further(Places(h.Document.Body, matches), h.Snippets)
	h.Document.Body = ""
	return nil
}

// showOpening makes the snippet of a document in which nothing matches. The
// whole body is read only where its beginning is all space, or nearly.
func (h *Hit) showOpening(ctx context.Context, s Snapshot) error {
	d := *h.Document
	d.Body, h.Opening = h.Opening, ""
	h.Snippets = leadingSnippet(&d)
	if len(d.Body) < OpeningLength || len(h.Snippets) > 0 && isSettled(d.Body, h.Snippets[0].end()) {
		return nil
	}
	whole, err := s.Document(ctx, d.ID)
	if err != nil {
		return err
	}
	h.Snippets = leadingSnippet(whole)
	return nil
}

// isSettled reports whether a snippet that ends at a place of a body stays as
// it is whatever follows the body: what is looked at behind its end is there.
func isSettled(body string, end int) bool {
	return skipSpace(body, end, len(body))+4*wrapped <= len(body)
}

// rarity returns how rare the clauses of the question are in the index, so
// that passages do not show "the" and "to" when there is better. A question
// of one clause has nothing to compare.
func (a *asking) rarity() (map[string]float64, error) {
	clauses := leaves(nil, a.result.Read.Expanded)
	if len(clauses) < 2 {
		return nil, nil
	}
	n := a.result.Generation.Documents
	rarity := make(map[string]float64, len(clauses))
	for _, c := range clauses {
		name := c.String()
		if _, known := rarity[name]; known {
			continue
		}
		if _, word := c.(Word); !word { // several words are rarer than each
			rarity[name] = IDF(n, 0)
			continue
		}
		levels, err := a.snapshot.Levels(a.ctx, []Query{c})
		if err != nil {
			return nil, err
		}
		rarity[name] = IDF(n, min(n, levels[0]))
	}
	return rarity, nil
}

// leaves appends the clauses of a question that match text by themselves.
func leaves(to []Query, q Query) []Query {
	var parts []Query
	switch q := q.(type) {
	case And:
		parts = q.Clauses
	case Or:
		parts = q.Clauses
	case AtLeast:
		parts = q.Clauses
	case Word, Phrase, Near, Prefix, Fuzzy, Either:
		return append(to, q)
	}
	for _, p := range parts {
		to = leaves(to, p)
	}
	return to
}

// Snippets returns up to n passages of a document's body that show the
// matches best, in order of offset: passages in which many different clauses
// match, rare ones above common ones, and then those with clauses that the
// ones before lack, or with nearly as much to show as the best. Rarity says
// how rare clauses are among documents; without it all are alike. Where
// possible a passage begins and ends with a sentence or line, and it stays
// between blank lines. The texts of its spans together are exactly the bytes
// of Body from its offset on. Without matches in the body it is the beginning
// of the text. Time is proportional to the length of the document.
func Snippets(d *corpus.Document, matches []Match, n int, rarity map[string]float64) []Snippet {
	inBody := bodyMatches(d.Body, matches)
	if len(inBody) == 0 {
		return leadingSnippet(d)
	}
	windows := bestWindows(newShowing(d.Body, inBody, rarity), n)
	snippets := make([]Snippet, 0, len(windows))
	end := 0
	for i, w := range windows {
		limit := len(d.Body)
		if i+1 < len(windows) {
			limit = inBody[windows[i+1].first].Offset
		}
		from, to := passage(d, inBody[w.first:w.last+1], end, limit)
		if from >= to {
			continue
		}
		snippets = append(snippets, newSnippet(d, from, to, inBody[w.first:]))
		end = to
	}
	return snippets
}

// bodyMatches returns the matches that lie in the body, in order of offset.
func bodyMatches(body string, matches []Match) []Match {
	list := make([]Match, 0, len(matches))
	for _, m := range matches {
		if !m.InTitle && m.Offset >= 0 && m.Offset < m.End && m.End <= len(body) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b Match) int { return a.Offset - b.Offset })
	return list
}

// newSnippet cuts a passage into spans. Matches are in order of offset and
// those that overlap or touch are one span.
func newSnippet(d *corpus.Document, from, to int, matches []Match) Snippet {
	s := Snippet{Offset: from, CutBefore: cutBefore(d.Body, from), CutAfter: cutAfter(d.Body, to)}
	at := from
	if len(matches) > 0 {
		at = max(from, min(matches[0].Offset, to))
	}
	if page, ok := d.PageAt(at); ok {
		s.Page = page.Label
	}
	add := func(end int, match bool) {
		if end <= from {
			return
		}
		if n := len(s.Spans); n > 0 && s.Spans[n-1].Match == match {
			s.Spans[n-1].Text += d.Body[from:end]
		} else {
			s.Spans = append(s.Spans, Span{Text: d.Body[from:end], Match: match})
		}
		from = end
	}
	for _, m := range matches {
		if m.Offset >= to {
			break
		}
		add(m.Offset, false)
		add(min(m.End, to), true)
	}
	add(to, false)
	return s
}

// leadingSnippet returns the beginning of the body.
func leadingSnippet(d *corpus.Document) []Snippet {
	from, to := passage(d, nil, 0, len(d.Body))
	if from >= to {
		return nil
	}
	return []Snippet{newSnippet(d, from, to, nil)}
}
