package search

import (
	"strings"
	"unicode/utf8"
)

// tokenKind is a kind of piece that a question is made of.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenNothing
	tokenWord
	tokenPhrase
	tokenValue // the value of a keyword field
	tokenOpen
	tokenClose
	tokenAnd
	tokenOr
	tokenNot   // NOT: binds looser than NEAR
	tokenMinus // -: binds to what follows it
	tokenNear
	tokenField // text is the field's name; its value follows
	tokenExact // =
)

// token is a piece of a question.
type token struct {
	kind   tokenKind
	pos    int    // of its first byte in the source
	text   string // without quotes, escapes and operators
	form   byte   // of a word: '*' or '~', else 0
	quoted bool   // of a value
	number int    // distance of NEAR, slop of a phrase
}

// lexContext says what the next token may be.
type lexContext struct {
	field string // whose value is wanted, or that of the group; empty for none
	// direct reports that a field or = stands right before: no operator can
	// follow.
	direct bool
}

// lexer cuts a question into tokens in a single pass.
type lexer struct {
	source
	i        int
	unclosed [quoteFamilies]bool // families without any further closing mark
	// isValue reports whether a text begins with a value that the field has;
	// nil when that is not known.
	isValue  func(field, text string) bool
	warnings warnings
}

// next returns the next token. In a direct context it returns tokenNothing
// when white space or the end comes first.
func (l *lexer) next(c lexContext) token {
	for {
		if !l.skip(c) {
			return token{kind: tokenEnd, pos: l.i}
		}
		pos := l.i
		r, n := l.rune()
		switch {
		case c.direct && isSpace(r):
			return token{kind: tokenNothing, pos: pos}
		case r == '(':
			l.i += n
			return token{kind: tokenOpen, pos: pos}
		case r == ')':
			if c.direct {
				return token{kind: tokenNothing, pos: pos}
			}
			l.i += n
			l.trail()
			return token{kind: tokenClose, pos: pos}
		case quoteFamily(r) != noQuote:
			if t, ok := l.phrase(c); ok {
				return t
			}
			continue
		case r == '-':
			if l.minus() {
				return token{kind: tokenMinus, pos: pos}
			}
			continue
		case r == '=' && !l.compares(c.field):
			if t, ok := l.exact(c); ok {
				return t
			}
			continue
		}
		if !c.direct || c.field == "" {
			if t, ok := l.field(); ok {
				return t
			}
		}
		var t token
		if isKeyword(c.field) {
			t = l.value(c)
		} else {
			t = l.word(c)
		}
		if t.kind != tokenNothing {
			return t
		}
	}
}

// rune returns the character at the current place and its length.
func (l *lexer) rune() (rune, int) { return l.runeAt(l.i) }

