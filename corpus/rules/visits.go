package rules

import "rapport/corpus"

// visited reads "X visited PLACE".
func visited(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	place, partner, end := s.placeAt(v + 1)
	if !ok || place == "" || !anyHuman(actors) {
		return event{}, false
	}
	return event{kind: corpus.KindVisit, actors: actors, place: place, placeOf: partner, to: end}, true
}

// travelled reads "X travelled to PLACE" and "X came to PLACE". What somebody
// came to must be an organisation: people come to a country to live there.
func travelled(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	if !ok || !anyHuman(actors) || s.word(v+1) != "to" {
		return event{}, false
	}
	place, partner, end := s.placeAt(v + 2)
	known := false
	for _, a := range s.parties {
		known = known || a.from >= v+2 && a.to <= end && a.organisation != ""
	}
	if place == "" || !known && s.word(v) == "came" {
		return event{}, false
	}
	return event{kind: corpus.KindVisit, actors: actors, place: place, placeOf: partner, to: end}, true
}

// ledDelegation reads "X led a delegation to PLACE".
func ledDelegation(s *scene, v int) (event, bool) {
	i := v + 1
	if w := s.word(i); w == "a" || w == "the" {
		i++
	}
	if s.tokens[min(i, s.last-1)].upper { // "a US delegation"
		i++
	}
	if s.word(i) != "delegation" || s.word(i+1) != "to" {
		return event{}, false
	}
	actors, ok := s.subject(v)
	place, partner, end := s.placeAt(i + 2)
	if !ok || place == "" || !anyHuman(actors) {
		return event{}, false
	}
	return event{kind: corpus.KindVisit, actors: actors, place: place, placeOf: partner, to: end}, true
}

// visitOf reads "a visit of X to PLACE", "a visit to PLACE by X" and "X’s visit
// to PLACE", when a date goes with it.
func visitOf(s *scene, v int) (event, bool) {
	e := event{kind: corpus.KindVisit, noun: true}
	i := v + 1
	if w := s.word(i); w == "of" || w == "by" {
		e.actors, i = s.partiesFrom(i + 1)
	} else if w := s.word(v - 1); w == "s" || w == "’" || w == "'" {
		e.actors = s.partiesEnding(v - 2)
	}
	if s.word(i) != "to" {
		return event{}, false
	}
	e.place, e.placeOf, e.to = s.placeAt(i + 1)
	if s.word(e.to) == "by" && len(e.actors) == 0 {
		e.actors, e.to = s.partiesFrom(e.to + 1)
	}
	if e.place == "" || !anyHuman(e.actors) || s.word(v-1) == "to" {
		return event{}, false
	}
	e.date = s.dateOf(v, e.to)
	if e.date == nil || e.date.from < v {
		return event{}, false
	}
	for k := e.to; k < e.date.from; k++ {
		if w := s.word(k); w == "expected" || w == "planned" || w == "scheduled" || w == "will" {
			e.modality = corpus.Planned
		}
	}
	return e, true
}

func anyHuman(parties []party) bool {
	for _, a := range parties {
		if a.human() {
			return true
		}
	}
	return false
}
