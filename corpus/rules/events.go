package rules

import (
	"slices"

	"rapport/corpus"
)

// event is something that happened, as one sentence says it.
type event struct {
	kind     corpus.FactKind
	verb     int // token of the word that the rule found it by
	to       int // token behind the words that belong to the trigger
	actors   []party
	targets  []party
	place    string
	placeOf  corpus.PartnerID // when the place is a partner
	where    string           // the place with its preposition, as written
	object   string           // what was signed, joined or attended
	date     *DateSpan
	modality corpus.Modality
	sum      *sum
	stage    corpus.Stage
	noun     bool   // said with a noun, which does not tell past from future
	verbed   string // the verb as written, where the statement repeats it
	// needsActor reports that the event says nothing without who did it.
	needsActor bool
}

// rule reads the event that the word at token v announces.
type rule func(s *scene, v int) (event, bool)

// triggers are the words that announce events, in lower case.
var triggers = map[string]rule{
	"visited": visited, "travelled": travelled, "traveled": travelled, "came": travelled, "led": ledDelegation, "visit": visitOf,
	"met": met, "meeting": meetingIn, "summit": meetingIn, "talks": meetingIn, "place": takenPlace, "held": takenPlace,
	"addressed": addressed, "address": addressed, "spoke": spokeTo, "spoken": spokeTo,
	"signed": signed, "issued": issued, "joined": joined, "became": becameMember, "attended": attended,
	"deployed": deployed, "appointed": appointed,
	"contributed": gave, "donated": gave, "pledged": gave, "gave": gave, "given": gave, "provided": gave, "committed": gave,
	"granted": gave, "disbursed": gave, "allocated": gave, "paid": gave,
}

// events finds the events of the sentence.
func (s *scene) events() []event {
	var found []event
	for v := s.first; v < s.last; v++ {
		find, ok := triggers[s.word(v)]
		if !ok || !s.tokens[v].word {
			if again, ok := s.again(v, found); ok {
				found = append(found, again)
			}
			continue
		}
		e, ok := find(s, v)
		if !ok {
			continue
		}
		e.verb = v
		s.complete(&e, found)
		if len(e.actors) == 0 && !standsAlone(e) || !named(e) {
			continue
		}
		found = append(found, e)
		if e.kind == corpus.KindMembership {
			found = append(found, s.alsoJoined(e)...)
		}
	}
	return found
}

// standsAlone reports whether an event says enough without who did it: where
// and when, or what and when.
func standsAlone(e event) bool {
	if e.date == nil || e.needsActor {
		return false
	}
	return e.kind == corpus.KindMeeting && (e.place != "" || len(e.targets) > 0) ||
		e.kind == corpus.KindAgreement && e.object != "" || e.kind == corpus.KindAddress && len(e.targets) > 0 ||
		e.kind == corpus.KindVisit && e.place != "" && len(e.targets) > 0
}

// named reports whether an event names anybody or a place that the taxonomy
// knows: "the President met the Prime Minister" tells nothing.
func named(e event) bool {
	if e.kind != corpus.KindMeeting && e.kind != corpus.KindVisit || len(e.actors) == 0 || e.placeOf != "" || e.date != nil {
		return true
	}
	for _, a := range slices.Concat(e.actors, e.targets) {
		if a.person != "" || a.of != "" {
			return true
		}
	}
	return false
}

// complete gives an event what a verb before it in the sentence has: "visited
// Headquarters on 3 May and met the Secretary General".
func (s *scene) complete(e *event, before []event) {
	if e.date == nil {
		e.date = s.dateOf(e.verb, e.to)
	}
	if e.date != nil && !tells(e.kind, e.date.Mode) {
		e.date = nil
	}
	if e.date != nil && e.date.Mode == corpus.ModePlanned && e.modality == "" {
		e.modality = corpus.Planned
	}
	if len(before) == 0 {
		return
	}
	last := before[len(before)-1]
	if len(e.actors) == 0 && s.coordinate(e.verb) {
		e.actors, e.modality = last.actors, last.modality
		if e.date == nil {
			e.date = last.date
		}
	}
}

// tells reports whether a date in this sense tells when an event was: "through
// 2026" is how long something lasts, not when it was pledged.
func tells(kind corpus.FactKind, mode corpus.DateMode) bool {
	switch mode {
	case corpus.ModeOn, corpus.ModePlanned:
		return true
	case corpus.ModeAsOf, corpus.ModeSince:
		return kind == corpus.KindContribution || kind == corpus.KindDeployment
	}
	return false
}

// coordinate reports whether the verb at token v follows "and" directly.
func (s *scene) coordinate(v int) bool {
	i := v - 1
	for adverbs[s.word(i)] {
		i--
	}
	return s.word(i) == "and"
}

// verbs are the triggers that are verbs: another of them begins a clause.
var verbs = map[string]bool{
	"visited": true, "travelled": true, "traveled": true, "came": true, "led": true, "met": true, "addressed": true, "spoke": true,
	"signed": true, "issued": true, "joined": true, "became": true, "attended": true, "deployed": true, "appointed": true,
	"contributed": true, "donated": true, "pledged": true, "gave": true, "provided": true, "committed": true, "paid": true,
}

// again reads "and again in December 2007" and "did so in May 2011" as
// repetitions of the visit or meeting before them.
func (s *scene) again(v int, before []event) (event, bool) {
	if len(before) == 0 {
		return event{}, false
	}
	e := before[len(before)-1]
	if e.kind != corpus.KindVisit && e.kind != corpus.KindMeeting && e.kind != corpus.KindAddress {
		return event{}, false
	}
	switch {
	case s.word(v) == "again" && s.word(v-1) == "and":
		e.date = s.dateOf(v, v+1)
	case s.word(v) == "did" && s.word(v+1) == "so":
		if e.actors = s.partiesEnding(v); len(e.actors) == 0 {
			return event{}, false
		}
		e.date = s.dateOf(v, v+2)
	default:
		return event{}, false
	}
	e.verb, e.to = v, v+1
	return e, e.date != nil && e.date.from > v
}
