package search

import (
	"fmt"
	"testing"
)

// BenchmarkNearestValues looks for what one value may be meant for among 10,000.
func BenchmarkNearestValues(b *testing.B) {
	values := make([]FacetValue, 10_000)
	for i := range values {
		values[i] = FacetValue{Value: fmt.Sprintf("Agency %05d for Water and Health", i), Count: 1}
	}
	for b.Loop() {
		nearestValues("ministry", values)
	}
}
