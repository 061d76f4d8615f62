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

// prose is a piece of a text cut into tokens and sentences.
type prose struct {
	text   string // up to the end of the piece
	start  int    // byte at which the piece begins
	tokens []token
	// sentences holds the first token of each sentence, and the number of
	// tokens at its end.
	sentences []int
}

// longestSentence is the number of tokens after which a sentence is cut, and
// longestParagraph that after which a paragraph ends with its sentence, so that
// work on one of them stays within bounds.
const (
	longestSentence  = 250
	longestParagraph = 20_000
)

// pieceTokens is how many tokens a piece has at least, unless it is the last.
const pieceTokens = 4_000

// read cuts a text into tokens and sentences in one pass.
func read(text string) *prose {
	r := newReader(text)
	return r.piece(len(text) + 1)
}

// reader cuts a text into pieces that begin with a paragraph each.
type reader struct {
	text       string
	at         int // where the next piece begins
	newlines   int // before it
	lineStart  int
	lineLength int // of the line before
	done       bool
	piecewise  prose
}

func newReader(text string) *reader { return &reader{text: text, newlines: 2} }

// piece returns the next piece: whole paragraphs with that many tokens or more.
// It is nil when there is no more. The piece before it must no longer be in
// use, for its memory is used again.
func (r *reader) piece(least int) *prose {
	if r.done {
		return nil
	}
	p := &r.piecewise
	p.text, p.start, p.tokens, p.sentences = r.text, r.at, p.tokens[:0], p.sentences[:0]
	paragraph := 0
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if unicode.IsSpace(c) {
			r.space(c, size)
			continue
		}
		t := r.token(c, size)
		sentence := len(p.tokens) == 0 || t.paragraph || p.sentenceEnds(t, paragraph) ||
			len(p.tokens)-p.sentences[len(p.sentences)-1] == longestSentence
		if sentence && len(p.tokens)-paragraph >= longestParagraph {
			t.paragraph = true
		}
		if t.paragraph && len(p.tokens) >= least {
			r.newlines = 2 // when the token is read again
			break
		}
		if t.paragraph {
			paragraph = len(p.tokens)
		}
		if sentence {
			p.sentences = append(p.sentences, len(p.tokens))
		}
		p.tokens = append(p.tokens, t)
		r.at, r.newlines = t.end, 0
	}
	p.text, r.done = r.text[:r.at], r.at == len(r.text)
	p.sentences = append(p.sentences, len(p.tokens))
	return p
}

// space passes over white space.
func (r *reader) space(c rune, size int) {
	if c == '\n' {
		if r.newlines++; r.newlines == 1 {
			r.lineLength = r.at - r.lineStart
		}
		r.lineStart = r.at + 1
	}
	r.at += size
}

// token reads the token that begins with a character.
func (r *reader) token(c rune, size int) token {
	t := token{start: r.at, end: r.at + size, upper: unicode.IsUpper(c), paragraph: r.newlines >= 2 || r.newlines == 1 && lineEnds(c, r.lineLength)}
	if wordRune(c) {
		t.word = true
		t.end = wordEnd(r.text, r.at)
	}
	t.low = strings.ToLower(r.text[t.start:t.end])
	return t
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
func lineEnds(next rune, length int) bool {
	return strings.ContainsRune("-*•–—◦▪·", next) || length < shortLine && unicode.IsUpper(next)
}

// titles are abbreviations that do not end a sentence.
var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "gen": true, "lt": true, "col": true, "maj": true, "capt": true,
	"adm": true, "st": true, "no": true, "sen": true, "rep": true, "prof": true, "sgt": true, "gov": true, "rev": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true,
	"oct": true, "nov": true, "dec": true, "vs": true, "jr": true,
}

// sentenceEnds reports whether a sentence ends before the token, in a paragraph
// that begins with token first.
func (p *prose) sentenceEnds(next token, first int) bool {
	last := len(p.tokens) - 1
	mark := p.text[p.tokens[last].start]
	// A closing quotation mark or bracket may follow the full stop.
	for last > first && strings.ContainsAny(p.word(last), `"”’)`) && !p.tokens[last].word {
		last--
		mark = p.text[p.tokens[last].start]
	}
	if mark == '!' || mark == '?' {
		return true
	}
	if mark != '.' || last == first || !next.upper && next.word && !unicode.IsDigit(rune(p.text[next.start])) {
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
