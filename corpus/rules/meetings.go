package rules

import "rapport/corpus"

// met reads "X met Y", "X met with Y", "X and Y met in PLACE" and "the Council
// met on DATE".
func met(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	if !ok {
		return event{}, false
	}
	i := v + 1
	for w := s.word(i); w == "with" || w == "virtually" || w == "separately" || w == "bilaterally" || w == "again"; w = s.word(i) {
		i++
	}
	e := event{kind: corpus.KindMeeting, actors: actors}
	if e.targets, e.to = s.partiesFrom(i); len(e.targets) > 0 {
		if last := e.targets[len(e.targets)-1]; !last.human() && s.describes(last.to) || len(actors) == 0 && !s.coordinate(v) {
			return event{}, false // "met with UN officials"
		}
		if k := e.targets[len(e.targets)-1].to; s.word(k) == "’" || s.word(k) == "'" { // "met the League's targets"
			return event{}, false
		}
		if !anyHuman(e.targets) && !anyHuman(actors) {
			return event{}, false
		}
		s.meetingPlace(&e, e.to)
		e.needsActor = true
		return e, true
	}
	e.to = i
	body := s.word(v-1) != "" && bodies[s.word(v-1)] && s.tokens[v-1].upper
	if len(actors) < 2 && !body && !(len(actors) == 1 && actors[0].organisation != "") {
		return event{}, false
	}
	s.meetingPlace(&e, e.to)
	if len(actors) == 0 { // "the Commission met on 2 March"
		e.actors = []party{{from: v - 1, to: v, of: "the " + s.slice(v-1, v), organisation: s.slice(v-1, v)}}
	}
	e.date = s.dateOf(v, e.to)
	return e, e.date != nil && e.date.from > v && e.date.from <= e.to+2 || e.place != "" && len(actors) > 1
}

// bodies are bodies that meet, when written with a capital letter.
var bodies = map[string]bool{
	"council": true, "commission": true, "committee": true, "assembly": true, "parliament": true, "congress": true, "board": true,
	"ministers": true, "senate": true, "cabinet": true,
}

// meetingPlace reads "in PLACE" and "at PLACE" at token i.
func (s *scene) meetingPlace(e *event, i int) {
	if w := s.word(i); w != "in" && w != "at" {
		return
	}
	place, partner, end := s.placeAt(i + 1)
	if place != "" && !(bodies[s.word(end-1)] && s.word(i) == "in") {
		e.place, e.placeOf, e.to, e.where = place, partner, end, s.slice(i, end)
	}
}

// meetingNouns are the occasions on which people meet.
var meetingNouns = map[string]bool{
	"meeting": true, "meetings": true, "summit": true, "talks": true, "consultations": true, "session": true, "conference": true,
	"ministerial": true,
}

// meetingIn reads "their meeting in PLACE in DATE".
func meetingIn(s *scene, v int) (event, bool) {
	e := event{kind: corpus.KindMeeting, to: v + 1, object: s.word(v), noun: true}
	if s.word(v+1) != "in" && s.word(v+1) != "at" {
		return event{}, false
	}
	s.meetingPlace(&e, v+1)
	if e.place == "" {
		return event{}, false
	}
	e.date = s.dateOf(v, e.to)
	if e.date == nil || e.date.from < e.to || e.date.from > e.to+3 || e.date.Mode != corpus.ModeOn || s.upcoming(v) {
		return event{}, false
	}
	for i := e.to; i < e.date.from; i++ {
		if s.word(i) == "and" || s.word(i) == "the" { // "in Strelsau and the 2023 Conference"
			return event{}, false
		}
	}
	return e, true
}

// upcoming reports whether a word shortly before token v says that something
// is still to come.
func (s *scene) upcoming(v int) bool {
	for i := v - 1; i >= s.first && i > v-8; i-- {
		switch s.word(i) {
		case "next", "upcoming", "forthcoming", "future", "forward", "will", "planned", "proposed":
			return true
		}
	}
	return false
}

