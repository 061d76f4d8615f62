package search

import (
	"math"
	"slices"
)

// anyRelevant reports whether some document is judged relevant.
func anyRelevant[K comparable](judged map[K]int) bool {
	for _, g := range judged {
		if g > 0 {
			return true
		}
	}
	return false
}

// bestGain returns the discounted cumulative gain of the best ranking there
// can be.
func bestGain(gains []int) float64 {
	slices.Sort(gains)
	slices.Reverse(gains)
	sum := 0.0
	for i, g := range gains[:min(len(gains), evalGain)] {
		sum += float64(g) / math.Log2(float64(i+2))
	}
	return sum
}
