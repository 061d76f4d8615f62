package extract

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"rapport/corpus"
)

// TestDamagedSamples reads samples that were damaged at random: cut off, with
// bits flipped, with parts doubled, dropped, or taken from another file. Each
// must be accounted for, and the pool must go on. RAPPORT_DAMAGED is how many
// are read, 150 without it.
func TestDamagedSamples(t *testing.T) {
	n := 150
	if text := os.Getenv("RAPPORT_DAMAGED"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	type sample struct {
		name string
		data []byte
	}
	var list []sample
	for name, data := range samples(t) {
		if len(data) > 0 && len(data) < 1<<20 {
			list = append(list, sample{name, data})
		}
	}
	o := PoolOptions{Workers: 2, Caches: []string{pdfCache(t)}}
	o.Timeout, o.MaxText = 15*time.Second, 8<<20
	p := pool(t, "serve", o)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	reasons := map[corpus.SkipReason]int{}
	documents := 0
	for range n {
		s, other := list[r.IntN(len(list))], list[r.IntN(len(list))]
		data := damage(r, s.data, other.data)
		before := documents
		accounted := false
		for doc, err := range p.Documents(context.Background(), File{Source: "src", Path: s.name, Data: data}) {
			var skip *corpus.SkipError
			accounted = true
			switch {
			case err == nil:
				checkDocument(t, doc)
				documents++
			case !errors.As(err, &skip):
				t.Errorf("%s: error %v is no reason", s.name, err)
			default:
				reasons[skip.Reason]++
				if skip.Reason == corpus.SkipTimeout {
					t.Errorf("%s of %d bytes: %v", s.name, len(data), err)
				}
			}
		}
		if !accounted && before == documents {
			t.Errorf("%s vanished", s.name)
		}
	}
	t.Logf("%d damaged files: %d documents, left out %v", n, documents, reasons)
	if docs, skip := through(t, p, "a.docx", docx(t, docxBody)); len(docs) != 1 {
		t.Errorf("the pool does not go on: %v", skip)
	}
}

// damage returns a damaged copy of data.
func damage(r *rand.Rand, data, other []byte) []byte {
	data = append([]byte(nil), data...)
	switch at := r.IntN(len(data)); r.IntN(5) {
	case 0:
		return data[:at+1]
	case 1:
		for range 1 + r.IntN(64) {
			data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		}
	case 2:
		end := min(len(data), at+r.IntN(4096))
		return append(append(append([]byte(nil), data[:end]...), data[at:end]...), data[end:]...)
	case 3:
		end := min(len(data)-1, at+r.IntN(4096))
		return append(data[:min(at, end)], data[end:]...)
	case 4:
		copy(data[at:], other[r.IntN(len(other)):])
	}
	return data
}