// takenPlace reads "consultations had taken place in PLACE in DATE" and "a
// meeting was held in PLACE on DATE".
func takenPlace(s *scene, v int) (event, bool) {
	start := v - 1
	switch before := s.word(v - 1); {
	case s.word(v) == "place" && (before == "took" || before == "taken"):
	case s.word(v) == "held" && (before == "was" || before == "were"):
	default:
		return event{}, false
	}
	noun := ""
	for i := start - 1; i >= s.first && i > start-8; i-- {
		if denials[s.word(i)] && s.word(i) != "to" {
			return event{}, false
		}
		if meetingNouns[s.word(i)] {
			noun = s.word(i)
			break
		}
	}
	e := event{kind: corpus.KindMeeting, object: noun, to: v + 1}
	s.meetingPlace(&e, v+1)
	e.date = s.dateOf(v, e.to)
	return e, noun != "" && e.date != nil && e.date.from > v && e.place != ""
}

// addressed reads "X addressed the COUNCIL".
func addressed(s *scene, v int) (event, bool) {
	infinitive := s.word(v) == "address"
	actors, ok := s.subject(v)
	if infinitive {
		// Only "the first ... to address" says that it happened.
		if s.word(v-1) != "to" || !s.firstTo(v-1) {
			return event{}, false
		}
		actors, ok = s.before(v-1), true
		if a := s.humanBefore(v - 1); a != nil {
			actors = []party{*a}
		}
	}
	target, end, found := s.audience(v + 1)
	if !ok || !found || !anyHuman(actors) {
		return event{}, false
	}
	return event{kind: corpus.KindAddress, actors: actors, targets: []party{target}, to: end}, true
}

// spokeTo reads "X spoke to the COUNCIL".
func spokeTo(s *scene, v int) (event, bool) {
	if w := s.word(v + 1); w != "to" && w != "before" {
		return event{}, false
	}
	actors, ok := s.subject(v)
	target, end, found := s.audience(v + 2)
	if !ok || !found || !anyHuman(actors) {
		return event{}, false
	}
	return event{kind: corpus.KindAddress, actors: actors, targets: []party{target}, to: end}, true
}

// audience reads a body at token i: an organisation, or a word such as
// "Council" with a capital letter.
func (s *scene) audience(i int) (party, int, bool) {
	if s.word(i) == "the" || s.word(i) == "a" {
		i++
	}
	for _, a := range s.parties {
		if a.from == i && a.organisation != "" && !a.human() {
			if w := s.word(a.to); w == "’" || w == "'" || s.describes(a.to) {
				return party{}, i, false
			}
			return a, a.to, true
		}
	}
	for end := i; end < s.last && end < i+4 && s.tokens[end].upper; end++ {
		if bodies[s.word(end)] {
			if s.describes(end + 1) {
				return party{}, i, false
			}
			name := s.slice(i, end+1)
			return party{from: i, to: end + 1, of: "the " + name, organisation: name}, end + 1, true
		}
	}
	return party{}, i, false
}

// describes reports whether the word at token i goes on with a name, so that
// the body before it only describes somebody: "the Senate leaders".
func (s *scene) describes(i int) bool {
	if s.word(i) == "(" && s.word(i+2) == ")" { // "the League (L) Secretary"
		i += 3
	}
	w := s.word(i)
	return i < s.last && s.tokens[i].word && !stopWords[w] && w != "today" && w != "again" && w != "twice"
}

// firstTo reports whether "the first" stands within a few words before token
// i.
func (s *scene) firstTo(i int) bool {
	for n := 0; n < 8; n++ {
		if s.word(i-n) == "first" {
			return s.word(i-n-2) != "not" && s.word(i-n-1) == "the"
		}
	}
	return false
}

// humanBefore returns the nearest person or office before token i.
func (s *scene) humanBefore(i int) *party {
	for k := len(s.parties) - 1; k >= 0; k-- {
		if a := &s.parties[k]; a.to <= i && a.person != "" {
			return a
		}
	}
	return nil
}

// attended reads "X attended the NAME Summit".
func attended(s *scene, v int) (event, bool) {
	actors, ok := s.subject(v)
	i := v + 1
	if s.word(i) == "the" || s.word(i) == "a" {
		i++
	}
	for end := i; end < s.last && end < i+6; end++ {
		if !s.tokens[end].upper && number(s.word(end)) < 0 {
			break
		}
		if meetingNouns[s.word(end)] && end > i {
			return event{kind: corpus.KindAttendance, actors: actors, object: s.slice(i, end+1), to: end + 1}, ok && anyHuman(actors)
		}
	}
	return event{}, false
}
