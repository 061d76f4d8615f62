package search

import (
	"slices"
	"strconv"
	"strings"
)

// The places in which a query is printed, and which forms need parentheses
// there.
const (
	inAll  = iota // nothing needs parentheses
	inAnd         // Or does
	inOr          // And does
	inTerm        // after - and beside NEAR: And, Or and Near do
)

// String returns the empty question.
func (All) String() string { return "" }

// String returns a text that cannot be typed: Parse reads it as a word.
func (None) String() string { return "(nothing)" }

// String returns the word as it is typed: fund, =fund, title:fund. Signs
// that would mean something else have a backslash.
func (q Word) String() string { return printed(q) }

// String returns "trust fund", "trust fund"~5 or ="trust fund".
func (q Phrase) String() string { return printed(q) }

// String returns fund*.
func (q Prefix) String() string { return printed(q) }

// String returns fund~.
func (q Fuzzy) String() string { return printed(q) }

// String returns both sides with NEAR/n between them.
func (q Near) String() string { return printed(q) }

// String returns field:value, with quotation marks where they are needed.
func (q Value) String() string { return printed(q) }

// String returns year:2005..2012, year:2005.. or amount:>5.
func (q Range) String() string { return printed(q) }

// String returns the clauses with a space between them.
func (q And) String() string { return printed(q) }

// String returns the clauses with OR between them, and a name with its
// synonyms as it was typed.
func (q Or) String() string { return printed(q) }

// String returns the clause after a minus sign.
func (q Not) String() string { return printed(q) }

// String returns the clauses in parentheses after "2 of". It cannot be typed.
func (q AtLeast) String() string { return printed(q) }

// String returns the first form.
func (q Either) String() string { return printed(q) }

func printed(q Query) string { return string(appendQuery(nil, q, inAll)) }

// appendQuery appends the canonical form of a query in its place.
func appendQuery(b []byte, q Query, in int) []byte {
	switch q := q.(type) {
	case Word:
		return appendWord(b, q)
	case Phrase:
		return appendPhrase(b, q)
	case Prefix:
		return append(appendSafe(appendField(b, q.Field), q.Text, q, '*'), '*')
	case Fuzzy:
		return append(appendSafe(appendField(b, q.Field), q.Text, q, '~'), '~')
	case Value:
		return appendValue(b, q)
	case Range:
		return appendRange(b, q)
	case Not:
		return appendQuery(append(b, '-'), q.Clause, inTerm)
	case Either:
		return appendEither(b, q, in)
	case AtLeast:
		b = append(strconv.AppendInt(b, int64(q.Min), 10), " of ("...)
		return append(appendList(b, q.Clauses, " ", inAnd), ')')
	case Or:
		if typed, ok := typedName(q); ok {
			return appendJoined(b, typed, in)
		}
		return appendJoined(b, q, in)
	case Near, And:
		return appendJoined(b, q, in)
	case None:
		return append(b, q.String()...)
	}
	return b
}

// appendJoined appends a query that may need parentheses.
func appendJoined(b []byte, q Query, in int) []byte {
	_, isAnd := q.(And)
	_, isOr := q.(Or)
	enclose := in == inTerm || isAnd && in == inOr || isOr && in == inAnd
	if enclose {
		b = append(b, '(')
	}
	switch q := q.(type) {
	case Near:
		b = appendQuery(b, q.Left, inTerm)
		b = append(b, " NEAR/"...)
		b = append(strconv.AppendInt(b, int64(q.Distance), 10), ' ')
		b = appendQuery(b, q.Right, inTerm)
	case And:
		b = appendList(b, q.Clauses, " ", inAnd)
	case Or:
		b = appendList(b, q.Clauses, " OR ", inOr)
	}
	if enclose {
		b = append(b, ')')
	}
	return b
}

func appendList(b []byte, list []Query, between string, in int) []byte {
	var amounts []int // where conditions on amounts begin
	for i, q := range list {
		if i > 0 {
			b = append(b, between...)
		}
		if isAmount(q) {
			amounts = append(amounts, len(b))
		}
		b = appendQuery(b, q, in)
	}
	for _, at := range slices.Backward(amounts) {
		if text := string(b[at:]); goesOn(text) {
			b = slices.Insert(b, at+strings.IndexByte(text, ' ')+1, '+')
		}
	}
	return b
}

