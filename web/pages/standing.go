package pages

import (
	"slices"

	"rapport/corpus"
	"rapport/search"
)

// StaleStandings returns the values of the status facet that stand for facts
// whose words are no longer found, in canonical order.
func StaleStandings() []string {
	return []string{
		string(corpus.AnchorAmbiguous), string(corpus.AnchorChanged), string(corpus.AnchorMissing), string(corpus.AnchorUnlocated),
	}
}

// StaleCount adds up the facts whose words are no longer found.
func StaleCount(facets []search.Facet) int {
	n := 0
	for value, c := range CountsOf(facets, search.FieldStatus) {
		if slices.Contains(StaleStandings(), value) {
			n += c
		}
	}
	return n
}

// staleness says what is wrong with a fact's evidence.
func staleness(f *corpus.Fact) (what, was, now string) {
	switch f.Evidence.Status {
	case corpus.AnchorChanged:
		return "Stale: the source now says something else", f.Evidence.Exact, f.Evidence.Now
	case corpus.AnchorMissing:
		return "Stale: sentence not found", f.Evidence.Exact, ""
	case corpus.AnchorAmbiguous:
		return "Stale: several sentences fit", "", ""
	case corpus.AnchorUnlocated:
		return "Its document is not in the index", "", ""
	}
	return "", "", ""
}

// standings says what the values of the status facet mean.
var standings = map[string]string{
	string(corpus.AnchorExact):      "Found word for word",
	string(corpus.AnchorMoved):      "Found in another place",
	string(corpus.AnchorNormalised): "Found but for quotes or spaces",
	string(corpus.AnchorAmbiguous):  "Stale: several places fit",
	string(corpus.AnchorChanged):    "Stale: the words changed",
	string(corpus.AnchorMissing):    "Stale: the words are gone",
	string(corpus.AnchorUnlocated):  "Stale: document not indexed",
	"extracted":                     "Found by a rule",
	"curated":                       "Stated by a person",
}
