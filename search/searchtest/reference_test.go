package searchtest_test

import (
	"testing"

	"rapport/corpus"
	"rapport/search/searchtest"
)

// The suite and the reference must agree with each other, and the suite must
// not demand what a plain engine cannot do.
func TestReference(t *testing.T) {
	searchtest.Run(t, func(_ *testing.T, taxonomy *corpus.Taxonomy) searchtest.Index {
		return searchtest.NewReference(taxonomy)
	}, searchtest.Exact())
}
