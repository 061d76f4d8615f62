package rules

import (
	"rapport/corpus"
)

// deployed reads "X deployed 40 troops to PLACE" and "40 Ruritanian troops were
// deployed to PLACE".
func deployed(s *scene, v int) (event, bool) {
	e := event{kind: corpus.KindDeployment}
	i := v + 1
	if w := s.word(v - 1); w == "were" || w == "was" || w == "been" {
		e.actors = s.subjectPartners(v - 1)
	} else {
		actors, ok := s.subject(v)
		if !ok || len(actors) == 0 {
			return event{}, false
		}
		e.actors = actors
		for i < s.last && i < v+9 && s.word(i) != "to" && s.tokens[i].word {
			i++
		}
	}
	if s.word(i) != "to" || len(e.actors) == 0 {
		return event{}, false
	}
	e.place, e.placeOf, e.to = s.placeAt(i + 1)
	return e, e.place != ""
}

// subjectPartners returns the partner whose demonym stands shortly before
// token i: "Ruritanian troops were".
func (s *scene) subjectPartners(i int) []party {
	for at := i - 1; at >= s.first && at > i-5; at-- {
		w := s.word(at)
		if denials[w] || !s.tokens[at].word {
			return nil
		}
		if m, ok := s.gaz.at(s.prose, at); ok && (m.kind == demonymName || m.kind == partnerName) {
			return []party{{from: at, to: m.to, of: m.canonical, partner: m.partner}}
		}
	}
	return nil
}

// appointed reads "X appointed Y as OFFICE", "X was appointed OFFICE" and "X
// appointed liaison officers to Y".
func appointed(s *scene, v int) (event, bool) {
	if w := s.word(v - 1); w == "was" || w == "were" || w == "been" {
		actors := s.partiesEnding(v - 1)
		role, end, ok := s.roleAt(v + 1)
		if !ok || !anyHuman(actors) {
			return event{}, false
		}
		return event{kind: corpus.KindAppointment, actors: actors, object: role, to: end}, true
	}
	actors, ok := s.subject(v)
	if !ok || len(actors) == 0 {
		return event{}, false
	}
	if end := personAt(s.prose, v+1, s.last, s.gaz); end > v+2 {
		role, to, ok := s.roleAt(end)
		who := party{from: v + 1, to: end, person: s.slice(v+1, end)}
		return event{kind: corpus.KindAppointment, actors: actors, targets: []party{who}, object: role, to: to}, ok
	}
	switch s.word(v + 1) {
	case "me", "him", "her", "them", "us", "by":
		return event{}, false
	}
	for end := v + 1; end < s.last && end < v+5; end++ {
		if w := s.word(end); w == "officer" || w == "officers" || w == "ambassador" || w == "envoy" {
			return event{kind: corpus.KindAppointment, actors: actors, object: s.slice(v+1, end+1), to: end + 1}, end > v+1
		}
	}
	return event{}, false
}

// roleAt reads "as Prime Minister", "to be the ..." or an office directly.
func (s *scene) roleAt(i int) (string, int, bool) {
	switch s.word(i) {
	case "as", "to":
		i++
		if s.word(i) == "be" {
			i++
		}
	}
	for w := s.word(i); w == "the" || w == "a" || w == "an" || w == "his" || w == "its" || w == "new"; w = s.word(i) {
		i++
	}
	for _, a := range s.parties {
		if a.from == i && a.office != "" && a.person == "" {
			return a.role(), a.to, true
		}
	}
	return "", i, false
}