// isAmount reports whether a clause is a condition on amounts.
func isAmount(q Query) bool {
	if not, ok := q.(Not); ok {
		q = not.Clause
	}
	r, ok := q.(Range)
	return ok && r.Field == FieldAmount
}

func appendEither(b []byte, q Either, in int) []byte {
	if len(q.Forms) == 0 {
		return append(b, None{}.String()...)
	}
	return appendQuery(b, q.Forms[0], in)
}

func appendField(b []byte, field string) []byte {
	if field == "" {
		return b
	}
	return append(append(b, field...), ':')
}

func appendWord(b []byte, q Word) []byte {
	b = appendField(b, q.Field)
	if q.Exact {
		b = append(b, '=')
	}
	return appendSafe(b, q.Text, q, 0)
}

// appendSafe appends the text of a word so that Parse reads it as q: as it
// is where that holds, else with a backslash before every sign.
func appendSafe(b []byte, text string, q Query, form byte) []byte {
	if isPlain(text) || readsAs(text, q, form) {
		return append(b, text...)
	}
	switch {
	case text == "AND", text == "OR", text == "NOT", strings.HasPrefix(text, "NEAR"):
		b = append(b, '\\')
	}
	for _, r := range text {
		if !isLetter(r) {
			b = append(b, '\\')
		}
		b = append(b, string(r)...)
	}
	return b
}

// isPlain reports whether a word is made of ASCII letters and digits alone
// and is no operator.
func isPlain(text string) bool {
	lower := false
	for i := range len(text) {
		if !isASCIILetter(text[i]) && !isDigit(rune(text[i])) {
			return false
		}
		lower = lower || text[i] >= 'a' || isDigit(rune(text[i]))
	}
	return lower
}

// readsAs reports whether Parse reads the text, with field and operators of
// q and in parentheses, as q and without a warning.
func readsAs(text string, q Query, form byte) bool {
	typed := []byte{'('}
	switch q := q.(type) {
	case Word:
		typed = appendField(typed, q.Field)
		if q.Exact {
			typed = append(typed, '=')
		}
	case Prefix:
		typed = appendField(typed, q.Field)
	case Fuzzy:
		typed = appendField(typed, q.Field)
	case Value:
		typed = appendField(typed, q.Field)
	}
	typed = append(typed, text...)
	if form != 0 {
		typed = append(typed, form)
	}
	read, warnings := Parse(string(append(typed, ')')))
	return len(warnings) == 0 && sameTerm(read, q)
}

// sameTerm reports whether two queries are the same word, prefix, fuzzy word
// or value. Other queries are never the same.
func sameTerm(a, b Query) bool {
	switch a.(type) {
	case Word, Prefix, Fuzzy, Value:
		return a == b
	}
	return false
}

func appendPhrase(b []byte, q Phrase) []byte {
	b = appendField(b, q.Field)
	if q.Exact {
		b = append(b, '=')
	}
	b = appendQuoted(b, q.Text)
	if q.Slop > 0 {
		b = strconv.AppendInt(append(b, '~'), int64(q.Slop), 10)
	}
	return b
}

// appendQuoted appends a text in quotation marks, with a backslash before
// every mark and backslash that would otherwise end it.
func appendQuoted(b []byte, text string) []byte {
	b = append(b, '"')
	for _, r := range text {
		if quoteFamily(r) == doubleQuote || r == '\\' {
			b = append(b, '\\')
		}
		b = append(b, string(r)...)
	}
	return append(b, '"')
}

func appendValue(b []byte, q Value) []byte {
	b = appendField(b, q.Field)
	// What begins as a range in brackets could go on as one with the words after it.
	if !isBracket(q.Value) && readsAs(q.Value, q, 0) {
		return append(b, q.Value...)
	}
	return appendQuoted(b, q.Value)
}

func isBracket(value string) bool {
	return strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{")
}

func appendRange(b []byte, q Range) []byte {
	b = appendField(b, q.Field)
	switch {
	case q.From == q.To && !q.FromExcluded && !q.ToExcluded && isPoint(q.Field, q.From):
		return append(b, q.From...)
	case q.FromExcluded && q.To == "":
		return append(append(b, '>'), q.From...)
	case q.ToExcluded && q.From == "":
		return append(append(b, '<'), q.To...)
	}
	if q.FromExcluded {
		b = append(b, '>')
	}
	b = append(append(b, q.From...), ".."...)
	if q.ToExcluded {
		b = append(b, '<')
	}
	return append(b, q.To...)
}
