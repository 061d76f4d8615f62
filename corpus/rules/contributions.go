package rules

import (
	"strings"

	"rapport/corpus"
)

// sum is a sum of money in a sentence.
type sum struct {
	corpus.Money
	from, to int // tokens
	used     bool
}

// stages are the verbs that say how far a sum has come.
var stages = map[string]corpus.Stage{
	"pledged": corpus.StagePledged, "committed": corpus.StageCommitted, "disbursed": corpus.StageDisbursed,
	"gave": corpus.StageGiven, "given": corpus.StageGiven, "donated": corpus.StageGiven, "contributed": corpus.StageGiven,
	"provided": corpus.StageGiven, "granted": corpus.StageGiven, "allocated": corpus.StageBudgeted, "paid": corpus.StageGiven,
}

// maxGift is how many words may stand between the verb and the sum.
const maxGift = 8

// gave reads "X contributed SUM to Y".
func gave(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	if !ok || len(actors) == 0 {
		return event{}, false
	}
	for k := range s.sums {
		m := &s.sums[k]
		if m.from < v {
			continue
		}
		if m.from > v+maxGift || m.used || s.clauseEnds(v+1, m.from) {
			break
		}
		for i := v + 1; i < m.from; i++ {
			switch s.word(i) {
			case ",", "to", "for", "and", "than":
				if s.word(i) != "than" {
					return event{}, false
				}
			}
		}
		m.used = true
		e := event{kind: corpus.KindContribution, actors: actors, sum: m, stage: stages[s.word(v)], to: m.to}
		e.targets = s.recipient(m.to)
		return e, true
	}
	return event{}, false
}

// recipient returns the parties behind "to" or "for" within a few words of a
// sum.
func (s *scene) recipient(i int) []party {
	for at := i; at < s.last && at < i+7; at++ {
		switch w := s.word(at); {
		case w == "to" || w == "into" || w == "for":
			next := at + 1
			if s.word(next) == "the" {
				next++
			}
			list, _ := s.partiesFrom(next)
			return list
		case !s.tokens[at].word:
			return nil
		}
	}
	return nil
}

// measure tells what a sum measures from the words around it.
func (s *scene) measure(m *sum) corpus.Measure {
	next := s.word(m.to) + " " + s.word(m.to+1)
	switch {
	case strings.HasPrefix(next, "per year"), strings.HasPrefix(next, "a year"), strings.HasPrefix(next, "annually"),
		strings.HasPrefix(next, "each year"), strings.HasPrefix(next, "every year"), strings.HasPrefix(next, "per annum"):
		return corpus.MeasurePerYear
	case strings.HasPrefix(next, "per "), strings.HasPrefix(next, "a "), strings.HasPrefix(next, "an "), strings.HasPrefix(next, "each"),
		strings.HasPrefix(next, "every"), strings.HasPrefix(next, "apiece"), strings.HasPrefix(next, "/"):
		return corpus.MeasureRate
	case m.Bound == corpus.BoundAtMost:
		return corpus.MeasureCeiling
	}
	if s.word(m.from-2) == "total" && s.word(m.from-1) == "of" || strings.HasPrefix(next, "in total") {
		return corpus.MeasureCumulative
	}
	return ""
}
