package search

import (
	"strings"
	"unicode/utf8"
)

// minLetters is how many letters a prefix or a fuzzy word needs.
const minLetters = 3

// word reads a word with its operators. It returns tokenNothing for what
// holds no letter and no digit, and is no operator.
func (l *lexer) word(c lexContext) token {
	begin := l.i
	regex := l.slashes()
	w := wordScan{lexer: l, begin: l.i}
	form := w.scan()
	text, raw := w.text(), l.text[begin:l.i]
	l.trail()
	t := token{kind: tokenWord, pos: begin, text: text, form: form}
	if !w.escapes && !c.direct && form == 0 {
		if op, ok := l.operator(t, raw); ok {
			return op
		}
	}
	if !isWordy(text) {
		l.warnings.wordless(begin, raw)
		return token{kind: tokenNothing}
	}
	if regex {
		l.warnings.add(begin, "/.../ is no pattern here; what it encloses is read as words")
	}
	if form != 0 && letters(text) < minLetters {
		l.warnings.add(begin, string(form)+" needs three letters or more before it; read as the word "+text)
		t.form = 0
	}
	if !c.direct && !w.escapes {
		l.unknownField(begin, text, raw)
	}
	return t
}

// operator returns the operator that a word is.
func (l *lexer) operator(t token, raw string) (token, bool) {
	switch raw {
	case "AND", "&&", "&":
		t.kind = tokenAnd
	case "OR", "||", "|":
		t.kind = tokenOr
	case "NOT":
		t.kind = tokenNot
	case "NEAR":
		t.kind, t.number = tokenNear, defaultDistance
	default:
		digits, ok := strings.CutPrefix(raw, "NEAR/")
		if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
			return token{}, false
		}
		at := lexer{source: source{text: digits}}
		t.kind = tokenNear
		t.number, _ = at.number()
		switch {
		case t.number > MaxDistance:
			l.warnings.add(t.pos, "words can be at most 100 words apart; read as NEAR/100")
			t.number = MaxDistance
		case t.number == 0:
			l.warnings.add(t.pos, "words are at least 1 word apart; read as NEAR/1")
			t.number = 1
		}
	}
	t.text = raw
	return t, true
}

// wordScan collects the characters of a word.
type wordScan struct {
	*lexer
	begin int
	// buf holds the word from the first escape on; until then it is the
	// source from begin to end.
	buf     []byte
	escapes bool
	end     int // of the word in the source
	keep    int // bytes of buf that are not trimmed
}

// scan goes to the end of the word and past its operator, which it returns.
func (w *wordScan) scan() byte {
	for {
		r, n := w.rune()
		w.end = w.i
		switch {
		case r == '(':
			if m := w.enclosed(); m > 0 {
				w.take(m)
				continue
			}
			return 0
		case w.isEdge(w.i) || r == '<' || r == '>':
			return 0
		case r == ',' || r == ';':
			if !w.betweenDigits() {
				return 0
			}
		case r == '*':
			return w.star()
		case r == '^':
			if w.weighable() && w.boost() {
				return 0
			}
		case r == '~':
			if w.tilde() {
				return '~'
			}
		case r == '\\':
			if w.escape() {
				continue
			}
		}
		w.take(n)
	}
}

// take makes the next n bytes part of the word.
func (w *wordScan) take(n int) {
	if w.escapes {
		w.buf = append(w.buf, w.lexer.text[w.i:w.i+n]...)
	}
	w.i += n
}

// escape reads a backslash and what it protects: a character that is neither
// letter, digit nor space, or a word that would be an operator.
func (w *wordScan) escape() bool {
	r, n := w.runeAt(w.i + 1)
	switch {
	case n == 0 || isSpace(r):
		return false
	case w.i == w.begin && !w.escapes && w.protects():
		w.start()
		w.i++
		return true
	case isLetter(r):
		return false
	}
	w.start()
	w.i++
	w.take(n)
	w.keep = len(w.buf)
	return true
}

// start begins to collect the word in the buffer.
func (w *wordScan) start() {
	if !w.escapes {
		w.escapes = true
		w.buf = append(w.buf, w.lexer.text[w.begin:w.i]...)
		w.keep = 0
	}
}

// protects reports whether an operator follows the backslash.
func (w *wordScan) protects() bool {
	rest := w.lexer.text[w.i+1:]
	for _, op := range [...]string{"AND", "OR", "NOT", "NEAR"} {
		if strings.HasPrefix(rest, op) {
			return true
		}
	}
	return false
}

// enclosed returns the length of letters and digits in parentheses inside a
// word, as in "person(s)" and "5(2)", else 0.
func (w *wordScan) enclosed() int {
	for j := w.i + 1; ; {
		r, n := w.runeAt(j)
		if r == ')' && j > w.i+1 {
			return j + 1 - w.i
		}
		if n == 0 || !isLetter(r) {
			return 0
		}
		j += n
	}
}

// betweenDigits reports whether a comma or semicolon stands in a number.
func (w *wordScan) betweenDigits() bool {
	next, _ := w.runeAt(w.i + 1)
	return w.i > w.begin && isDigit(rune(w.lexer.text[w.i-1])) && isDigit(next)
}

// star reads * in or after a word. In a word it ends the word: as a prefix
// when that is long enough, and the rest of the word is left out.
func (w *wordScan) star() byte {
	begin := w.i
	for w.i < len(w.lexer.text) && w.lexer.text[w.i] == '*' {
		w.i++
	}
	if w.edgeAfterMarks() {
		return '*'
	}
	if letters(w.text()) < minLetters {
		w.warnings.add(begin, "* works only at the end of a word; read as two words")
		return 0
	}
	for !w.isEdge(w.i) {
		_, n := w.rune()
		w.i += n
	}
	w.warnings.add(begin, "* works only at the end of a word; read as "+w.text()+"*")
	return '*'
}

// tilde reads ~ at the end of a word, and a distance after it.
func (w *wordScan) tilde() bool {
	begin := w.i
	w.i++
	_, given := w.number()
	if !w.edgeAfterMarks() {
		w.i = begin
		return false
	}
	if given {
		w.warnings.add(begin, "~ takes no number after a word: one or two letters may differ, by the word's length")
	}
	return true
}

// edgeAfterMarks reports whether nothing but punctuation comes before the
// end of the word.
func (w *wordScan) edgeAfterMarks() bool {
	for j := w.i; ; {
		if w.isEdge(j) {
			return true
		}
		r, n := w.runeAt(j)
		if !trails(r) {
			return false
		}
		j += n
	}
}

// text returns the word without the punctuation that follows it.
func (w *wordScan) text() string {
	text, keep := w.lexer.text[w.begin:w.end], 0
	if w.escapes {
		text, keep = string(w.buf), w.keep
	}
	for len(text) > keep {
		r, n := utf8.DecodeLastRuneInString(text)
		if !trails(r) || r == '.' && isAbbreviation(text) {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}

// isAbbreviation reports whether text is made of single letters, each with a
// full stop after it: "U.S.".
func isAbbreviation(text string) bool {
	n := 0
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if !isLetter(r) || isDigit(r) || size >= len(text) || text[size] != '.' {
			return false
		}
		text = text[size+1:]
		n++
	}
	return n > 1
}
