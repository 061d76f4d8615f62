package search

import (
	"fmt"
	"strings"

	"rapport/search/analysis"
)

// condense returns a question of at most MaxTerms words, where a phrase or
// compound counts as many as it is made of: what people paste is often longer.
// Of a longer one it leaves out repeated clauses of an And or Or first, and
// when that is not enough everything after the first MaxTerms words. A warning
// says so, at the place in the text of the first word left out.
func condense(text string, q Query) (Query, []Warning) {
	if words(q) <= MaxTerms {
		return q, nil
	}
	c := condenser{text: text, room: MaxTerms, leftAt: -1}
	shorter, _ := c.shorten(q)
	if shorter == nil {
		shorter = All{}
	}
	message := fmt.Sprintf("words that come again are left out: the question has more than %d", MaxTerms)
	if c.leftAt >= 0 {
		message = fmt.Sprintf("the question is longer than %d words; from here on it is left out", MaxTerms)
	}
	return normal(shorter), []Warning{{Position: max(c.leftAt, 0), Message: message}}
}

// words returns how many words a question is made of, values of fields
// included.
func words(q Query) int {
	switch q := q.(type) {
	case Word:
		return max(1, len(analysis.Terms(q.Text)))
	case Phrase:
		return max(1, len(analysis.Terms(q.Text)))
	}
	parts := clausesOf(q)
	if parts == nil {
		return 1
	}
	n := 0
	for _, p := range parts {
		n += words(p)
	}
	return n
}

// condenser goes through a question from left to right.
type condenser struct {
	text   string
	at     int // behind the last leaf in the text
	room   int // words that may still come
	leftAt int // place of the first leaf left out, -1 for none
}

// shorten returns what is kept of a query, nil for nothing, and whether that
// means the same.
func (c *condenser) shorten(q Query) (kept Query, whole bool) {
	switch t := q.(type) {
	case And:
		list, whole := c.list(t.Clauses)
		if list == nil {
			return nil, false
		}
		return And{Clauses: list}, whole
	case Or:
		list, whole := c.list(t.Clauses)
		if list == nil {
			return nil, false
		}
		return Or{Clauses: list}, whole
	case Not:
		if inner, whole := c.shorten(t.Clause); whole {
			return Not{Clause: inner}, true
		}
		return nil, false // a part of what is excluded would be another question
	}
	c.pass(q)
	n := words(q)
	if n <= c.room {
		c.room -= n
		return q, true
	}
	kept = c.cut(q)
	c.room = 0
	return kept, false
}

// list shortens the clauses of an And or Or, each once, and reports whether
// what is kept means all of them.
func (c *condenser) list(clauses []Query) (kept []Query, whole bool) {
	seen := map[string]bool{}
	whole = true
	for _, q := range clauses {
		name := strings.ToLower(q.String())
		if seen[name] {
			continue
		}
		seen[name] = true
		q, all := c.shorten(q)
		whole = whole && all
		if q != nil {
			kept = append(kept, q)
		}
	}
	return kept, whole
}

// pass goes past a leaf in the text, and notes the first that does not fit.
func (c *condenser) pass(q Query) {
	leaf := strings.Trim(q.String(), `-="*~`)
	switch q := q.(type) {
	case Word:
		leaf = q.Text
	case Phrase:
		leaf = q.Text
	}
	found := c.at
	if i := strings.Index(c.text[c.at:], leaf); i >= 0 {
		found += i
		c.at = found + len(leaf)
	}
	if c.leftAt < 0 && words(q) > c.room {
		c.leftAt = found
	}
}

// cut returns the beginning of a word or phrase that is itself too long, nil
// for other leaves and when there is no room.
func (c *condenser) cut(q Query) Query {
	if c.room == 0 {
		return nil
	}
	begin := func(text string) string {
		var s analysis.Scanner
		s.Reset(text)
		n := 0
		for t := (analysis.Token{}); s.Next(&t); {
			if t.Joined {
				continue
			}
			if n++; n > c.room {
				return strings.TrimRight(text[:t.Start], " -'’&")
			}
		}
		return text
	}
	switch q := q.(type) {
	case Word:
		q.Text = begin(q.Text)
		return q
	case Phrase:
		q.Text = begin(q.Text)
		return q
	}
	return nil
}

// clausesOf returns the parts of a query, nil for a leaf.
func clausesOf(q Query) []Query {
	switch q := q.(type) {
	case And:
		return q.Clauses
	case Or:
		return q.Clauses
	case AtLeast:
		return q.Clauses
	case Either:
		return q.Forms
	case Not:
		return []Query{q.Clause}
	case Near:
		return []Query{q.Left, q.Right}
	}
	return nil
}
