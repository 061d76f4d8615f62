package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokenKind is what a piece of a number format stands for.
type tokenKind int

const (
	tokenLiteral  tokenKind = iota
	tokenDigit              // 0, # or ?
	tokenNumeral            // 1 to 9, or 0 behind one: a denominator
	tokenPoint              // before the decimals
	tokenComma              // between thousands, or behind digits: divided by a thousand
	tokenPercent            // times a hundred
	tokenExponent           // E+ or E-
	tokenSlash              // of a fraction
	tokenText               // @
	tokenGeneral            // the number as it is stored
	tokenDate               // a run of y, m, d, h or s
	tokenElapsed            // [h], [m] or [s]
	tokenHalfDay            // AM/PM
)

// formatToken is a piece of a number format.
type formatToken struct {
	kind tokenKind
	text string
}

// formatSection is a part of a number format: how some of the values are shown.
type formatSection struct {
	tokens    []formatToken
	condition formatCondition
	unknown   bool // something in it is not understood
	foreign   bool // months and days of the week are in another language than English

	digits, general, dated, text bool // what it shows
	fraction                     *fractionLayout
	number                       numberLayout
}

// formatCondition is a comparison with a number; without a sign there is none.
type formatCondition struct {
	sign  string
	limit float64
}

func (c formatCondition) meets(v float64) bool {
	switch c.sign {
	case "<":
		return v < c.limit
	case "<=":
		return v <= c.limit
	case ">":
		return v > c.limit
	case ">=":
		return v >= c.limit
	case "=":
		return v == c.limit
	}
	return v != c.limit
}

// parseNumberFormat takes a number format apart.
func parseNumberFormat(code string) *numberFormat {
	var f numberFormat
	for more := true; more && len(f.sections) < 4; {
		var s formatSection
		code, more = s.parse(code)
		s.classify()
		f.sections = append(f.sections, s)
	}
	if last := len(f.sections) - 1; last == 3 || f.sections[last].text {
		f.texts = &f.sections[last]
		f.sections = f.sections[:last]
	}
	return &f
}

// formatWord matches what more than one letter of a format stands for.
var formatWord = regexp.MustCompile(`^(?i:general|am/pm|a/p|e[+-]|y+|m+|d+|h+|s+|"[^"]*"?|\[[^\]]*\]?|\\.|_.|\*.)`)

// parse reads a section up to its semicolon. It returns what is behind it and
// whether that is another section.
func (s *formatSection) parse(code string) (rest string, more bool) {
	for code != "" {
		word := formatWord.FindString(code)
		if word == "" {
			_, size := utf8.DecodeRuneInString(code)
			word = code[:size]
		}
		code = code[len(word):]
		if word == ";" {
			return code, true
		}
		s.word(word)
	}
	return "", false
}

// word takes in a piece of a format.
func (s *formatSection) word(word string) {
	lower := strings.ToLower(word)
	add := func(kind tokenKind, text string) { s.tokens = append(s.tokens, formatToken{kind, text}) }
	switch first := lower[0]; {
	case first == '"':
		add(tokenLiteral, strings.Trim(word, `"`))
	case first == '\\' && len(word) > 1:
		add(tokenLiteral, word[1:])
	case first == '_':
		add(tokenLiteral, " ") // as wide as the letter behind it
	case first == '*' && len(word) > 1: // repeated to fill the cell
	case first == '[':
		s.bracket(strings.Trim(word, "[]"))
	case lower == "general":
		add(tokenGeneral, word)
	case lower == "am/pm" || lower == "a/p":
		add(tokenHalfDay, lower)
	case lower == "e+" || lower == "e-":
		add(tokenExponent, lower[1:])
	case strings.IndexByte("ymdhs", first) >= 0:
		add(tokenDate, lower)
	case first >= '1' && first <= '9', first == '0' && s.last() == tokenNumeral:
		add(tokenNumeral, word)
	case strings.IndexByte("0#?", first) >= 0:
		add(tokenDigit, word)
	case strings.IndexByte(".,%/@", first) >= 0:
		add(map[byte]tokenKind{'.': tokenPoint, ',': tokenComma, '%': tokenPercent, '/': tokenSlash, '@': tokenText}[first], word)
	default:
		s.unknown = s.unknown || first >= 'a' && first <= 'z' || first == '\\' || first == '*'
		add(tokenLiteral, word)
	}
}

// last returns the kind of the last token.
func (s *formatSection) last() tokenKind {
	if len(s.tokens) == 0 {
		return tokenLiteral
	}
	return s.tokens[len(s.tokens)-1].kind
}

// formatCompare matches a condition of a section.
var formatCompare = regexp.MustCompile(`^(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)$`)

// formatColour matches the colour of a section.
var formatColour = regexp.MustCompile(`^(?i:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]+)$`)

// bracket takes in what stands in brackets.
func (s *formatSection) bracket(word string) {
	lower := strings.ToLower(word)
	switch {
	case strings.HasPrefix(word, "$"):
		sign, locale, _ := strings.Cut(word[1:], "-")
		s.tokens = append(s.tokens, formatToken{tokenLiteral, sign})
		s.locale(locale)
	case lower != "" && strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]):
		s.tokens = append(s.tokens, formatToken{tokenElapsed, lower})
	case formatCompare.MatchString(word):
		parts := formatCompare.FindStringSubmatch(word)
		limit, err := strconv.ParseFloat(parts[2], 64)
		s.condition, s.unknown = formatCondition{parts[1], limit}, s.unknown || err != nil
	case !formatColour.MatchString(word):
		s.unknown = true
	}
}

// locale takes in the language of a section, a number in hexadecimal digits
// whose last ten bits are the language: 9 is English, and 0xF400 and 0xF800 are
// the time and the date of the system. Its digits 5 to 8 from the right are a
// calendar and a script of digits (MS-OE376, 2.1.743).
func (s *formatSection) locale(code string) {
	id, err := strconv.ParseUint(code, 16, 64)
	switch {
	case code == "":
	case err != nil || id > 0xFFFF:
		s.unknown = true
	default:
		s.foreign = id&0x3FF != 9 && id&0x3FF != 0
	}
}

// classify finds out what a section shows, and gives it its layout.
func (s *formatSection) classify() {
	var count [tokenHalfDay + 1]int
	for _, t := range s.tokens {
		count[t.kind]++
	}
	s.dated = count[tokenDate]+count[tokenElapsed]+count[tokenHalfDay] > 0
	s.text = count[tokenText] > 0
	s.general = count[tokenGeneral] > 0
	s.digits = count[tokenDigit] > 0 && !s.dated
	numbers := count[tokenDigit] + count[tokenExponent]
	switch {
	case s.dated:
		s.unknown = s.unknown || s.text || s.general || count[tokenExponent] > 0
		s.minutes()
		s.literal(tokenComma, tokenPercent, tokenSlash, tokenNumeral)
	case s.text, s.general:
		s.unknown = s.unknown || numbers > 0 || s.text && s.general || count[tokenPercent] > 0
		s.literal(tokenPoint, tokenComma, tokenSlash, tokenNumeral)
	case count[tokenSlash] == 1 && s.digits:
		s.layFraction()
	default:
		s.literal(tokenSlash, tokenNumeral)
		s.layNumber()
	}
}

// literal makes tokens of some kinds literal.
func (s *formatSection) literal(kinds ...tokenKind) {
	for i := range s.tokens {
		if slices.Contains(kinds, s.tokens[i].kind) {
			s.tokens[i].kind = tokenLiteral
		}
	}
}
