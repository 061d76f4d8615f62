package search

import (
	"slices"
	"strings"
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
// ("amount>=1000"): of that, the sign belongs to the value.
func (l *lexer) field() (token, bool) {
	end := l.i
	for end < len(l.text) && isASCIILetter(l.text[end]) {
		end++
	}
	if end == l.i || end == len(l.text) {
		return token{}, false
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
	begin := l.i
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
	t := token{kind: tokenValue, pos: begin, text: trimValue(l.text[begin:l.i])}
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
