package main

import (
	"fmt"
	"testing"

	"rapport/search"
)

// What was chosen is shown however small it is.
func TestFacetLineShowsWhatIsChosen(t *testing.T) {
	var f search.Facet
	for i := range 10 {
		f.Values = append(f.Values, search.FacetValue{Label: fmt.Sprintf("P%d", i), Count: 20 - i, Selected: i == 8})
	}
	if got, want := facetLine(f), "P0 20 · P1 19 · P2 18 · P3 17 · P4 16 · P5 15 · P6 14 · P7 13 · [x] P8 12 · …"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f.Values = f.Values[:9]
	if got, want := facetLine(f), "P0 20 · P1 19 · P2 18 · P3 17 · P4 16 · P5 15 · P6 14 · P7 13 · [x] P8 12"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