func (l *lexer) runeAt(i int) (rune, int) {
	if i >= len(l.text) {
		return -1, 0
	}
	if b := l.text[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(l.text[i:])
}

// isEdge reports whether a word that ends before i ends there: at the end,
// white space, a quotation mark or a parenthesis.
func (l *lexer) isEdge(i int) bool {
	r, _ := l.runeAt(i)
	return r < 0 || isSpace(r) || r == '(' || r == ')' || quoteFamily(r) != noQuote
}

// skip goes past white space and punctuation that belongs to no word. It
// reports false at the end. In a direct context it stops at white space.
func (l *lexer) skip(c lexContext) bool {
	begin, star, bang := -1, false, false
	for {
		r, n := l.rune()
		space := r < 0 || isSpace(r)
		if begin >= 0 && space {
			l.warnings.wordless(begin, l.text[begin:l.i])
			begin, star, bang = -1, false, false
		}
		switch {
		case r < 0:
			return false
		case space && c.direct:
			return true
		case space:
		case !leads(r) || isKeyword(c.field) && r != ',' && r != ';':
			if star {
				l.warnings.add(begin, "* works only after three letters or more, at the end of a word; before a word it is left out")
			}
			if bang && l.text[l.i-1] == '!' {
				l.warnings.add(begin, "! means nothing; to leave a word out, write - before it")
			}
			return true
		default:
			if begin < 0 {
				begin = l.i
			}
			star = star || r == '*'
			bang = bang || r == '!'
		}
		l.i += n
	}
}

// trail goes past punctuation that follows a word, a phrase or a group.
func (l *lexer) trail() {
	for {
		r, n := l.rune()
		if n == 0 || !trails(r) || r == '-' || r == '/' || r == '=' || r == '\\' {
			return
		}
		l.i += n
	}
}

// minus reads a run of dashes and reports whether it is an operator: one
// dash, right before a word.
func (l *lexer) minus() bool {
	begin := l.i
	for l.i < len(l.text) && l.text[l.i] == '-' {
		l.i++
	}
	switch r, _ := l.rune(); {
	case r < 0 || isSpace(r) || r == ')':
		if l.i-begin == 1 {
			l.warnings.add(begin, "- leaves out the word right after it; on its own it means nothing")
		} else {
			l.warnings.wordless(begin, l.text[begin:l.i])
		}
		return false
	}
	return l.i-begin == 1
}

// exact reads a run of = before a word or a value.
func (l *lexer) exact(c lexContext) (token, bool) {
	begin := l.i
	for l.i < len(l.text) && l.text[l.i] == '=' {
		l.i++
	}
	if r, _ := l.rune(); r < 0 || isSpace(r) || r == ')' {
		l.warnings.add(begin, "= switches stemming off for the word right after it; on its own it means nothing")
		return token{}, false
	}
	return token{kind: tokenExact, pos: begin}, !isKeyword(c.field)
}

// phrase reads a phrase or a quoted value at a quotation mark. It reports
// false when the mark is not closed or encloses nothing.
func (l *lexer) phrase(c lexContext) (token, bool) {
	begin := l.i
	r, n := l.rune()
	family := quoteFamily(r)
	l.i += n
	end, after := -1, 0
	if !l.unclosed[family] {
		end, after = l.closing(family)
	}
	if end < 0 {
		if !l.unclosed[family] {
			l.warnings.add(begin, "the quotation mark is not closed; what follows it is read as words")
		}
		l.unclosed[family] = true
		return token{}, false
	}
	inside := unquote(l.text[l.i:end])
	l.i = after
	t := token{kind: tokenPhrase, pos: begin, text: inside, quoted: true}
	if isKeyword(c.field) {
		t.kind = tokenValue
		if isOrdered(c.field) && strings.HasPrefix(l.text[l.i:], "..") {
			l.i += len("..")
			t.text += ".."
			l.rangeGoesOn(c.field, &t)
		}
		l.trail()
		return t, true
	}
	if !isWordy(inside) {
		l.warnings.wordless(begin, l.text[begin:after])
		return token{}, false
	}
	t.text = mendBreaks(inside)
	t.number = l.slop()
	if r, _ := l.rune(); r == '^' {
		l.boost()
	}
	l.trail()
	return t, true
}

// closing returns the place of the mark that closes a phrase, and the place
// after it. The place is -1 when there is none.
func (l *lexer) closing(family int) (end, after int) {
	for i := l.i; i < len(l.text); {
		r, n := l.runeAt(i)
		if r == '\\' {
			if next, m := l.runeAt(i + n); next == '\\' || quoteFamily(next) == doubleQuote {
				i += n + m
				continue
			}
		}
		if quoteFamily(r) == family {
			return i, i + n
		}
		i += n
	}
	return -1, 0
}

// unquote returns what stands between quotation marks: one space between words, and
// without the backslashes before quotation marks and backslashes.
func unquote(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		s = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\“`, `“`, `\”`, `”`, `\„`, `„`, `\‟`, `‟`).Replace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// mendBreaks takes the spaces out of a phrase that stand where a word was
// hyphenated at the end of a line, as fields of one line paste it: "part- nership".
// Where there was none, as in "two- and three-year", the words are the same.
func mendBreaks(phrase string) string {
	if !strings.Contains(phrase, " ") {
		return phrase
	}
	words := strings.Split(phrase, " ")
	mended := words[:1]
	for _, w := range words[1:] {
		if last := len(mended) - 1; hyphenated(mended[last], w) {
			mended[last] += w
		} else {
			mended = append(mended, w)
		}
	}
	return strings.Join(mended, " ")
}

// slop reads ~n after a phrase.
func (l *lexer) slop() int {
	if r, _ := l.rune(); r != '~' {
		return 0
	}
	begin := l.i
	l.i++
	n, ok := l.number()
	switch {
	case !ok:
		l.warnings.add(begin, "~ after a phrase needs a number: \"trust fund\"~5; it is left out")
	case n > MaxDistance:
		l.warnings.add(begin, "words can be at most 100 words apart; read as ~100")
		n = MaxDistance
	}
	return n
}

// number reads digits. A number too large to matter is MaxDistance + 1. It
// reports false when there is no digit.
func (l *lexer) number() (int, bool) {
	begin, n := l.i, 0
	for l.i < len(l.text) && isDigit(rune(l.text[l.i])) {
		n = min(n*10+int(l.text[l.i]-'0'), MaxDistance+1)
		l.i++
	}
	return n, l.i > begin
}
