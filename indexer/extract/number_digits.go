package extract

import (
	"strconv"
	"strings"
)

// decimalDigits is a number that is not below zero: 0.text times ten to the power of
// point. Zero has no text.
type decimalDigits struct {
	text  string
	point int
}

// digitsOf returns the fifteen digits that a spreadsheet knows of a number.
func digitsOf(v float64) decimalDigits {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 14, 64), "e")
	point, _ := strconv.Atoi(exponent)
	return decimalDigits{strings.Replace(mantissa, ".", "", 1), point + 1}.trim()
}

// trim drops zeros at both ends.
func (d decimalDigits) trim() decimalDigits {
	d.text = strings.TrimRight(d.text, "0")
	short := strings.TrimLeft(d.text, "0")
	d.point -= len(d.text) - len(short)
	if d.text = short; short == "" {
		d.point = 0
	}
	return d
}

// round returns the number with that many decimals; halves are rounded away
// from zero.
func (d decimalDigits) round(decimals int) decimalDigits {
	keep := d.point + decimals
	switch {
	case keep >= len(d.text):
		return d
	case keep < 0:
		return decimalDigits{}
	}
	up := d.text[keep] >= '5'
	kept := []byte("0" + d.text[:keep])
	for i := len(kept) - 1; up; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	return decimalDigits{string(kept), d.point + 1}.trim()
}

// whole returns the digits before the point, without zeros in front.
func (d decimalDigits) whole() string {
	if d.point <= 0 {
		return ""
	}
	if d.point >= len(d.text) {
		return d.text + strings.Repeat("0", d.point-len(d.text))
	}
	return d.text[:d.point]
}

// decimals returns the digits behind the point, without zeros at the end.
func (d decimalDigits) decimals() string {
	switch {
	case d.point >= len(d.text):
		return ""
	case d.point < 0:
		return strings.Repeat("0", -d.point) + d.text
	}
	return d.text[d.point:]
}

// numberLayout is where the digits of a number stand in a section: tokens from
// whole[0] up to whole[1] are its whole part, and so on.
type numberLayout struct {
	point, exponent int // tokens, or how many there are
	scale           int // powers of ten that the number is multiplied by
	grouped         bool
	whole, decimals int // how many places they have
}

// layNumber finds out where the digits of a number stand in a section.
func (s *formatSection) layNumber() {
	n := &s.number
	n.point, n.exponent = len(s.tokens), len(s.tokens)
	for i, t := range s.tokens {
		switch {
		case t.kind == tokenExponent && n.exponent < len(s.tokens), t.kind == tokenPoint && i > n.exponent:
			s.unknown = true
		case t.kind == tokenExponent:
			n.exponent = i
		case t.kind == tokenPoint && n.point < len(s.tokens):
			s.tokens[i].kind = tokenLiteral
		case t.kind == tokenPoint:
			n.point = i
		case t.kind == tokenPercent:
			s.unknown = s.unknown || n.scale > 0 // programs differ
			n.scale += 2
			s.tokens[i].kind = tokenLiteral
		}
	}
	n.point = min(n.point, n.exponent)
	n.whole = s.places(0, n.point)
	n.decimals = s.places(n.point, n.exponent)
	if n.exponent < len(s.tokens) && (n.whole == 0 || s.places(n.exponent, len(s.tokens)) == 0) {
		s.unknown = true
	}
	s.layCommas()
}

// layCommas tells commas between digits, which ask for groups of thousands,
// from those behind digits, which divide by a thousand.
func (s *formatSection) layCommas() {
	n := &s.number
	for i, t := range s.tokens {
		if t.kind != tokenComma {
			continue
		}
		end := n.exponent
		if i < n.point {
			end = n.point
		}
		switch {
		case s.places(0, i) == 0 || i > n.exponent:
			s.tokens[i].kind = tokenLiteral
		case s.places(i, end) == 0:
			n.scale -= 3
		case i < n.point:
			n.grouped = true
		default:
			s.tokens[i].kind = tokenLiteral
		}
	}
}

// places counts the places for digits in some of the tokens.
func (s *formatSection) places(from, to int) int {
	n := 0
	for _, t := range s.tokens[min(from, to):to] {
		if t.kind == tokenDigit {
			n++
		}
	}
	return n
}

