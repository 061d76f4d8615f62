package search

import (
	"slices"
	"strings"
	"unicode"
)

// fields returns the names of the fields that a question can name.
func fields() []string {
	return []string{
		FieldTitle, FieldID, FieldPartner, FieldMention, FieldTopic, FieldYear, FieldPublished, FieldType,
		FieldPublisher, FieldFormat, FieldLang, FieldSource, FieldKind, FieldStatus, FieldDocument, FieldCurrency, FieldAmount,
	}
}

// isField reports whether name, in lower case, is a field's.
func isField(name string) bool {
	switch name {
	case FieldTitle, FieldID, FieldPartner, FieldMention, FieldTopic, FieldYear, FieldPublished, FieldType,
		FieldPublisher, FieldFormat, FieldLang, FieldSource, FieldKind, FieldStatus, FieldDocument, FieldCurrency, FieldAmount:
		return true
	}
	return false
}

// isKeyword reports whether the field's values are matched whole.
func isKeyword(field string) bool { return field != "" && field != FieldTitle }

// isOrdered reports whether the field has ranges.
func isOrdered(field string) bool {
	return field == FieldYear || field == FieldPublished || field == FieldAmount
}

// field reads the name of a field and its colon, or a comparison of a field
// ("amount>=1000", "amount >= 1000"): of that, the sign belongs to the value.
func (l *lexer) field() (token, bool) {
	end := l.i
	for end < len(l.text) && isASCIILetter(l.text[end]) {
		end++
	}
	if end == l.i || end == len(l.text) {
		return token{}, false
	}
	if isOrdered(strings.ToLower(l.text[l.i:end])) {
		at := l.pastSpaces(end)
		if _, after := comparison(l.text, at); after > at && l.startsValue(l.pastSpaces(after)) {
			t := token{kind: tokenField, pos: l.i, text: strings.ToLower(l.text[l.i:end])}
			l.i = at
			return t, true
		}
	}
	sign := l.text[end]
	if sign != ':' && sign != '=' && sign != '<' && sign != '>' {
		return token{}, false
	}
	name := strings.ToLower(l.text[l.i:end])
	if !isField(name) || sign == '=' && !isKeyword(name) || (sign == '<' || sign == '>') && !isOrdered(name) {
		return token{}, false
	}
	after := end
	if sign == ':' || sign == '=' {
		after++
	}
	if r, _ := l.runeAt(after); r < 0 || isSpace(r) || r == ')' {
		l.warnings.add(l.i, name+string(sign)+" needs a value right after it, as in "+exampleOf(name)+"; read as the word "+name)
		return token{}, false
	}
	t := token{kind: tokenField, pos: l.i, text: name}
	l.i = after
	return t, true
}

// comparison reads a sign that compares, at byte i of a text. It returns the
// sign in ASCII, and i when there is none.
func comparison(text string, i int) (sign string, end int) {
	for _, s := range []struct{ written, meant string }{
		{">=", ">="}, {"<=", "<="}, {"≥", ">="}, {"≤", "<="}, {">", ">"}, {"<", "<"},
	} {
		if strings.HasPrefix(text[i:], s.written) {
			return s.meant, i + len(s.written)
		}
	}
	return "", i
}

// pastSpaces returns the first byte from i on that is no white space.
func (l *lexer) pastSpaces(i int) int {
	for r, n := l.runeAt(i); n > 0 && isSpace(r); r, n = l.runeAt(i) {
		i += n
	}
	return i
}

// startsValue reports whether a number, or a sum of money with its currency
// before it, can begin at byte i, perhaps behind a quotation mark.
func (l *lexer) startsValue(i int) bool {
	r, n := l.runeAt(i)
	if quoteFamily(r) != noQuote {
		i += n
		r, n = l.runeAt(i)
	}
	next, _ := l.runeAt(i + n)
	return isDigit(r) || unicode.Is(unicode.Sc, r) && isDigit(next)
}

func isASCIILetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// exampleOf returns an example of a field's use.
func exampleOf(field string) string {
	switch field {
	case FieldTitle:
		return "title:summit"
	case FieldYear:
		return "year:2005..2012"
	case FieldPublished:
		return "published:2010-05"
	case FieldAmount:
		return "amount:>=1000000"
	}
	return field + `:"a value"`
}

// unknownField warns of a word that looks like a field with its value, and
// names the field that may be meant.
func (l *lexer) unknownField(pos int, word string) {
	name, value, found := strings.Cut(word, ":")
	if !found || len(name) < 2 || value == "" || value[0] == '/' || strings.ContainsFunc(name, func(r rune) bool { return r > 0x7F || !isASCIILetter(byte(r)) }) {
		return
	}
	message := name + " is no field; " + word + " is read as words"
	if near := nearest(strings.ToLower(name), slices.Values(fields())); near != "" {
		message += "; did you mean " + near + ":" + value + "?"
	}
	l.warnings.add(pos, message)
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
	if s, end := comparison(l.text, begin); isOrdered(c.field) && end > begin && l.startsValue(l.pastSpaces(end)) {
		sign, l.i = s, l.pastSpaces(end)
		if inside, ok := l.quotedBound(); ok {
			return token{kind: tokenValue, pos: begin, text: sign + inside}
		}
	}
	start := l.i
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
			break
		}
		l.i += n
	}
	t := token{kind: tokenValue, pos: begin, text: sign + trimValue(l.text[start:l.i])}
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
	inside = strings.ReplaceAll(unquote(l.text[l.i:end]), " ", "")
	l.i = after
	l.trail()
	return inside, inside != ""
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
