package search

import (
	"iter"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// nearest returns the name written most like s, by at most as many mistakes as
// typing makes. It returns the first of equally close ones, and "" when none
// is close.
func nearest(s string, names iter.Seq[string]) string {
	best, least := "", maxMistakes+1
	s = strings.ToLower(s)
	for name := range names {
		if d, ok := mistyped(s, strings.ToLower(name)); ok && d < least {
			best, least = name, d
		}
	}
	return best
}

// maxMistakes is how many letters of a name may be mistyped, in one of more
// than five letters.
const maxMistakes = 2

// mistyped returns the number of mistakes that make s of a name, and whether
// those are few enough to be mistakes: at most 1 in a name of up to five
// bytes, maxMistakes in a longer one, and fewer than the letters of s.
func mistyped(s, name string) (mistakes int, ok bool) {
	most := maxMistakes
	if len(name) <= 5 {
		most = 1
	}
	if difference := utf8.RuneCountInString(s) - utf8.RuneCountInString(name); difference > most || difference < -most {
		return 0, false
	}
	if bits.OnesCount64(letterSet(s)&^letterSet(name)) > most { // a mistake adds one letter at most
		return 0, false
	}
	d := distance(s, name)
	return d, d <= most && d < utf8.RuneCountInString(s)
}

// letterSet returns a set in which each letter of a text has one of 64 places.
func letterSet(s string) (set uint64) {
	for _, r := range s {
		set |= 1 << (r & 63)
	}
	return set
}

// The kinds of likeness besides mistakes in the whole value.
const (
	likeWord  = 10 // a word of the value is likewise, plus the mistakes
	likeStart = 20 // a word of the value goes on where the text ends
	unlike    = 100
)

// likeness returns how far a value is from a text that may be meant for it,
// both folded. The smaller the nearer; at unlike it cannot be meant.
func likeness(text, value string) int {
	if d, ok := mistyped(text, value); ok {
		return d
	}
	best := unlike
	for word := range strings.FieldsSeq(value) {
		if d, ok := mistyped(text, word); ok {
			best = min(best, likeWord+d)
		}
		if strings.HasPrefix(word, text) && len(text) >= minLetters {
			best = min(best, likeStart)
		}
	}
	if strings.HasPrefix(value, text) && len(text) >= minLetters {
		best = min(best, likeStart)
	}
	return best
}

// maxDistance is the length in bytes of the longest text whose distance to
// another is told; longer ones count as so far apart.
const maxDistance = 64

// distance returns the edit distance of two texts: the least number of
// characters inserted, deleted or replaced, and of neighbours swapped (optimal
// string alignment).
func distance(a, b string) int {
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
