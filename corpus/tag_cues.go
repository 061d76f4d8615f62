package corpus

import "slices"

// cueDistance is how near a cue must be to count, in words.
const cueDistance = 32

// cueFinder holds at which words a piece of text has cues, by partner.
type cueFinder struct{ against, confirming map[int][]int }

func (p *partnerTagger) findCues(l *wordList) *cueFinder {
	c := &cueFinder{map[int][]int{}, map[int][]int{}}
	for i := 0; i < len(l.words); {
		senses, n := p.cues.match(l, i)
		for _, s := range senses {
			switch {
			case !s.accepts(l.span(i, i+n-1)):
			case s.role == roleUnless:
				c.against[s.index] = append(c.against[s.index], i)
			default:
				c.confirming[s.index] = append(c.confirming[s.index], i)
			}
		}
		i += max(n, 1)
	}
	return c
}

// near reports which cues for a partner stand near a word.
func (c *cueFinder) near(partner, word int) (against, confirming bool) {
	return within(c.against[partner], word), within(c.confirming[partner], word)
}

// within reports whether one of the sorted words is near another.
func within(words []int, word int) bool {
	i, _ := slices.BinarySearch(words, word-cueDistance)
	return i < len(words) && words[i] <= word+cueDistance
}
