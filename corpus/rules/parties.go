package rules

import (
	"strings"

	"rapport/corpus"
)

// party is somebody who takes part in an event: a person with or without an
// office, an organisation, or a partner.
type party struct {
	from, to int // tokens, without a comma behind
	person   string
	office   string
	// of is the country or organisation of the office, or the party itself.
	of      string
	partner corpus.PartnerID
	// organisation is the party itself or that of the office.
	organisation string
}

// String names the party in a sentence.
func (a party) String() string {
	role := a.role()
	switch {
	case a.person != "" && role != "":
		return a.person + " (" + role + ")"
	case a.person != "":
		return a.person
	case role != "":
		return "the " + role
	}
	return a.of
}

// role returns the office with its country or organisation, "Prime Minister
// of Ruritania", or "".
func (a party) role() string {
	if a.office == "" || a.of == "" {
		return a.office
	}
	return a.office + " of " + a.of
}

// human reports whether the party is a person or an office.
func (a party) human() bool { return a.person != "" || a.office != "" }

// scene is one sentence with all that was recognised in it.
type scene struct {
	*prose
	gaz         *gazetteer
	first, last int // tokens
	parties     []party
	dates       []DateSpan
	sums        []sum
	quantities  []QuantitySpan
}

// word returns the token in lower case, or "" outside the sentence.
func (s *scene) word(i int) string {
	if i < s.first || i >= s.last {
		return ""
	}
	return s.lower(i)
}

// findParties recognises the parties of the sentence from left to right.
func (s *scene) findParties(mentions []mention) {
	for i := s.first; i < s.last; {
		for len(mentions) > 0 && mentions[0].from < i {
			mentions = mentions[1:]
		}
		a, ok := s.partyAt(i, mentions)
		if !ok {
			i++
			continue
		}
		s.parties = append(s.parties, a)
		i = a.to
	}
}

// nextMention returns the mention at token i among those that are still to come.
func nextMention(mentions []mention, i int) (mention, bool) {
	for _, m := range mentions {
		if m.from == i {
			return m, true
		}
		if m.from > i {
			break
		}
	}
	return mention{}, false
}

// partyAt reads the party that begins at token i.
func (s *scene) partyAt(i int, mentions []mention) (party, bool) {
	if a, ok := s.officeAt(i, mentions); ok {
		return a, true
	}
	if a, ok := s.personAt(i, mentions); ok {
		return a, true
	}
	m, ok := nextMention(mentions, i)
	if !ok || m.kind == demonymName || m.kind == officeName {
		return party{}, false
	}
	a := party{from: i, to: m.to, of: m.canonical, partner: m.partner}
	if m.kind == organisationName {
		a.organisation = m.canonical
	}
	return a, true
}

// personAt reads "Fritz Tarlenheim, the Ruritanian Foreign Minister",
// "Michael Elphberg, as Foreign Minister," and "Lord Burlesdon".
func (s *scene) personAt(i int, mentions []mention) (party, bool) {
	if !s.tokens[i].upper || !s.tokens[i].word || stopWords[s.word(i)] {
		return party{}, false
	}
	at := i
	titled := honorifics[s.word(i)]
	if titled {
		at++
		if s.word(at) == "." {
			at++
		}
	}
	end := personAt(s.prose, at, s.last, s.gaz)
	if end == at || !titled && (end-at < 2 || i == s.first && !s.apposition(end, mentions)) {
		return party{}, false
	}
	a := party{from: i, to: end, person: s.slice(at, end)}
	if strings.EqualFold(s.word(i), "lord") {
		a.person = s.slice(i, end)
	}
	if s.word(end) == "," {
		post := end + 1
		for s.word(post) == "the" || s.word(post) == "as" || s.word(post) == "then" {
			post++
		}
		if role, ok := s.officeAt(post, mentions); ok && role.person == "" {
			a.office, a.of, a.partner, a.organisation, a.to = role.office, role.of, role.partner, role.organisation, role.to
			return a, true
		}
	}
	// Two words with capitals may be anything; a name needs a title.
	return a, titled
}

// apposition reports whether an office explains the name that ends at token
// end.
func (s *scene) apposition(end int, mentions []mention) bool {
	if s.word(end) != "," {
		return false
	}
	post := end + 1
	for s.word(post) == "the" || s.word(post) == "as" || s.word(post) == "then" {
		post++
	}
	_, ok := s.officeAt(post, mentions)
	return ok
}
