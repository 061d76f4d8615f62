package corpus

import "slices"

// cueDistance is how near a cue must be to count, in bytes.
const cueDistance = 200

// cueFinder holds where a piece of text has cues, by partner.
type cueFinder struct{ against, confirming map[int][]int }

func (p *partnerTagger) findCues(l *wordList) *cueFinder {
	c := &cueFinder{map[int][]int{}, map[int][]int{}}
	for i := 0; i < len(l.words); {
		senses, n := p.cues.match(l, i)
		for _, s := range senses {
			switch at := l.words[i].start; {
			case !s.accepts(l.span(i, i+n-1)):
			case s.role == roleUnless:
				c.against[s.index] = append(c.against[s.index], at)
			default:
				c.confirming[s.index] = append(c.confirming[s.index], at)
			}
		}
		i += max(n, 1)
	}
	return c
}

// near reports which cues for a partner stand near an offset.
func (c *cueFinder) near(partner, offset int) (against, confirming bool) {
	return within(c.against[partner], offset), within(c.confirming[partner], offset)
}

// within reports whether one of the sorted offsets is near.
func within(offsets []int, offset int) bool {
	i, _ := slices.BinarySearch(offsets, offset-cueDistance)
	return i < len(offsets) && offsets[i] <= offset+cueDistance
}
