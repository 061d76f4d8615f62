package search

import (
	"fmt"
	"strconv"
	"strings"
)

// Clauses returns the parts of a question on which relaxation counts, and
// the rest. The question is the And of them all. Words are what a text can
// lack: words, phrases, prefixes, fuzzy words, pairs joined by NEAR, terms
// with their synonyms, and alternatives of these; a name of several words
// with its synonyms is one. What is typed twice, in whatever case, counts
// once. The rest, values of fields, ranges and what NOT leaves out, is
// required in any case.
func Clauses(q Query) (words, rest []Query) {
	seen := map[string]bool{}
	for _, c := range conjuncts(q) {
		if !isText(c) {
			rest = append(rest, c)
			continue
		}
		key := strings.ToLower(c.String())
		if !seen[key] {
			seen[key] = true
			words = append(words, c)
		}
	}
	return words, rest
}

// conjuncts returns the clauses of an And, none for All, else q alone.
func conjuncts(q Query) []Query {
	switch q := q.(type) {
	case And:
		return q.Clauses
	case All:
		return nil
	}
	return []Query{q}
}

// isText reports whether a query looks at the text of documents alone and
// matches what holds some of its words.
func isText(q Query) bool {
	var list []Query
	switch q := q.(type) {
	case Word, Phrase, Prefix, Fuzzy, Near:
		return true
	case And:
		list = q.Clauses
	case Or:
		list = q.Clauses
	case AtLeast:
		list = q.Clauses
	case Either:
		list = q.Forms
	}
	for _, c := range list {
		if !isText(c) {
			return false
		}
	}
	return len(list) > 0
}

// Relax returns the question with a match mode applied: MatchAll and
// MatchAuto leave it as it is, MatchAny asks for one of the words that
// Clauses returns, "2of3" for two of them. The rest stays required. A number
// above that of the words asks for all of them.
func Relax(q Query, mode MatchMode) Query {
	words, rest := Clauses(q)
	least := len(words)
	if mode == MatchAny {
		least = min(1, len(words))
	} else if k, _, ok := mode.Number(); ok {
		least = min(max(k, 1), len(words))
	}
	if least == len(words) {
		return q
	}
	relaxed := AtLeast{Min: least, Clauses: words}
	if len(rest) == 0 {
		return relaxed
	}
	return And{Clauses: append([]Query{relaxed}, rest...)}
}

// ParseMatch reads a match mode: auto, all, any, or two numbers as in
// "2of3", of which the first is not above the second. The empty string is
// MatchAuto.
func ParseMatch(s string) (MatchMode, error) {
	switch m := MatchMode(strings.ToLower(s)); m {
	case "":
		return MatchAuto, nil
	case MatchAuto, MatchAll, MatchAny:
		return m, nil
	default:
		if k, n, ok := m.Number(); ok {
			return MatchSome(k, n), nil
		}
	}
	return "", fmt.Errorf("match mode %q: want auto, all, any, or a number of words as in 2of3", s)
}

// MatchSome returns the mode that asks for least of so many words: MatchAll
// when that is all of them, else as in "2of3". "1of3" finds what MatchAny does
// and says that a question was relaxed, not that any word was asked for.
func MatchSome(least, words int) MatchMode {
	if least >= words {
		return MatchAll
	}
	return MatchMode(strconv.Itoa(max(least, 1)) + "of" + strconv.Itoa(words))
}

// Number returns the numbers of a mode such as "2of3", and whether the mode
// is of that form.
func (m MatchMode) Number() (least, words int, ok bool) {
	a, b, found := strings.Cut(string(m), "of")
	if !found || !isDigits(a) || !isDigits(b) || len(a) > 4 || len(b) > 4 {
		return 0, 0, false
	}
	least, _ = strconv.Atoi(a) // at most four digits
	words, _ = strconv.Atoi(b)
	return least, words, least >= 1 && least <= words
}
