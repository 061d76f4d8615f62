package rules

import "rapport/corpus"

// reach is how many words before a date can still say in which sense it is
// meant.
const reach = 10

// mode returns the sense of a date from the words to its left.
func (d *dateScanner) mode(s DateSpan) corpus.DateMode {
	i := s.from - 1
	switch d.word(s.from) { // "in March": the preposition is in the span
	case "since":
		return corpus.ModeSince
	case "until":
		return corpus.ModeUntil
	}
	if d.word(i) == "of" && fillers[d.word(i-1)] { // "by the end of 2014"
		i--
	}
	for skipped := 0; skipped < 4 && fillers[d.word(i)]; skipped++ {
		i--
	}
	mode := corpus.ModeOn
	switch d.word(i) {
	case "since", "from", "after":
		mode = corpus.ModeSince
	case "until", "till", "through", "before":
		mode = corpus.ModeUntil
	case "by":
		mode = corpus.ModeBy
	case "of":
		if d.word(i-1) == "as" {
			return corpus.ModeAsOf
		}
	case "to":
		if d.word(i-1) == "up" {
			mode = corpus.ModeUntil
		}
	case "during", "throughout":
		mode = corpus.ModeDuring
	}
	if mode == corpus.ModeOn && d.planned(i) {
		return corpus.ModePlanned
	}
	if mode == corpus.ModeOn && s.Date.Decade {
		return corpus.ModeDuring
	}
	return mode
}

// fillers stand between a preposition and its date.
var fillers = map[string]bool{
	"the": true, "early": true, "late": true, "mid": true, "end": true, "beginning": true, "start": true, "middle": true,
	"spring": true, "summer": true, "autumn": true, "winter": true, "fall": true, "year": true,
}

// planned reports whether a word before token i in the same clause says that
// something is still to come.
func (d *dateScanner) planned(i int) bool {
	for n := 0; n < reach && i >= d.first; n, i = n+1, i-1 {
		switch d.word(i) {
		case "will", "shall", "should", "scheduled", "planned", "expected", "due":
			return true
		case ";", ":", ",", "(", "and", "that", "which", "who":
			return false
		}
	}
	return false
}
