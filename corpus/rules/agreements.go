package rules

import (
	"strings"

	"rapport/corpus"
)

// papers are what states and organisations sign together.
var papers = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`agreement programme program memorandum treaty declaration protocol accord charter
		arrangement convention pact compact mou framework roadmap partnership plan`) {
		set[w] = true
	}
	return set
}()

// paperAt reads a paper at token i, "a Financial Management Agreement": up to
// eight words, the last of them one of papers. With capital set it must have
// a capital letter.
func (s *scene) paperAt(i int) (name string, end int) {
	switch s.word(i) {
	case "a", "an", "the", "its", "their", "his", "her":
		i++
	default:
		return "", i
	}
	best := i
	for end := i; end < s.last && end < i+9; end++ {
		w := s.word(end)
		if !s.tokens[end].word || stopWords[w] && w != "of" && w != "and" && w != "on" && w != "for" {
			break
		}
		if papers[w] && (s.tokens[end].upper || end > i) {
			best = end + 1
			if next := s.word(end + 1); next != "of" && !papers[next] && !(end+1 < s.last && s.tokens[end+1].upper) {
				break
			}
			if s.word(end+1) == "of" && s.word(end+2) != "understanding" && s.word(end+2) != "cooperation" && s.word(end+2) != "intent" {
				break
			}
		}
		if before := s.word(end - 1); best > i && before == "of" && (w == "understanding" || w == "cooperation" || w == "intent") {
			best = end + 1
		}
	}
	if best == i || best < s.last && s.tokens[best].upper && s.tokens[best].word {
		return "", i // "the PACT Act"
	}
	return s.slice(i, best), best
}

// signed reads "X signed an AGREEMENT" and "an AGREEMENT was signed".
func signed(s *scene, v int) (event, bool) {
	if w := s.word(v - 1); w == "was" || w == "were" || w == "been" {
		return s.wasSigned(v)
	}
	actors, ok := s.subject(v)
	paper, end := s.paperAt(v + 1)
	if !ok || paper == "" || bill(paper) {
		return event{}, false
	}
	e := event{kind: corpus.KindAgreement, actors: actors, object: paper, to: end, verbed: "signed"}
	if s.word(end) == "with" {
		e.targets, e.to = s.partiesFrom(end + 1)
	}
	if len(actors) == 1 && actors[0].human() && actors[0].partner == "" && len(e.targets) == 0 && !mutual(paper) {
		return event{}, false
	}
	return e, true
}

// mutual reports whether a paper always has several sides.
func mutual(paper string) bool {
	w := strings.ToLower(paper)
	for _, word := range []string{"agreement", "treaty", "memorandum", "protocol", "accord", "convention", "arrangement", "joint", "bilateral"} {
		if strings.Contains(w, word) {
			return true
		}
	}
	return false
}

// bill reports whether what was signed is a law, an order or a plan of one
// side.
func bill(paper string) bool {
	w := strings.ToLower(paper)
	if strings.Contains(w, "memorandum") {
		return !strings.Contains(w, "memorandum of")
	}
	return strings.HasSuffix(w, "plan") || strings.HasSuffix(w, "roadmap") || strings.HasSuffix(w, "program") && !strings.Contains(w, "cooperation") ||
		strings.Contains(w, "order") || strings.Contains(w, "proclamation") || strings.Contains(w, "disaster") || strings.Contains(w, "emergency")
}

// wasSigned reads "an AGREEMENT was signed".
func (s *scene) wasSigned(v int) (event, bool) {
	i := v - 2
	if w := s.word(i); w == "has" || w == "had" || w == "have" {
		i--
	}
	if s.word(i) == "not" || !papers[s.word(i)] || !s.tokens[i].upper {
		return event{}, false
	}
	start := i
	for start > s.first && (s.tokens[start-1].upper && s.tokens[start-1].word || s.word(start-1) == "and" || s.word(start-1) == "of") {
		start--
	}
	e := event{kind: corpus.KindAgreement, object: s.slice(start, i+1), to: v + 1, verbed: "signed"}
	e.date = s.dateOf(v, v+1)
	if s.word(v+1) == "by" {
		e.actors, e.to = s.partiesFrom(v + 2)
	}
	return e, e.date != nil && e.date.from > v
}

// issued reads "X issued a joint DECLARATION".
func issued(s *scene, v int) (event, bool) {
	if s.word(v+1) != "a" || s.word(v+2) != "joint" {
		return event{}, false
	}
	actors, ok := s.subject(v)
	if !ok {
		return event{}, false
	}
	for end := v + 3; end < s.last && end < v+7; end++ {
		if w := s.word(end); w == "declaration" || w == "statement" || w == "communiqué" {
			return event{kind: corpus.KindAgreement, actors: actors, object: s.slice(v+2, end+1), to: end + 1, verbed: "issued"}, true
		}
	}
	return event{}, false
}

// joined reads "X joined ORGANISATION".
func joined(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	if !ok || anyHuman(actors) {
		return event{}, false
	}
	org, end, ok := s.organisationAt(v + 1)
	if !ok {
		return event{}, false
	}
	return event{kind: corpus.KindMembership, actors: actors, object: org, to: end, verbed: "joined"}, true
}

// organisationAt reads an organisation of the taxonomy at token i.
func (s *scene) organisationAt(i int) (name string, end int, ok bool) {
	if s.word(i) == "the" {
		i++
	}
	for _, a := range s.parties {
		if a.from == i && a.organisation != "" && !a.human() {
			w := s.word(a.to)
			return a.of, a.to, w != "’" && w != "'" && !s.describes(a.to)
		}
	}
	return "", i, false
}

// alsoJoined reads "and the ORGANISATION in DATE" behind a membership.
func (s *scene) alsoJoined(e event) []event {
	if e.date == nil || s.word(e.date.to) != "and" {
		return nil
	}
	org, end, ok := s.organisationAt(e.date.to + 1)
	if !ok {
		return nil
	}
	also := e
	also.object, also.verb, also.to = org, e.date.to, end
	also.date = s.dateOf(e.date.to, end)
	if also.date == nil || also.date.from < end {
		return nil
	}
	return []event{also}
}

// becameMember reads "X became the seventh member", "participant" or
// "partner".
func becameMember(s *scene, v int) (event, bool) {
	if s.word(v+1) != "the" || !ordinal(s.word(v+2)) {
		return event{}, false
	}
	w := s.word(v + 3)
	if w != "participant" && w != "member" && w != "partner" {
		return event{}, false
	}
	actors, ok := s.subject(v)
	if !ok || len(actors) == 0 || anyHuman(actors) {
		return event{}, false
	}
	return event{kind: corpus.KindMembership, actors: actors, object: s.slice(v+2, v+4), to: v + 4, verbed: "became the"}, true
}

// ordinal reports whether a word is an ordinal number.
func ordinal(w string) bool {
	for _, suffix := range []string{"first", "second", "third", "th", "st", "nd", "rd"} {
		if strings.HasSuffix(w, suffix) {
			return true
		}
	}
	return false
}
