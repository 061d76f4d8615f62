package search

import (
	"strings"
	"unicode"
)

// pastSpaces returns the first byte from i on that is no white space.
func (l *lexer) pastSpaces(i int) int {
	for r, n := l.runeAt(i); n > 0 && isSpace(r); r, n = l.runeAt(i) {
		i += n
	}
	return i
}

// startsValue reports whether a value of an ordered field can begin at byte i:
// a number, perhaps behind the sign of a currency, and in quotation marks also
// a date that begins with the name of its month.
func (l *lexer) startsValue(field string, i int) bool {
	r, n := l.runeAt(i)
	if quoteFamily(r) != noQuote {
		i += n
		if r, n = l.runeAt(i); field == FieldPublished && isLetter(r) {
			return true
		}
	}
	next, _ := l.runeAt(i + n)
	return isDigit(r) || unicode.Is(unicode.Sc, r) && isDigit(next)
}

// value reads the unquoted value of a keyword field: everything up to white
// space, a quotation mark or a parenthesis that encloses it.
func (l *lexer) value(c lexContext) token {
	begin, sign := l.i, ""
	if text, end := bracketed(l.text, begin); isOrdered(c.field) && end > begin {
		l.i = end
		l.trail()
		return token{kind: tokenValue, pos: begin, text: text}
	}
	if s, end := comparison(l.text, begin); isOrdered(c.field) && end > begin && l.startsValue(c.field, l.pastSpaces(end)) {
		sign, l.i = s, l.pastSpaces(end)
		if inside, ok := l.quotedBound(); ok {
			return token{kind: tokenValue, pos: begin, text: sign + inside, quoted: true}
		}
	}
	start := l.i
	l.toValueEnd(c.field, start)
	t := token{kind: tokenValue, pos: begin, text: sign + trimValue(l.text[start:l.i])}
	if isOrdered(c.field) && sign == "" {
		l.rangeGoesOn(c.field, &t)
	}
	if c.field == FieldAmount {
		l.joinThousands(&t)
	}
	if !c.direct {
		if op, ok := l.operator(t, l.text[begin:l.i]); ok {
			return op
		}
	}
	if t.text == "" {
		l.warnings.wordless(begin, l.text[begin:l.i])
		return token{kind: tokenNothing}
	}
	return t
}

// toValueEnd goes from the beginning of a value to its end.
func (l *lexer) toValueEnd(field string, start int) {
	for {
		r, n := l.rune()
		if r == '(' {
			w := wordScan{lexer: l}
			if m := w.enclosed(); m > 0 {
				l.i += m
				continue
			}
		}
		if n == 0 || l.isEdge(l.i) {
			end := l.thousandsAfter(start)
			if field != FieldAmount || end == 0 {
				return
			}
			l.i = end
			continue
		}
		l.i += n
	}
}

// quotedBound reads a bound in quotation marks, which hold together what is
// written with spaces: amount>="1 million".
func (l *lexer) quotedBound() (inside string, ok bool) {
	r, n := l.rune()
	family := quoteFamily(r)
	if family == noQuote {
		return "", false
	}
	begin := l.i
	l.i += n
	end, after := l.closing(family)
	if end < 0 {
		l.i = begin
		return "", false
	}
	inside = unquote(l.text[l.i:end])
	l.i = after
	l.trail()
	return inside, inside != ""
}

// rangeGoesOn adds to the first bound of a range what ends it: a bound in
// quotation marks after two dots ("2010".."2015"), or one after a dash between
// spaces (2010 - 2015), which would else be left out.
func (l *lexer) rangeGoesOn(field string, t *token) {
	if strings.HasSuffix(t.text, "..") {
		if inside, ok := l.quotedBound(); ok {
			t.text, t.quoted = t.text+inside, true
		}
		return
	}
	dash := l.pastSpaces(l.i)
	r, n := l.runeAt(dash)
	at := l.pastSpaces(dash + n)
	if r != '-' && r != '–' || dash == l.i || at == dash+n || strings.Contains(t.text, "..") || !l.startsBound(field, at) {
		return
	}
	l.i = at
	l.toValueEnd(field, at)
	t.text += ".." + trimValue(l.text[at:l.i])
}

// startsBound reports whether what begins at byte i can only be the end of a
// range: an amount, or a year or date by its four digits.
func (l *lexer) startsBound(field string, i int) bool {
	if field == FieldAmount {
		return l.startsValue(field, i)
	}
	return i+4 <= len(l.text) && isDigits(l.text[i:i+4])
}

// trimValue takes the punctuation of a sentence off the end of a value; two
// dots are an open range.
func trimValue(s string) string {
	for s != "" {
		switch s[len(s)-1] {
		case ',', ';', ':', '!', '?', ']', '}':
			s = s[:len(s)-1]
			continue
		case '.':
			if !strings.HasSuffix(s, "..") {
				s = s[:len(s)-1]
				continue
			}
		}
		break
	}
	return s
}
