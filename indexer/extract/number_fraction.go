package extract

import (
	"math"
	"strconv"
)

// fractionLayout is where the parts of a fraction stand in a section.
type fractionLayout struct {
	numerator   int // its first token
	slash       int
	end         int // the token behind the denominator
	denominator int // the one that is asked for, 0 for the best
	largest     int // possible denominator
	mixed       bool
}

// layFraction finds out where the parts of a fraction stand in a section.
func (s *formatSection) layFraction() {
	f := &fractionLayout{}
	for i, t := range s.tokens {
		switch t.kind {
		case tokenSlash:
			f.slash = i
		case tokenPoint, tokenExponent, tokenPercent, tokenComma:
			s.unknown = true
		}
	}
	for f.numerator = f.slash; f.numerator > 0 && s.tokens[f.numerator-1].kind == tokenDigit; f.numerator-- {
	}
	f.mixed = s.places(0, f.numerator) > 0
	var asked string
	for f.end = f.slash + 1; f.end < len(s.tokens); f.end++ {
		kind := s.tokens[f.end].kind
		if kind != tokenDigit && kind != tokenNumeral {
			break
		}
		if kind == tokenNumeral {
			asked += s.tokens[f.end].text
		}
	}
	places := f.end - f.slash - 1
	f.denominator, _ = strconv.Atoi(asked)
	f.largest = int(math.Pow10(places)) - 1
	if f.numerator == f.slash || places < 1 || places > 4 || asked != "" && len(asked) != places || s.places(f.end, len(s.tokens)) > 0 {
		s.unknown = true
	}
	s.fraction = f
}

// showFraction returns how a section shows a number as a fraction, and whether
// that is zero.
func (s *formatSection) showFraction(v float64) (shown string, zero bool) {
	f := s.fraction
	whole, rest := 0.0, v
	if f.mixed {
		whole, rest = math.Modf(v)
	}
	over := float64(f.denominator)
	if over == 0 {
		over = bestDenominator(rest, f.largest)
	}
	above := math.Round(rest * over)
	if f.mixed && above == over {
		whole, above = whole+1, 0
	}
	texts := map[int]string{}
	if f.mixed && (whole > 0 || above == 0) {
		texts[0] = strconv.FormatFloat(whole, 'f', 0, 64)
	}
	if !f.mixed || above > 0 {
		texts[f.numerator] = strconv.FormatFloat(above, 'f', 0, 64) + "/" + strconv.FormatFloat(over, 'f', 0, 64)
	}
	return s.fillFraction(texts), whole == 0 && above == 0
}

// fillFraction returns the section with texts in place of its whole part (0)
// and of its fraction, known by its first token.
func (s *formatSection) fillFraction(texts map[int]string) string {
	f, out, wrote := s.fraction, "", false
	for i, t := range s.tokens {
		switch {
		case i == f.numerator:
			out += texts[i]
		case i > f.numerator && i < f.end:
		case t.kind == tokenDigit && !wrote:
			out, wrote = out+texts[0], true
		case t.kind == tokenLiteral:
			out += t.text
		}
	}
	return out
}

// bestDenominator returns the smallest denominator of the fractions that are
// next to v, none of them larger than largest.
func bestDenominator(v float64, largest int) float64 {
	best, off := 1.0, math.Inf(1)
	for over := 1; over <= largest; over++ {
		d := float64(over)
		if e := math.Abs(math.Round(v*d)/d - v); e < off-1e-12 {
			best, off = d, e
		}
	}
	return best
}
