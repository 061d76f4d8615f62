package search

import (
	"strings"

	"rapport/corpus"
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

// fieldNamed returns the field that a name in lower case stands for, empty for
// none: its own name, or another one that people use for it.
func fieldNamed(name string) (field string, other bool) {
	switch {
	case isField(name):
		return name, false
	case name == "date":
		return FieldPublished, true
	case name == "country":
		return FieldPartner, true
	case name == "language":
		return FieldLang, true
	}
	singular, plural := strings.CutSuffix(name, "s")
	if !plural {
		return "", false
	}
	field, _ = fieldNamed(singular)
	return field, field != ""
}

// field reads the name of a field up to its value: with a colon or = after it
// ("amount:1000"), or before a comparison ("amount>=1000"), whose sign belongs
// to the value.
func (l *lexer) field() (token, bool) {
	end := l.i
	for end < len(l.text) && isASCIILetter(l.text[end]) {
		end++
	}
	if end == l.i || end == len(l.text) {
		return token{}, false
	}
	typed := l.text[l.i:end]
	name, other := fieldNamed(strings.ToLower(typed))
	if name == "" {
		return token{}, false
	}
	at, ok := l.valueAfter(name, end)
	if ok && other {
		l.warnings.add(l.i, "“"+typed+"” is no field; read as "+name)
	}
	if !ok {
		at, ok = l.spacedValue(name, end)
	}
	if !ok {
		if sign := l.text[end]; !other && (sign == ':' || sign == '=' && isKeyword(name)) {
			l.warnings.add(l.i, "“"+name+string(sign)+"” needs a value right after it, as in "+exampleOf(name)+"; read as the word "+name)
		}
		return token{}, false
	}
	t := token{kind: tokenField, pos: l.i, text: name}
	l.i = at
	return t, true
}

// valueAfter returns where the value of a field begins whose name ends at byte
// end. White space around the sign between them does not matter where a number
// follows that only an ordered field can mean.
func (l *lexer) valueAfter(name string, end int) (at int, ok bool) {
	sign := l.text[end]
	_, after := comparison(l.text, end)
	switch {
	case isOrdered(name) && after > end && l.startsValue(name, l.pastSpaces(after)):
		return end, true
	case sign == ':' || sign == '=' && isKeyword(name):
		if r, _ := l.runeAt(end + 1); r >= 0 && !isSpace(r) && r != ')' {
			return end + 1, true
		}
	case (sign == '<' || sign == '>') && isOrdered(name):
		return end, true
	}
	if !isOrdered(name) {
		return 0, false
	}
	at = l.pastSpaces(end)
	r, n := l.runeAt(at)
	if next, _ := l.runeAt(at + n); r == ':' || r == '=' && isSpace(next) {
		at = l.pastSpaces(at + n)
		if l.startsValue(name, at) {
			return at, true
		}
	}
	_, after = comparison(l.text, at)
	return at, after > at && l.startsValue(name, l.pastSpaces(after))
}

// spacedValue returns where a value begins that stands behind a colon and white
// space after the name of a field that ends at byte end, if the field is known
// to have it. Before anything else the name is a word.
func (l *lexer) spacedValue(name string, end int) (at int, ok bool) {
	colon := l.pastSpaces(end)
	if l.isValue == nil || colon == len(l.text) || l.text[colon] != ':' {
		return 0, false
	}
	at = l.pastSpaces(colon + 1)
	if at == len(l.text) || !l.isValue(name, l.text[at:]) {
		return 0, false
	}
	l.warnings.add(l.i, "read as "+name+": with the value after the space; leave out the colon to search for the word "+name)
	return at, true
}

// comparison reads a sign that compares, at byte i of a text. It returns the
// sign in ASCII, and i when there is none.
func comparison(text string, i int) (sign string, end int) {
	for _, s := range []struct{ written, meant string }{
		{">=", ">="}, {"<=", "<="}, {"=>", ">="}, {"=<", "<="}, {"≥", ">="}, {"≤", "<="}, {">", ">"}, {"<", "<"},
	} {
		if strings.HasPrefix(text[i:], s.written) {
			return s.meant, i + len(s.written)
		}
	}
	return "", i
}

// compares reports whether a comparison with a value of the field stands here.
func (l *lexer) compares(field string) bool {
	_, after := comparison(l.text, l.i)
	return isOrdered(field) && after > l.i && l.startsValue(field, l.pastSpaces(after))
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

// unknownField warns of a word that looks like a field with its value, which
// may be in quotation marks and stand after it, and names the field that may
// be meant.
func (l *lexer) unknownField(pos int, word, raw string) {
	name, value, found := strings.Cut(word, ":")
	if r, _ := l.rune(); !found && raw == word+":" && quoteFamily(r) != noQuote {
		found, value, word = true, `"…"`, raw
	}
	if !found || len(name) < 2 || value == "" || value[0] == '/' || strings.ContainsFunc(name, func(r rune) bool { return r > 0x7F || !isASCIILetter(byte(r)) }) {
		return
	}
	message := "“" + name + "” is no field; " + word + " is read as words"
	if near := corpus.Nearest(name, fields()); near != "" {
		message += "; did you mean " + near + ":" + value + "?"
	}
	l.warnings.add(pos, message)
}
