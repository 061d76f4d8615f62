package rules

// officeAt reads "Ruritanian Foreign Minister Fritz Tarlenheim", "the
// League’s Secretary", "the Prime Minister of Ruritania, Antoinette Mauban".
func (s *scene) officeAt(i int, mentions []mention) (party, bool) {
	a := party{from: i}
	at := i
	if m, ok := nextMention(mentions, at); ok && m.kind != officeName {
		a.belongs(m)
		at = m.to
		if w := s.word(at); w == "'" || w == "’" {
			at++
			if s.word(at) == "s" {
				at++
			}
		}
	}
	start := at
	m, ok := nextMention(mentions, at)
	for !ok && s.modifiesOffice(at) {
		at++
		m, ok = nextMention(mentions, at)
	}
	if !ok || m.kind != officeName {
		return party{}, false
	}
	if s.word(i-1) == "the" && s.word(i-2) == "to" && i-3 >= s.first && s.tokens[i-3].upper {
		return party{}, false // "Assistant to the President"
	}
	a.office, at = s.slice(start, m.to), m.to
	if s.word(at) == "to" && s.word(at+1) == "the" { // "Adviser to the Vice President"
		if m, ok := nextMention(mentions, at+2); ok && m.kind == officeName {
			a.office, at = s.slice(start, m.to), m.to
		}
	}
	at, ok = s.officeOf(&a, at, mentions)
	if !ok {
		return party{}, false
	}
	name := at
	if s.word(at) == "," {
		name = at + 1
	}
	if end := personAt(s.prose, name, s.last, s.gaz); end > name && (name == at || s.word(end) == "," && end-name > 1) {
		a.person, at = s.slice(name, end), end
		if a.of == "" && s.word(at) == "of" { // "President Elphberg of Ruritania"
			if m, ok := nextMention(mentions, at+1); ok && (m.kind == partnerName || m.kind == organisationName) {
				a.belongs(m)
				at = m.to
			}
		}
	}
	a.to = at
	return a, true
}

// modifiesOffice reports whether token i belongs to the office behind it. "Under
// Secretary Sapt" may be the beginning of a sentence about his time.
func (s *scene) modifiesOffice(i int) bool {
	if i >= s.last || !s.tokens[i].upper {
		return false
	}
	return offices[s.word(i)] || s.word(i) == "under" && s.word(i+1) == "secretary" && i > s.first
}

// offices are the words that modify an office.
var offices = map[string]bool{
	"deputy": true, "vice": true, "assistant": true, "acting": true, "senior": true, "permanent": true, "special": true,
	"former": true, "then": true, "first": true, "chief": true, "principal": true, "associate": true,
}

// longestOf is how many words the name of a country or organisation may have
// that the taxonomy does not know. Of more, some are the name of a person.
const longestOf = 3

// officeOf reads "of Ruritania" or "of the League" behind an office, and returns
// where it ends. It reports false when that cannot be told.
func (s *scene) officeOf(a *party, at int, mentions []mention) (end int, ok bool) {
	if w := s.word(at); w != "of" && w != "for" {
		return at, true
	}
	of := at + 1
	if s.word(of) == "the" {
		of++
	}
	if m, ok := nextMention(mentions, of); ok && (m.kind == partnerName || m.kind == organisationName) {
		a.belongs(m)
		return m.to, true
	}
	// "of Foreign Affairs", "of State": a ministry is a part of the title.
	if of >= s.last || !s.tokens[of].upper || !s.tokens[of].word || month(s.word(of)) > 0 {
		return at, true
	}
	end = of + 1
	if w := s.word(of); !ministries[w] && !qualifiers[w] {
		if s.word(at) == "for" {
			return at, true
		}
		for end < s.last && s.tokens[end].upper && s.tokens[end].word {
			end++
		}
		a.of = s.slice(of, end)
		return end, end-of <= longestOf
	}
	if of != at+1 {
		return at, true
	}
	for end < s.last && s.tokens[end].upper && (ministries[s.word(end)] || qualifiers[s.word(end-1)]) || s.word(end) == "and" && end+1 < s.last && s.tokens[end+1].upper {
		end++
		if s.word(end-1) == "and" {
			end++
		}
	}
	a.office += " " + s.slice(at, end)
	if s.word(end) == "of" {
		return s.officeOf(a, end, mentions)
	}
	return end, true
}

// ministries are the words that go on with the name of a ministry.
var ministries = map[string]bool{
	"affairs": true, "security": true, "services": true, "development": true, "policy": true, "staff": true, "resources": true,
	"trade": true, "relations": true, "cooperation": true, "protection": true, "planning": true, "management": true,
	"defence": true, "defense": true, "education": true, "economy": true, "health": true, "finance": true, "interior": true,
	"state": true, "agriculture": true, "commerce": true, "transportation": true, "transport": true, "treasury": true, "energy": true,
	"labor": true, "labour": true, "housing": true, "veterans": true, "justice": true, "environment": true, "industry": true,
	"culture": true, "tourism": true, "war": true, "navy": true, "army": true, "communications": true,
}

// qualifiers are the words that need another behind them in such a name.
var qualifiers = map[string]bool{
	"international": true, "national": true, "political": true, "public": true, "foreign": true, "economic": true, "home": true,
	"urban": true, "human": true, "social": true, "internal": true, "external": true, "homeland": true, "regional": true,
}

// belongs records whose office it is.
func (a *party) belongs(m mention) {
	a.of, a.partner = m.canonical, m.partner
	if m.kind == organisationName {
		a.organisation = m.canonical
	}
}
