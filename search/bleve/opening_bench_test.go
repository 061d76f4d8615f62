package bleve_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// BenchmarkEmptyQuestion is a page of the newest documents, with their
// beginnings, by the length of the documents.
func BenchmarkEmptyQuestion(b *testing.B) {
	for _, words := range []int{100, 12_000, 150_000} {
		b.Run(fmt.Sprint(words, " words"), func(b *testing.B) {
			x := create(b)
			var put []corpus.Record
			for i := range 40 {
				var body strings.Builder
				for w := range words {
					body.WriteString("word")
					body.WriteString(strconv.Itoa((w*w + i) % 5003))
					body.WriteString([]string{" ", " ", " ", ", ", ". ", "\n"}[(w+i)%6])
				}
				put = append(put, document(strconv.Itoa(i), "Title", body.String()))
			}
			apply(b, x, corpus.Batch{Put: put})
			s := acquire(b, x)
			defer s.Release()
			for b.Loop() {
				r, err := search.Ask(b.Context(), s, search.Request{Limit: 10, Snippets: 1})
				if err != nil || len(r.Hits) != 10 || len(r.Hits[0].Snippets) != 1 {
					b.Fatal(err, r)
				}
			}
		})
	}
}
