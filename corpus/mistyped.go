package corpus

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Unlike is how far a text and a value are that do not mean the same.
const Unlike = 100

const (
	// likeBeginning is how far a text is from a value that it begins, as far as
	// a mistake in typing.
	likeBeginning = 1
	// likeWord is how much farther a text is that is like a word of the value.
	likeWord = 10
	// minBeginning is how many characters the beginning of a value has at least:
	// two are a code, and the beginning of anything.
	minBeginning = 3
	// maxMistakes is how many mistakes a long name is typed with at most.
	maxMistakes = 2
)

// Unlikeness returns how far a value is from a text that may be meant for it,
// both folded: 0 for the value itself; less than 10 when it is mistyped, or the
// value goes on where the text ends; more when that holds of a word of the value;
// and Unlike when the value cannot be meant.
func Unlikeness(text, value string) int {
	best := unlikeWhole(text, value)
	if best < likeWord || utf8.RuneCountInString(text) < minBeginning {
		return best
	}
	for word := range strings.FieldsSeq(value) {
		if d := unlikeWhole(text, word); d < Unlike {
			best = min(best, likeWord+d)
		}
	}
	return best
}

func unlikeWhole(text, value string) int {
	if strings.HasPrefix(value, text) && utf8.RuneCountInString(text) >= minBeginning {
		if len(text) == len(value) {
			return 0
		}
		return likeBeginning
	}
	if d, ok := mistyped(text, value); ok {
		return d
	}
	return Unlike
}

// Nearest returns the first of the names that are written most like a text: the
// name that is mistyped, or that the text begins. It is "" when none is near.
func Nearest[T ~string](text string, names []T) string {
	best, least := "", Unlike
	text = strings.ToLower(strings.TrimSpace(text))
	for _, name := range names {
		if d := unlikeWhole(text, strings.ToLower(string(name))); d < least {
			best, least = string(name), d
		}
	}
	return best
}

// mistyped returns the number of mistakes that make a text of a name, both in
// lower case, and whether they are few enough for the name to be meant. A mistake
// is a letter inserted, left out or replaced, or two neighbours swapped.
//
// The shorter of both decides. A wrong guess is worse than none, and codes of two
// or three letters are next to each other by chance:
//
//   - Of up to two letters nothing is meant.
//   - Of three, neighbours may be swapped; or the other has one letter more, and
//     begins with the same.
//   - Of four to six, one mistake is made, or two where the letters are the same in
//     another order. Of seven and more, two.
//   - The first letter is seldom wrong: of two mistakes none concerns it, and a single
//     one only in five letters or more, or as a swap.
func mistyped(text, name string) (mistakes int, ok bool) {
	if text == name {
		return 0, true
	}
	n, m := utf8.RuneCountInString(text), utf8.RuneCountInString(name)
	least := min(n, m)
	if least < 3 || max(n, m)-least > maxMistakes || bits.OnesCount64(letterSet(text)&^letterSet(name)) > maxMistakes {
		return 0, false // a mistake adds one letter at most
	}
	d := EditDistance(text, name)
	if d > maxMistakes {
		return d, false
	}
	reordered := n == m && letterSum(text) == letterSum(name) && letterSet(text) == letterSet(name)
	first, _ := utf8.DecodeRuneInString(text)
	sameStart := strings.HasPrefix(name, string(first))
	switch {
	case least == 3:
		return d, d == 1 && (reordered || n != m && sameStart)
	case d == 1:
		return d, sameStart || reordered || least >= 5
	}
	return d, sameStart && (least >= 7 || reordered && least >= 5)
}

// letterSet returns a set in which each letter of a text has one of 64 places.
func letterSet(s string) (set uint64) {
	for _, r := range s {
		set |= 1 << (r & 63)
	}
	return set
}

// letterSum returns the sum of the letters of a text, which does not depend on
// their order.
func letterSum(s string) (sum int) {
	for _, r := range s {
		sum += int(r)
	}
	return sum
}

// maxDistance is the length in bytes of the longest text whose distance to
// another is told; longer ones count as so far apart.
const maxDistance = 64

// EditDistance returns the least number of characters inserted, deleted or
// replaced, and of neighbours swapped, that make one text of another (optimal
// string alignment). Texts of more than 64 bytes count as 64 apart.
func EditDistance(a, b string) int {
	if len(a) > maxDistance || len(b) > maxDistance {
		return maxDistance
	}
	x, y := []rune(a), []rune(b)
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(y)]
}
