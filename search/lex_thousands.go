package search

import (
	"strings"
	"unicode"

	"rapport/corpus"
)

// thousandsAfter returns the end of the groups of three digits that stand behind
// spaces and go on with the number before them, which begins at byte start or
// after: the 000 in "1 000". It is 0 when there are none: "5 3", "2010 000",
// "1.5 000", "5 300km".
//
// A single group behind a plain space may be a number of its own: "5 100 people".
// It belongs to the number if it is 000, or nothing but the name of a currency or a
// word of magnitude follows.
func (l *lexer) thousandsAfter(start int) int {
	if !endsInGroup(l.text[start:l.i]) {
		return 0
	}
	end, groups := l.i, 0
	for next := l.groupAt(end); next > 0; next = l.groupAt(end) {
		end = next
		groups++
	}
	if r, _ := l.rune(); groups == 1 && r == ' ' && l.text[end-3:end] != "000" && !l.endsSum(end) {
		return 0
	}
	if groups == 0 {
		return 0
	}
	return end
}

// groupAt returns the end of a space and three digits at byte i, 0 when they are
// not there or more follows that is not the end of a number.
func (l *lexer) groupAt(i int) int {
	r, n := l.runeAt(i)
	group := i + n
	end := group + 3
	if !separatesThousands(r) || end > len(l.text) || !isDigits(l.text[group:end]) {
		return 0
	}
	if next, _ := l.runeAt(end); !l.isEdge(end) && !strings.ContainsRune(".,;:!?-–]", next) {
		return 0
	}
	return end
}

// goesOn reports whether the number after the first space of a text would be read
// as going on with the one before it. A + before a number keeps them apart.
func goesOn(text string) bool {
	space := strings.IndexByte(text, ' ')
	l := lexer{source: source{text: text}, i: max(space, 0)}
	return space > 0 && l.thousandsAfter(0) > 0
}

// endsSum reports whether a sum ends at byte i: nothing, a parenthesis, a range or
// an operator follows, or a currency or a word of magnitude.
func (l *lexer) endsSum(i int) bool {
	rest := l.text[l.pastSpaces(i):]
	if r, _ := l.runeAt(i); rest == "" || rest[0] == ')' || !isSpace(r) {
		return true
	}
	if end := strings.IndexFunc(rest, isSpace); end > 0 {
		rest = rest[:end]
	}
	word := strings.TrimRightFunc(rest, trails)
	if word == "AND" || word == "OR" || word == "NOT" {
		return true
	}
	if _, ok := corpus.CurrencyOf(word); ok {
		return true
	}
	digits, name, _ := cutMagnitude(word)
	return name != "" && digits == ""
}

// separatesThousands reports whether a character may stand between groups of
// digits in a question: a space of any width, but no end of a line.
func separatesThousands(r rune) bool { return unicode.Is(unicode.Zs, r) }

// endsInGroup reports whether a text ends in the first digits of a number, at most
// three and no 0 before others, or in a further group of one.
func endsInGroup(text string) bool {
	before := strings.TrimRightFunc(text, isDigit)
	digits := text[len(before):]
	switch {
	case digits == "" || len(digits) > 3:
		return false
	case before == "":
		return digits[0] != '0'
	}
	last, digitBefore := before[len(before)-1], len(before) > 1 && isDigit(rune(before[len(before)-2]))
	separator := strings.TrimRightFunc(before, separatesThousands)
	switch {
	case separator != before: // a further group
		return len(digits) == 3
	case digitBefore && strings.IndexByte(".,'_eE", last) >= 0, strings.HasSuffix(before, "’"):
		return false // a fraction, an exponent, another separator
	}
	return digits[0] != '0'
}

// joinThousands takes the spaces out of the numbers of a value, and says so.
func (l *lexer) joinThousands(t *token) {
	joined := strings.Map(func(r rune) rune {
		if separatesThousands(r) {
			return -1
		}
		return r
	}, t.text)
	if joined == t.text || t.quoted {
		return
	}
	t.text = joined
	l.warnings.add(t.pos, "read as amount:"+joined+": a space before three digits separates thousands; put a number of its own into quotation marks")
}
