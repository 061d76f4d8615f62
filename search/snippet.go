package search

import (
	"math"
	"slices"

	"rapport/corpus"
)

// snippetLength is the usual length of a snippet in bytes. A single match
// that is longer makes the snippet longer, up to maxSnippet.
const (
	snippetLength = 280
	maxSnippet    = 1000
	// repetition is how much a passage without a new clause must be worth,
	// as a part of the best.
	repetition = 0.6
	// MaxSnippets is how many snippets a hit has at most.
	MaxSnippets = 3
)

// snippets adds passages that show the matches to the hits.
func (a *asking) snippets() error {
	wanted := min(a.request.Snippets, MaxSnippets)
	if wanted <= 0 {
		return nil
	}
	for i := range a.result.Hits {
		h := &a.result.Hits[i]
		d, err := a.snapshot.Document(a.ctx, h.Document.ID)
		if err != nil {
			return err
		}
		matches, err := a.snapshot.Highlights(a.ctx, d.ID, a.result.Read.Expanded)
		if err != nil {
			return err
		}
		h.Snippets = Snippets(d, matches, wanted)
	}
	return nil
}

// Snippets returns up to n passages of a document's body that show the
// matches best, in order of offset: passages in which many different clauses
// match, rare ones above common ones, and then those with clauses that the
// ones before lack, or with nearly as much to show as the best. Where possible a passage begins and ends with a
// sentence or line. The texts of its spans together are exactly the bytes of
// Body from its offset on. Without matches in the body it is the beginning of
// the text. Time is proportional to the number of matches in the document.
func Snippets(d *corpus.Document, matches []Match, n int) []Snippet {
	inBody := bodyMatches(d.Body, matches)
	if len(inBody) == 0 {
		return leadingSnippet(d)
	}
	weights := clauseWeights(inBody)
	shown := map[string]bool{}
	var windows []window
	enough := 0.0
	for range n {
		w, ok := bestWindow(inBody, weights, shown, windows)
		if !ok {
			break
		}
		worth, fresh := worthOf(inBody[w.first:w.last+1], weights, shown)
		if !fresh && worth < enough {
			break
		}
		enough = max(enough, worth*repetition)
		windows = append(windows, w)
		for _, m := range inBody[w.first : w.last+1] {
			shown[m.Clause] = true
		}
	}
	slices.SortFunc(windows, func(a, b window) int { return a.first - b.first })
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

// clauseWeights returns how much it is worth to show a clause: the less the
// oftener it matches.
func clauseWeights(matches []Match) map[string]float64 {
	counts := map[string]int{}
	for _, m := range matches {
		counts[m.Clause]++
	}
	weights := make(map[string]float64, len(counts))
	for clause, n := range counts {
		weights[clause] = 1 / (1 + math.Log(float64(n)))
	}
	return weights
}

// worthOf returns the sum of the weights of the different clauses that match,
// and whether one of them was not shown before.
func worthOf(matches []Match, weights map[string]float64, shown map[string]bool) (worth float64, fresh bool) {
	seen := map[string]bool{}
	for _, m := range matches {
		if !seen[m.Clause] {
			seen[m.Clause] = true
			worth += weights[m.Clause]
			fresh = fresh || !shown[m.Clause]
		}
	}
	return worth, fresh
}

// window is a run of matches, first to last, that one passage can show.
type window struct{ first, last int }

// bestWindow returns the run of matches that is worth most among those that
// do not touch the windows taken already. Clauses shown before count little.
func bestWindow(matches []Match, weights map[string]float64, shown map[string]bool, taken []window) (window, bool) {
	best, bestValue := window{}, -1.0
	inside := map[string]int{}
	value := 0.0
	worth := func(clause string) float64 {
		if shown[clause] {
			return weights[clause] / 8
		}
		return weights[clause]
	}
	first := 0
	drop := func() {
		c := matches[first].Clause
		if inside[c]--; inside[c] == 0 {
			value -= worth(c)
		}
		first++
	}
	for last, m := range matches {
		if touches(last, taken) {
			for first < last {
				drop()
			}
			first = last + 1
			continue
		}
		if inside[m.Clause]++; inside[m.Clause] == 1 {
			value += worth(m.Clause)
		}
		for first < last && m.End-matches[first].Offset > snippetLength*3/4 {
			drop()
		}
		// More matches decide between windows with the same clauses.
		if v := value + 0.01*float64(min(last-first, 5)); v > bestValue+1e-9 {
			best, bestValue = window{first, last}, v
		}
	}
	return best, bestValue >= 0
}

func touches(i int, taken []window) bool {
	for _, w := range taken {
		if i >= w.first && i <= w.last {
			return true
		}
	}
	return false
}

// newSnippet cuts a passage into spans. Matches are in order of offset and
// those that overlap or touch are one span.
func newSnippet(d *corpus.Document, from, to int, matches []Match) Snippet {
	s := Snippet{Offset: from}
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
