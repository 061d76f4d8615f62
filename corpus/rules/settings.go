package rules

import "rapport/corpus"

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
			end++ // "League Headquarters", "the League Summit"
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
