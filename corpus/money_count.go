package corpus

import "github.com/shopspring/decimal"

// Number is a number in a text, in digits or in words, with the word of
// magnitude that belongs to it.
type Number struct {
	Value decimal.Decimal
	// Start and End are its bytes in the text.
	Start, End int
	Spelled    bool  // in words
	Bound      Bound // from the words to the left of it
}

// NextNumber finds the first number that begins at byte from of the text or
// later and that can be read with certainty: "4,400", "2.5 million", "2,5
// million", "sixteen", but neither "5th", "A-10" or "1.400" nor the ends of a
// range such as "20-30".
func NextNumber(text string, from int) (Number, bool) {
	n, ok := nextSingle(text, from, false)
	if !ok {
		return Number{}, false
	}
	bound, _ := BoundBefore(text, n.start)
	return Number{Value: n.value, Start: n.start, End: n.end, Spelled: n.spelled, Bound: bound}, true
}
