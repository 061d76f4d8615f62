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
	if denials[w] || w == "will" || w == "shall" || w == "i" || w == "we" || w == "you" {
		return nil, false
	}
	if w == "," {
		if list := s.partiesEnding(i); len(list) > 0 && s.apposed(list[len(list)-1]) {
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
		return s.antecedent(w, i), true
	}
	return s.partiesEnding(i + 1), true
}

// apposed reports whether a party consists of two parts with a comma between
// them, so that a comma follows it, too.
func (s *scene) apposed(a party) bool {
	for i := a.from; i < a.to; i++ {
		if s.word(i) == "," {
			return true
		}
	}
	return false
}

// pronouns stand for a party before them in the sentence.
var pronouns = map[string]bool{"who": true, "which": true, "it": true, "he": true, "she": true}

// antecedent returns the party that the pronoun at token i stands for: of "who"
// and "which" the one right before them, of others the nearest that can be
// called so.
func (s *scene) antecedent(pronoun string, i int) []party {
	nearest := s.before(i)
	if len(nearest) == 0 || s.colon(nearest[0].to, i) {
		return nil
	}
	person := pronoun == "who" || pronoun == "he" || pronoun == "she"
	if nearest[0].human() != person {
		return nil
	}
	for _, other := range s.parties { // "the President remembers the Pope and when he visited"
		if pronoun != "who" && pronoun != "which" && other.to <= nearest[0].from && other.human() == person {
			return nil
		}
	}
	if pronoun == "who" || pronoun == "which" {
		if end := nearest[0].to; end != i && !(end == i-1 && s.word(end) == ",") {
			return nil
		}
	}
	return nearest
}

// colon reports whether a colon stands between two tokens.
func (s *scene) colon(i, j int) bool {
	for ; i < j; i++ {
		if s.word(i) == ":" {
			return true
		}
	}
	return false
}

// before returns the nearest party that ends before token i, when it is near.
func (s *scene) before(i int) []party {
	for k := len(s.parties) - 1; k >= 0; k-- {
		a := s.parties[k]
		before := s.word(a.from - 1)
		if before == "the" {
			before = s.word(a.from - 2)
		}
		if a.to <= i && i-a.to <= 12 && !places[before] && before != "with" && before != "by" && before != "for" {
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
		before := s.word(a.from - 1)
		if before == "the" {
			before = s.word(a.from - 2)
		}
		if places[before] { // "In Colombia, Mr. Finer met", "advisers of Japan and Norway met"
			if a.to == end || before == "of" {
				return nil
			}
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

// places are the words that make a name a place or a role, and no subject:
// "In Colombia, Mr. Finer met", "as President".
var places = map[string]bool{"in": true, "at": true, "from": true, "to": true, "of": true, "on": true, "as": true, "near": true}

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
// up to five words with capitals.
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
		for a.organisation != "" && end < s.last && end < i+6 && s.tokens[end].upper && s.tokens[end].word && month(s.word(end)) == 0 {
			end++ // "NATO Headquarters", "the NATO Summit"
		}
		if end == a.to {
			return a.of, a.partner, end
		}
		return s.slice(i, end), a.partner, end
	}
	end = i
	for end < s.last && end < i+6 && s.tokens[end].upper && s.tokens[end].word && month(s.word(end)) == 0 && !weekdays[s.word(end)] {
		end++
		if end+1 < s.last && (s.word(end) == "." && len(s.word(end-1)) == 1 || particles[s.word(end)] && s.tokens[end+1].upper) {
			end++ // "John D. Rockefeller Bridge", "Rio de Janeiro"
		}
	}
	if !s.tokens[end-1].word || particles[s.word(end-1)] {
		end--
	}
	if m, ok := s.gaz.at(s.prose, i); ok && (m.kind == officeName || m.kind == demonymName) {
		return "", "", i
	}
	return s.slice(i, end), "", end
}

// dateOf returns the date that tells when the event was whose words run from
// the verb to token to: the nearest behind them in the same clause, else one
// at the beginning of the sentence.
func (s *scene) dateOf(verb, to int) *DateSpan {
	for k := range s.dates {
		d := &s.dates[k]
		if d.from < verb || !d.sure {
			continue
		}
		if d.from > to+8 || s.clauseEnds(to, d.from) || s.word(d.from-1) == "of" && s.word(d.from-2) != "as" ||
			s.word(d.from-1) == "the" && s.word(d.from-2) == "of" {
			break
		}
		return d
	}
	for k := range s.dates {
		d := &s.dates[k]
		if d.from <= s.first+3 && d.to <= verb && d.sure && s.opens(d.from) {
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
