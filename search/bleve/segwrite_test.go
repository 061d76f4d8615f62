package bleve

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rapport/corpus"
)

// TestRoomForASegmentIsAboutWhatItTakes makes a segment of one large record, and
// then one of many small ones with the same buffers.
func TestRoomForASegmentIsAboutWhatItTakes(t *testing.T) {
	noise := make([]byte, 300<<10)
	r := rand.New(rand.NewPCG(1, 9))
	for i := range noise {
		noise[i] = byte('!' + r.IntN(90))
	}
	b, w := newBuilder(nil), newSegmentWriter()
	for _, bodies := range [][]string{{string(noise)}, make([]string, 500)} {
		var records []*record
		for i, body := range bodies {
			list, _, err := b.records(&corpus.Record{
				Entry:    corpus.Entry{ID: corpus.ID(fmt.Sprint(i))},
				Document: &corpus.Document{ID: corpus.ID(fmt.Sprint(i)), Title: "Note", Body: body},
			})
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, list...)
		}
		if _, _, err := w.fill(records); err != nil {
			t.Fatal(err)
		}
		if cap(w.data) > 4*len(w.data) {
			t.Errorf("%d records: %d bytes of room for a segment of %d", len(records), cap(w.data), len(w.data))
		}
	}
}
