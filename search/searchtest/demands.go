package searchtest

import (
	"math"

	"rapport/search"
)

// Demands are what the suite asks of scores. Which records are found, how many,
// every count and every place are asked of all engines alike. So is the order
// of hits: it is that of the engine's scores, and two hits whose scores by the
// formula of package search are further apart than is forgiven must be in the
// order of these.
type Demands struct {
	// Precision is how far a score may be from the formula, as a share of it.
	Precision float64
	// LooseCounts lets an engine count the places of a Near, and of a phrase
	// with moves, as anything from one to what the formula says. A record with
	// such places scores at least as with one each.
	LooseCounts bool
}

// Exact returns the demands on an engine that computes the formula itself, in
// double precision: nothing is forgiven but the order of additions.
func Exact() Demands { return Demands{Precision: 1e-9} }

// Single returns the demands on an engine that leaves scoring to a library such
// as Lucene, given the weights of terms, the length of each record and their
// average as numbers. Its scores have 24 bits: each of a few dozen additions
// and products loses up to 6e-8 of its result. It does not tell how often words
// stand near each other, but only how near.
func Single() Demands { return Demands{Precision: 1e-5, LooseCounts: true} }

// equal reports whether two scores are the same as far as is demanded.
func (d Demands) equal(a, b float64) bool { return d.between(a, b, b) }

// between reports whether a score lies between two others, as far as is
// demanded.
func (d Demands) between(score, low, high float64) bool {
	forgiven := d.Precision * max(1, math.Abs(score), math.Abs(high))
	return low-forgiven <= score && score <= high+forgiven
}

// bounds are the least and the largest score that is right.
type bounds struct{ low, high float64 }

// scores returns what the scores of the hits of a plan may be, by the names of
// the hits. The plan must ask for all.
func (s *snapshot) scores(p search.Plan, hits []search.Hit) map[string]bounds {
	scores := make(map[string]bounds, len(hits))
	for _, h := range hits {
		scores[idOf(h)] = bounds{h.Score, h.Score}
	}
	if !s.demands.LooseCounts {
		return scores
	}
	e := s.evaluation(p.Kind)
	e.once = true
	n := e.compile(p.Query)
	for _, r := range e.records {
		name := idOf(search.Hit{Document: r.document, Fact: r.fact})
		if b, ok := scores[name]; ok {
			scores[name] = bounds{e.scoreOf(n, r), b.high}
		}
	}
	return scores
}
