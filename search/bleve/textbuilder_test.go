package bleve

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// A text of any length gives each term the posting that its positions give when
// they are packed at once.
func TestLongTextsArePackedAsShortOnesAre(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, words := range []int{1, 5, maxOccurrences - 1, maxOccurrences, maxOccurrences + 1, 3*maxOccurrences + 7} {
		b := textBuilder{name: fieldStem, stems: true}
		for range 2 { // the second time in what the first has left
			b.reset()
			positions, weights := map[string][]uint32{}, map[string]int{}
			at := uint32(1)
			for range words {
				at += uint32(random.IntN(3))
				term := fmt.Sprint("word", int(random.ExpFloat64()*40))
				if list := positions[term]; len(list) == 0 || list[len(list)-1] != at {
					positions[term] = append(list, at)
					weights[term]++
				}
				b.add(term, at, 1)
			}
			r := newRecord("x")
			b.field(r, fieldStem)
			got := r.of(fieldNumbers[fieldStem])
			if len(got) != len(positions) {
				t.Fatalf("%d words: %d terms, want %d", words, len(got), len(positions))
			}
			for _, p := range got {
				packed, locations := pack(fieldNumbers[fieldStem], positions[p.term], weights[p.term])
				if p.packed != packed || !bytes.Equal(p.locations, locations) {
					t.Fatalf("%d words: %s at %d positions is packed otherwise", words, p.term, len(positions[p.term]))
				}
			}
		}
	}
}
