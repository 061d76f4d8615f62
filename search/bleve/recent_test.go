package bleve

import (
	"fmt"
	"strings"
	"testing"

	"rapport/corpus"
)

// TestRecentDocumentsAreBounded puts documents, some of them twice, and counts
// what is kept.
func TestRecentDocumentsAreBounded(t *testing.T) {
	var c recent
	large := strings.Repeat("x", recentBytes+1)
	for i := range 3 * recentDocuments {
		size := []int{10, recentBytes / 3, recentBytes + 1}[i%3]
		for range 2 {
			c.put(corpus.Document{ID: corpus.ID(fmt.Sprint(i)), Body: large[:size]})
		}
		kept := 0
		for _, d := range c.known {
			kept += len(d.Body)
		}
		if kept > recentBytes || kept != c.bytes || len(c.known) > recentDocuments || len(c.known) != len(c.order) {
			t.Fatalf("after %d documents: %d of %d bytes are kept, %d are counted", i+1, len(c.known), kept, c.bytes)
		}
		if _, ok := c.get(corpus.ID(fmt.Sprint(i))); ok != (size <= recentBytes) {
			t.Fatalf("a document of %d bytes is kept: %v", size, ok)
		}
	}
}
