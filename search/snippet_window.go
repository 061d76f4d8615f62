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
	// weights say how much it is worth to show a clause: the less the oftener
	// it matches here and in other documents. Minor ones get no passage of
	// their own.
	weights map[string]float64
	minor   map[string]bool
	shown   map[string]bool
	taken   []window
}

func newShowing(body string, matches []Match, rarity map[string]float64) *showing {
	s := &showing{
		matches: matches, blocks: make([]int, len(matches)),
		weights: map[string]float64{}, minor: map[string]bool{}, shown: map[string]bool{},
	}
	block, at := 0, 0
	counts := map[string]int{}
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
		counts[m.Clause]++
	}
	rarest := 0.0
	for clause := range counts {
		rarest = max(rarest, rarity[clause])
	}
	for clause, n := range counts {
		s.weights[clause] = 1 / (1 + math.Log(float64(n)))
		if rarest > 0 {
			share := rarity[clause] / rarest
			s.weights[clause] *= share
			s.minor[clause] = share < noticeable
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
		for _, m := range s.matches[w.first : w.last+1] {
			s.shown[m.Clause] = true
		}
	}
	slices.SortFunc(s.taken, func(a, b window) int { return cmp.Compare(a.first, b.first) })
	return s.taken
}

// worth returns the sum of the weights of the different clauses that match in
// a window, and whether one that is not minor was not shown before.
func (s *showing) worth(w window) (worth float64, fresh bool) {
	seen := map[string]bool{}
	for _, m := range s.matches[w.first : w.last+1] {
		if !seen[m.Clause] {
			seen[m.Clause] = true
			worth += s.weights[m.Clause]
			fresh = fresh || !s.shown[m.Clause] && !s.minor[m.Clause]
		}
	}
	return worth, fresh
}

// window is a run of matches, first to last, that one passage can show.
type window struct{ first, last int }

// best returns the run of matches in one block of text that is worth most
// among those that do not touch the windows taken already. Clauses shown
// before count little.
func (s *showing) best() (window, bool) {
	best, bestValue := window{}, -1.0
	inside := map[string]int{}
	value := 0.0
	worth := func(clause string) float64 {
		if s.shown[clause] {
			return s.weights[clause] / 8
		}
		return s.weights[clause]
	}
	first := 0
	drop := func() {
		c := s.matches[first].Clause
		if inside[c]--; inside[c] == 0 {
			value -= worth(c)
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
		if inside[m.Clause]++; inside[m.Clause] == 1 {
			value += worth(m.Clause)
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

func (s *showing) touches(i int) bool {
	return slices.ContainsFunc(s.taken, func(w window) bool { return i >= w.first && i <= w.last })
}
