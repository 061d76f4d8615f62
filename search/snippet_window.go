package search

import (
	"cmp"
	"math"
	"slices"
)

// The bounds of what is worth a passage, as parts of the best.
const (
	// repetition is how much a passage without a new clause must be worth.
	repetition = 0.6
	// noticeable is how rare a clause must be for a passage of its own.
	noticeable = 0.1
)

// showing is what there is to show of a document.
type showing struct {
	matches []Match // in order of offset
	blocks  []int   // the number of the block of text that each begins in
	clauses []int   // the number of the clause of each
	worths  []worth // by number of the clause
	taken   []window
}

// worth is how much it is worth to show a clause: the less the oftener it
// matches here and in other documents. Minor ones get no passage of their own.
type worth struct {
	weight       float64
	minor, shown bool
}

func newShowing(body string, matches []Match, rarity map[string]float64) *showing {
	s := &showing{matches: matches, blocks: make([]int, len(matches)), clauses: make([]int, len(matches))}
	block, at := 0, 0
	numbers := map[string]int{}
	var names []string
	var counts []int
	for i, m := range matches {
		for at < m.Offset {
			end := blockEnd(body, at, m.Offset)
			if end < m.Offset {
				block++
				end++
			}
			at = end
		}
		s.blocks[i] = block
		n, ok := numbers[m.Clause]
		if !ok {
			n = len(names)
			numbers[m.Clause] = n
			names, counts = append(names, m.Clause), append(counts, 0)
		}
		s.clauses[i] = n
		counts[n]++
	}
	rarest := 0.0
	for _, clause := range names {
		rarest = max(rarest, rarity[clause])
	}
	s.worths = make([]worth, len(names))
	for n, clause := range names {
		w := &s.worths[n]
		w.weight = 1 / (1 + math.Log(float64(counts[n])))
		if rarest > 0 {
			share := rarity[clause] / rarest
			w.weight *= share
			w.minor = share < noticeable
		}
	}
	return s
}

// bestWindows returns up to n windows in order of offset.
func bestWindows(s *showing, n int) []window {
	enough := 0.0
	for range n {
		w, ok := s.best()
		if !ok {
			break
		}
		worth, fresh := s.worth(w)
		if !fresh && worth < enough {
			break
		}
		enough = max(enough, worth*repetition)
		s.taken = append(s.taken, w)
		for _, c := range s.clauses[w.first : w.last+1] {
			s.worths[c].shown = true
		}
	}
	slices.SortFunc(s.taken, func(a, b window) int { return cmp.Compare(a.first, b.first) })
	return s.taken
}

// worth returns the sum of the weights of the different clauses that match in
// a window, and whether one that is not minor was not shown before.
func (s *showing) worth(w window) (sum float64, fresh bool) {
	seen := make([]bool, len(s.worths))
	for _, c := range s.clauses[w.first : w.last+1] {
		if !seen[c] {
			seen[c] = true
			sum += s.worths[c].weight
			fresh = fresh || !s.worths[c].shown && !s.worths[c].minor
		}
	}
	return sum, fresh
}

// window is a run of matches, first to last, that one passage can show.
type window struct{ first, last int }

// best returns the run of matches in one block of text that is worth most
// among those that do not touch the windows taken already. Clauses shown
// before count little.
func (s *showing) best() (window, bool) {
	best, bestValue := window{}, -1.0
	inside := make([]int, len(s.worths))
	value := 0.0
	first := 0
	drop := func() {
		c := s.clauses[first]
		if inside[c]--; inside[c] == 0 {
			value -= s.worths[c].now()
		}
		first++
	}
	for last, m := range s.matches {
		if s.touches(last) {
			for first < last {
				drop()
			}
			first = last + 1
			continue
		}
		c := s.clauses[last]
		if inside[c]++; inside[c] == 1 {
			value += s.worths[c].now()
		}
		for first < last && (m.End-s.matches[first].Offset > snippetLength*3/4 || s.blocks[first] != s.blocks[last]) {
			drop()
		}
		// More matches decide between windows with the same clauses.
		if v := value + 0.01*float64(min(last-first, 5)); v > bestValue+1e-9 {
			best, bestValue = window{first, last}, v
		}
	}
	return best, bestValue >= 0
}

// now returns what the clause is worth in a further passage.
func (w worth) now() float64 {
	if w.shown {
		return w.weight / 8
	}
	return w.weight
}

func (s *showing) touches(i int) bool {
	return slices.ContainsFunc(s.taken, func(w window) bool { return i >= w.first && i <= w.last })
}
