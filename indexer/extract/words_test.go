package extract

import (
	"fmt"
	"strings"
	"testing"

	"rapport/corpus"
)

// A list of codes has more different words than any text; what the index
// would keep for them has no bound but this one.
func TestTooManyDifferentWords(t *testing.T) {
	var b strings.Builder
	for i := range maxWords + 1000 {
		fmt.Fprintf(&b, "w%d ", i)
	}
	f := File{Source: "s", Path: "codes.txt", Data: []byte(b.String())}
	for _, err := range Documents(t.Context(), f, Options{}) {
		skip, ok := err.(*corpus.SkipError)
		if !ok || skip.Reason != corpus.SkipTooLarge {
			t.Errorf("got %v", err)
		}
	}
	if n := differentWords(strings.Repeat("the same few words ", 100_000)); n != 4 {
		t.Errorf("%d different words", n)
	}
}
