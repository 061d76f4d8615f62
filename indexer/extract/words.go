package extract

import (
	"hash/maphash"
	"strings"
	"unicode"
)

// maxWords is how many different words a document may have. An index keeps
// something for each; a text of the largest size allowed has fewer.
const maxWords = 400_000

// differentWords counts the different words of a text, up to a little more
// than maxWords.
func differentWords(text string) int {
	if len(text) < 2*maxWords {
		return 0 // too short to have so many
	}
	seed := maphash.MakeSeed()
	seen := make(map[uint64]struct{})
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		seen[maphash.String(seed, word)] = struct{}{}
		if len(seen) > maxWords {
			break
		}
	}
	return len(seen)
}
