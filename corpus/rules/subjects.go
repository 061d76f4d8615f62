package rules

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
		for back := i - 1; back > i-12 && back > s.first; back-- { // "Ruritania, as lead nation, signed"
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

// partiesEnding returns the list of parties, "A, B and C",
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
		if places[before] { // "In Ruritania, Mr. Sapt met", "advisers of A and B met"
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
// "In Ruritania, Mr. Sapt met", "as President".
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
