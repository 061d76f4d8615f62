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
		e := event{kind: corpus.KindContribution, actors: actors, sum: m, stage: stages[s.word(v)], to: m.to}
		e.targets = s.recipient(m.to)
		if len(e.targets) == 0 && s.word(v) == "paid" || !s.leadsTo(v+1, m.from, &e) || !institutional(actors) {
			return event{}, false
		}
		m.used = true
		return e, true
	}
	return event{}, false
}

// leadsTo reports whether from token i up to the sum stand only words that
// belong to it, or who receives it: "gave Ruritania more than".
func (s *scene) leadsTo(i, sum int, e *event) bool {
	for i < sum {
		if list, end := s.partiesFrom(i); len(list) > 0 && end <= sum {
			e.targets, i = list, end
			continue
		}
		if !sumWords[s.word(i)] {
			return false
		}
		i++
	}
	return true
}

// sumWords may stand between a verb and a sum.
var sumWords = map[string]bool{
	"more": true, "than": true, "over": true, "about": true, "nearly": true, "almost": true, "approximately": true, "up": true,
	"to": true, "a": true, "an": true, "additional": true, "another": true, "some": true, "around": true, "roughly": true,
	"at": true, "least": true, "further": true, "extra": true, "as": true, "much": true, "initial": true, "total": true,
	"of": true, "the": true, "new": true, "estimated": true, "combined": true, "with": true, "record": true,
}

// institutional reports whether somebody acts for a country or organisation.
func institutional(parties []party) bool {
	for _, a := range parties {
		if a.partner != "" || a.organisation != "" || a.office != "" {
			return true
		}
	}
	return false
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