// showDigits returns how a section with places for digits shows a number, and
// whether that is nothing but zeros.
func (s *formatSection) showDigits(v float64) (shown string, zero bool) {
	n := s.number
	d := digitsOf(v)
	if d.text != "" {
		d.point += n.scale
	}
	power := 0
	if n.exponent < len(s.tokens) {
		d, power = d.scientific(n.whole, n.decimals)
	}
	d = d.round(n.decimals)
	var b strings.Builder
	whole, decimals := s.wholePlaces(0, n.point, d.whole(), n.grouped), s.decimalPlaces(d.decimals())
	var exponent []string
	if n.exponent < len(s.tokens) {
		exponent = s.wholePlaces(n.exponent, len(s.tokens), strings.TrimLeft(strconv.Itoa(max(power, -power)), "0"), false)
	}
	for i, t := range s.tokens {
		switch {
		case t.kind == tokenLiteral:
			b.WriteString(t.text)
		case t.kind == tokenPoint:
			if n.whole == 0 {
				b.WriteString(d.whole())
			}
			if strings.Join(decimals, "") != "" {
				b.WriteByte('.')
			}
		case t.kind == tokenExponent:
			b.WriteByte('E')
			if power < 0 {
				b.WriteByte('-')
			} else {
				b.WriteString(strings.Trim(t.text, "-"))
			}
		case t.kind == tokenDigit && i < n.point:
			whole = take(&b, whole)
		case t.kind == tokenDigit && i < n.exponent:
			decimals = take(&b, decimals)
		case t.kind == tokenDigit:
			exponent = take(&b, exponent)
		}
	}
	return b.String(), d.text == ""
}

// emptyPlace returns what a place without a digit shows.
func emptyPlace(t formatToken) string {
	switch t.text {
	case "0":
		return "0"
	case "?":
		return " "
	}
	return ""
}

// take writes the first of some texts and returns the others.
func take(b *strings.Builder, texts []string) []string {
	b.WriteString(texts[0])
	return texts[1:]
}

// scientific returns a number as one with at most that many digits before the
// point, and the power of ten that it is to be multiplied by: a multiple of
// the number of digits.
func (d decimalDigits) scientific(whole, decimals int) (decimalDigits, int) {
	if d.text == "" {
		return d, 0
	}
	power := func(d decimalDigits) int {
		p := d.point - 1
		return p - ((p%whole)+whole)%whole
	}
	p := power(d)
	if r := (decimalDigits{d.text, d.point - p}).round(decimals); r.text != "" {
		p = power(decimalDigits{r.text, r.point + p}) // 9.99 may be rounded up to 10
	}
	return decimalDigits{d.text, d.point - p}, p
}

// wholePlaces returns the texts of the places for the digits of a whole number.
// The first takes all digits that have no place.
func (s *formatSection) wholePlaces(from, to int, number string, grouped bool) []string {
	texts := make([]string, s.places(from, to))
	left := len(texts)
	for i := to - 1; i >= from; i-- {
		if s.tokens[i].kind != tokenDigit {
			continue
		}
		left--
		position := len(texts) - 1 - left
		text := emptyPlace(s.tokens[i])
		if position < len(number) {
			text = number[len(number)-1-position : len(number)-position]
		}
		if left == 0 && position < len(number) {
			text = number[:len(number)-position]
		}
		if grouped {
			text = group(text, position)
		}
		texts[left] = text
	}
	return texts
}

// group puts commas behind the digits of thousands; the last of the digits has
// that position from the right.
func group(number string, position int) string {
	var b strings.Builder
	for i := range len(number) {
		b.WriteByte(number[i])
		if p := position + len(number) - 1 - i; p > 0 && p%3 == 0 && number[i] != ' ' {
			b.WriteByte(',')
		}
	}
	return b.String()
}

// decimalPlaces returns the texts of the places for decimals.
func (s *formatSection) decimalPlaces(decimals string) []string {
	var texts []string
	for _, t := range s.tokens[s.number.point:s.number.exponent] {
		if t.kind != tokenDigit {
			continue
		}
		text := emptyPlace(t)
		if n := len(texts); n < len(decimals) {
			text = decimals[n : n+1]
		}
		texts = append(texts, text)
	}
	return texts
}
