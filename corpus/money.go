package corpus

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Money is a sum of money in a text.
type Money struct {
	Value    decimal.Decimal
	Currency string // ISO 4217
	// Assumed reports that the currency is the usual reading of a sign that
	// several currencies share: USD for "$", JPY for "¥".
	Assumed bool
	Bound   Bound // from the words to the left of the sum
	// Start and End are the bytes of the sum in the text, without the words
	// of the bound.
	Start, End int
}

// ParseMoney reads the one sum of money in a short text such as "$2.49
// billion", "EUR 1,4 million" or "more than 32million euro". A comma followed
// by one or two digits and a word of magnitude is a decimal comma. It is an
// error when the text holds no sum, several, or a range.
func ParseMoney(text string) (Money, error) {
	var found []Money
	for at := 0; ; {
		m, ok := NextMoney(text, at)
		if !ok {
			break
		}
		found, at = append(found, m), m.End
	}
	switch len(found) {
	case 0:
		return Money{}, fmt.Errorf("there is no sum of money in %q", text)
	case 1:
		return found[0], nil
	}
	return Money{}, fmt.Errorf("there are %d sums of money in %q", len(found), text)
}

// NextMoney finds the first sum of money that begins at byte from of the text
// or later. It reports only what it can read with certainty: a number with a
// currency beside it, in digits or in words, but not "hundreds of millions",
// nor the ends of a range such as "$20-30 million".
func NextMoney(text string, from int) (Money, bool) {
	for at := from; ; {
		n, ok := nextSingle(text, at, true)
		if !ok {
			return Money{}, false
		}
		m, ok := moneyAround(text, n, from)
		if !ok {
			at = n.end
			continue
		}
		next, isRange := lowerEnd(text, n, m.Start, m.End)
		if !isRange {
			return m, true
		}
		at = next
	}
}

// nextSingle finds the first number that begins at byte at or later, as numberAt
// reads it, and that is no end of a range.
func nextSingle(text string, at int, money bool) (number, bool) {
	for at < len(text) {
		start := nextNumber(text, at)
		if start < 0 {
			break
		}
		n, ok := numberAt(text, start, money)
		if !ok {
			at = max(start+1, n.end)
			continue
		}
		end, isRange := rangeEnd(text, n)
		if !isRange {
			return n, true
		}
		at = end
	}
	return number{}, false
}

// moneyAround returns the sum whose number is n, when there is a currency on
// either side of it.
func moneyAround(text string, n number, from int) (Money, bool) {
	m := Money{Value: n.value, Start: n.start, End: n.end}
	left, leftStart := currencyBefore(text, n, from)
	right, rightEnd := currencyAfter(text, n)
	switch {
	case right.code != "":
		m.Currency, m.Assumed, m.End = right.code, right.assumed, rightEnd
		// A sign on the left belongs to the sum as well: "$20 million USD".
		if left.code != "" && (left.assumed || left.code == right.code) {
			m.Start = leftStart
			if right.assumed {
				m.Currency, m.Assumed = left.code, left.assumed
			}
		}
	case left.code != "":
		m.Currency, m.Assumed, m.Start = left.code, left.assumed, leftStart
	default:
		return Money{}, false
	}
	m.Bound, _ = BoundBefore(text, m.Start)
	return m, true
}

// rangeEnd reports whether a dash leads from the number to another, as in
// "20-30 million", "$20–$30" or "$110- to $112,000", and where the second ends.
func rangeEnd(text string, n number) (int, bool) {
	at := n.end
	r, size := utf8.DecodeRuneInString(text[at:])
	if !isDash(r) {
		return 0, false
	}
	at += size
	for _, link := range []string{" to ", " or ", " and "} {
		if strings.HasPrefix(text[at:], link) {
			at += len(link)
		}
	}
	from := at
	for at < len(text) && !isDigit(text[at]) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isCurrencySign(r) || at > from+7 {
			return 0, false
		}
		at += size
	}
	if at >= len(text) {
		return 0, false
	}
	second, _ := numberAt(text, at, true)
	return max(second.end, at+1), true
}

// lowerEnd reports whether the sum of the number, which ends at byte end, is
// only the lower end of a range, and where to read on. "$20 to $30" is a range
// as a whole unless "from" says that a sum rose; of "from $20 to $30 million"
// only the first sum cannot be read, for it shares the word of magnitude.
func lowerEnd(text string, n number, start, end int) (next int, isRange bool) {
	for _, link := range []string{" to ", " or ", " and "} {
		if !strings.HasPrefix(text[end:], link) {
			continue
		}
		at, signed := end+len(link), false
		for at < len(text) && !isDigit(text[at]) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if !isCurrencySign(r) || at > end+12 {
				return 0, false
			}
			at, signed = at+size, true
		}
		if at == len(text) {
			return 0, false
		}
		second, ok := numberAt(text, at, true)
		before := trimOneSpace(text[max(0, start-6):start])
		switch {
		case !ok:
			return 0, false
		case signed && link != " and " && !strings.HasSuffix(before, "from"):
			return second.end, true
		}
		return n.end, !n.scaled && second.scaled
	}
	return 0, false
}

// boundWords are the words that say how the number after them limits the true
// one. No phrase is the end of a longer one that comes later.
var boundWords = []struct {
	words string
	bound Bound
}{
	{"no more than", BoundAtMost}, {"not more than", BoundAtMost}, {"a maximum of", BoundAtMost},
	{"no fewer than", BoundAtLeast}, {"no less than", BoundAtLeast}, {"not less than", BoundAtLeast},
	{"at least", BoundAtLeast}, {"a minimum of", BoundAtLeast},
	{"more than", BoundMore}, {"in excess of", BoundMore}, {"upwards of", BoundMore}, {"over", BoundMore},
	{"exceeding", BoundMore}, {"exceeds", BoundMore}, {"exceeded", BoundMore}, {"greater than", BoundMore},
	{"less than", BoundLess}, {"fewer than", BoundLess}, {"under", BoundLess}, {"below", BoundLess},
	{"up to", BoundAtMost}, {"at most", BoundAtMost}, {"as much as", BoundAtMost}, {"as many as", BoundAtMost},
	{"about", BoundAbout}, {"around", BoundAbout}, {"approximately", BoundAbout}, {"roughly", BoundAbout},
	{"an estimated", BoundAbout}, {"estimated", BoundAbout}, {"some", BoundAbout}, {"nearly", BoundAbout},
	{"almost", BoundAbout}, {"close to", BoundAbout}, {"circa", BoundAbout}, {"virtually", BoundAbout},
	{"≥", BoundAtLeast}, {"≤", BoundAtMost}, {">=", BoundAtLeast}, {"<=", BoundAtMost},
	{">", BoundMore}, {"<", BoundLess}, {"~", BoundAbout}, {"≈", BoundAbout},
}

// BoundBefore returns the bound that the words directly before byte at of the
// text set on a number there ("more than", "some", "up to"), and the byte
// where these words begin. Without such words the bound is empty.
func BoundBefore(text string, at int) (Bound, int) {
	end := len(strings.TrimRight(text[max(0, at-4):at], " \t\n\r\u00a0")) + max(0, at-4)
	for _, b := range boundWords {
		start := end - len(b.words)
		if start < 0 || !strings.EqualFold(text[start:end], b.words) {
			continue
		}
		if isLetter(b.words[0]) && start > 0 && isWordByte(text[start-1]) {
			continue
		}
		return b.bound, start
	}
	return "", at
}
