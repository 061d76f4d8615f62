package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a mark of punctuation of a text.
type token struct {
	start, end int  // bytes of the text
	word       bool // letters or digits
	upper      bool // begins with a capital letter
	// paragraph reports that the token begins a paragraph.
	paragraph bool
	low       string // in lower case
}

// prose is a text cut into tokens and sentences.
type prose struct {
	text   string
	tokens []token
	// sentences holds the first token of each sentence, and the number of
	// tokens at its end.
	sentences []int
}

// longestSentence is the number of tokens after which a sentence is cut, so
// that work on one sentence stays within bounds.
const longestSentence = 250

// read cuts a text into tokens and sentences in one pass.
func read(text string) *prose {
	p := &prose{text: text}
	newlines, begins := 2, true
	lineStart, lineLength := 0, 0
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			if r == '\n' {
				newlines++
				if newlines == 1 {
					lineLength = at - lineStart
				}
				lineStart = at + 1
			}
			at += size
			continue
		}
		t := token{start: at, end: at + size, upper: unicode.IsUpper(r), paragraph: newlines >= 2 || newlines == 1 && p.lineEnds(r, lineLength)}
		if wordRune(r) {
			t.word = true
			t.end = wordEnd(text, at)
		}
		t.low = strings.ToLower(text[t.start:t.end])
		if begins || t.paragraph || p.sentenceEnds(t) || len(p.tokens)-p.sentences[len(p.sentences)-1] == longestSentence {
			p.sentences = append(p.sentences, len(p.tokens))
		}
		p.tokens = append(p.tokens, t)
		at, newlines, begins = t.end, 0, false
	}
	p.sentences = append(p.sentences, len(p.tokens))
	return p
}

// wordEnd returns the end of the word that begins at byte at: letters, digits
// and marks, single hyphens and points inside ("Mazar-e-Sharif", "U.S."), but
// not a possessive 's.
func wordEnd(text string, at int) int {
	end, previous := at, rune(0)
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if wordRune(r) {
			end, previous = end+size, r
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[end+size:])
		switch {
		case r == '-' && wordRune(next), (r == '\'' || r == '’') && unicode.IsLetter(next) && !possessive(text[end+size:]):
		case (r == '.' || r == ',') && unicode.IsDigit(previous) && unicode.IsDigit(next):
		case r == '.' && abbreviated(text[at:end]) && (unicode.IsUpper(next) || end-at > 1):
		default:
			return end
		}
		end, previous = end+size, r
	}
	return end
}

// possessive reports whether the text begins with the s of a possessive.
func possessive(text string) bool {
	next, _ := utf8.DecodeRuneInString(text[1:])
	return text[0] == 's' && !wordRune(next)
}

// abbreviated reports whether a word is single capital letters with points
// between them, "U" or "U.S".
func abbreviated(word string) bool {
	for i := 0; i < len(word); i++ {
		if c := word[i]; i%2 == 0 && (c < 'A' || c > 'Z') || i%2 == 1 && c != '.' {
			return false
		}
	}
	return len(word)%2 == 1
}

// shortLine is the number of bytes up to which a line is a heading or the last
// of a paragraph when the next begins with a capital letter.
const shortLine = 40

// lineEnds reports whether a single line break before the character ends a
// paragraph: an item of a list begins, or the line before was short. Other
// line breaks are taken for those of a text with lines of fixed length.
func (p *prose) lineEnds(next rune, length int) bool {
	return strings.ContainsRune("-*•–—◦▪·", next) || length < shortLine && unicode.IsUpper(next)
}

// titles are abbreviations that do not end a sentence.
var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "gen": true, "lt": true, "col": true, "maj": true, "capt": true,
	"adm": true, "st": true, "no": true, "sen": true, "rep": true, "prof": true, "sgt": true, "gov": true, "rev": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true,
	"oct": true, "nov": true, "dec": true, "vs": true, "jr": true,
}

// sentenceEnds reports whether a sentence ends before the token.
func (p *prose) sentenceEnds(next token) bool {
	last := len(p.tokens) - 1
	if last < 0 {
		return true
	}
	mark := p.text[p.tokens[last].start]
	// A closing quotation mark or bracket may follow the full stop.
	for last > 0 && strings.ContainsAny(p.word(last), `"”’)`) && !p.tokens[last].word {
		last--
		mark = p.text[p.tokens[last].start]
	}
	if mark == '!' || mark == '?' {
		return true
	}
	if mark != '.' || last == 0 || !next.upper && next.word && !unicode.IsDigit(rune(p.text[next.start])) {
		return false
	}
	before := p.word(last - 1)
	return !(titles[strings.ToLower(before)] || len(before) == 1 && p.tokens[last-1].upper)
}

// word returns the text of a token.
func (p *prose) word(i int) string { return p.text[p.tokens[i].start:p.tokens[i].end] }

// lower returns the text of a token in lower case, or "" beyond the text.
func (p *prose) lower(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].low
}

// slice returns the text from token i up to token j.
func (p *prose) slice(i, j int) string { return p.text[p.tokens[i].start:p.tokens[j-1].end] }

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
