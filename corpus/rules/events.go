package rules

import (
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
	object   string           // what was signed, joined or attended
	date     *DateSpan
	modality corpus.Modality
	sum      *sum
	stage    corpus.Stage
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
		if len(e.actors) == 0 && !standsAlone(e) {
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
	if e.date == nil {
		return false
	}
	return e.kind == corpus.KindMeeting && (e.place != "" || len(e.targets) > 0) ||
		e.kind == corpus.KindAgreement && e.object != "" || e.kind == corpus.KindAddress && len(e.targets) > 0 ||
		e.kind == corpus.KindVisit && e.place != "" && len(e.targets) > 0
}

// complete gives an event what a verb before it in the sentence has: "visited
// Headquarters on 3 May and met the Secretary General".
func (s *scene) complete(e *event, before []event) {
	if e.date == nil {
		e.date = s.dateOf(e.verb, e.to)
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

// coordinate reports whether the verb at token v follows "and" directly.
func (s *scene) coordinate(v int) bool {
	i := v - 1
	for adverbs[s.word(i)] {
		i--
	}
	return s.word(i) == "and"
}

// adverbs may stand between a subject and its verb.
var adverbs = map[string]bool{
	"also": true, "then": true, "twice": true, "later": true, "recently": true, "first": true, "again": true, "already": true,
	"jointly": true, "officially": true, "formally": true, "personally": true, "both": true, "subsequently": true, "once": true,
	"had": true, "has": true, "have": true, "today": true, "yesterday": true, "previously": true, "since": true, "together": true,
}

// denials before a verb mean that nothing happened, or not yet.
var denials = map[string]bool{
	"not": true, "never": true, "would": true, "could": true, "may": true, "might": true, "must": true, "can": true,
	"cannot": true, "if": true, "should": true, "to": true, "n't": true, "hardly": true, "be": true, "been": true,
	"being": true, "was": true, "were": true, "is": true, "are": true, "hasn't": true, "haven't": true, "hadn't": true, "who've": true,
}

// subject returns who does what the verb at token v says: the parties that
// end right before it, with auxiliaries, adverbs and a parenthesis between
// commas in the way. It reports false when the verb is denied or hypothetical.
func (s *scene) subject(v int) ([]party, bool) {
	i := v - 1
	for adverbs[s.word(i)] {
		i--
	}
	w := s.word(i)
	if denials[w] || w == "will" || w == "shall" {
		return nil, false
	}
	if w == "," {
		if list := s.partiesEnding(i); len(list) > 0 { // an apposition's comma
			return list, true
		}
		for back := i - 1; back > i-12 && back > s.first; back-- { // "Turkey, as lead nation, signed"
			if s.word(back) == "," {
				return s.partiesEnding(back), true
			}
		}
		return nil, true
	}
	if pronouns[w] {
		return s.before(i), true
	}
	return s.partiesEnding(i + 1), true
}

// pronouns stand for the nearest party before them in the sentence.
var pronouns = map[string]bool{"who": true, "which": true, "it": true, "he": true, "she": true}

// before returns the nearest party that ends before token i, when it is near.
func (s *scene) before(i int) []party {
	for k := len(s.parties) - 1; k >= 0; k-- {
		if a := s.parties[k]; a.to <= i && i-a.to <= 12 {
			return []party{a}
		}
	}
	return nil
}

// partiesEnding returns the list of parties, "Egypt, Israel and Tunisia",
// whose last ends at token end.
func (s *scene) partiesEnding(end int) []party {
	var list []party
	for k := len(s.parties) - 1; k >= 0; k-- {
		a := s.parties[k]
		if a.to > end {
			continue
		}
		gap := s.gap(a.to, end)
		if a.to != end && !(len(list) > 0 && gap) {
			break
		}
		list = append([]party{a}, list...)
		end = a.from
		for w := s.word(end - 1); w == "the" || w == "then" || w == "former" || w == "new"; w = s.word(end - 1) {
			end--
		}
	}
	return list
}

// gap reports whether only commas, "and" and "the" stand from token i up to
// token j.
func (s *scene) gap(i, j int) bool {
	for ; i < j; i++ {
		switch s.word(i) {
		case ",", "and", "the", "&", "with":
		default:
			return false
		}
	}
	return true
}

// partiesFrom returns the list of parties that begins at token i, and where
// it ends.
func (s *scene) partiesFrom(i int) ([]party, int) {
	var list []party
	for k := range s.parties {
		a := s.parties[k]
		if a.from < i {
			continue
		}
		if !s.gap(i, a.from) || len(list) == 0 && s.word(i) == "and" {
			break
		}
		list = append(list, a)
		i = a.to
	}
	return list, i
}

// placeAt reads a place at token i: a partner, the seat of an organisation, or
// up to three words with capitals.
func (s *scene) placeAt(i int) (place string, partner corpus.PartnerID, end int) {
	if s.word(i) == "the" {
		i++
	}
	if i >= s.last || !s.tokens[i].upper || !s.tokens[i].word || month(s.word(i)) > 0 || weekdays[s.word(i)] {
		return "", "", i
	}
	for _, a := range s.parties {
		if a.from != i {
			continue
		}
		if a.human() {
			return "", "", i
		}
		end = a.to
		if seats[s.word(end)] {
			end++
		}
		if end == a.to {
			return a.of, a.partner, end
		}
		return s.slice(i, end), a.partner, end
	}
	end = i
	for end < s.last && end < i+3 && s.tokens[end].upper && s.tokens[end].word && month(s.word(end)) == 0 {
		end++
	}
	if m, ok := s.gaz.at(s.prose, i); ok && (m.kind == officeName || m.kind == demonymName) {
		return "", "", i
	}
	return s.slice(i, end), "", end
}

// seats are the words that make an organisation a place.
var seats = map[string]bool{"headquarters": true, "hq": true}

// dateOf returns the date that tells when the event was whose words run from
// the verb to token to: the nearest behind them in the same clause, else one
// at the beginning of the sentence.
func (s *scene) dateOf(verb, to int) *DateSpan {
	for k := range s.dates {
		d := &s.dates[k]
		if d.from < verb {
			continue
		}
		if d.from > to+8 || s.clauseEnds(to, d.from) || s.word(d.from-1) == "of" && s.word(d.from-2) != "as" {
			break
		}
		return d
	}
	for k := range s.dates {
		d := &s.dates[k]
		if d.from <= s.first+3 && d.to <= verb && s.opens(d.from) {
			return d
		}
	}
	return nil
}

// opens reports whether a date at token i opens the sentence: "On 3 May".
func (s *scene) opens(i int) bool {
	if i == s.first {
		return true
	}
	switch s.word(s.first) {
	case "on", "in", "since", "during", "from", "by":
		return true
	}
	return s.word(s.first) == "as" && s.word(s.first+1) == "of"
}

// clauseEnds reports whether another clause begins between two tokens.
func (s *scene) clauseEnds(i, j int) bool {
	for ; i < j; i++ {
		switch w := s.word(i); w {
		case ";", ":", "which", "who", "that", "when", "where", "after", "before", "while", "because", "(", "—", "–", "following":
			return true
		default:
			if verbs[w] {
				return true
			}
		}
	}
	return false
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
