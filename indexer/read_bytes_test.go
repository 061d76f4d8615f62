package indexer

import (
	"bytes"
	"io"
	"testing"

	"rapport/corpus"
)

// TestLargeFileThatGrew: a file that has grown since it was found is extracted
// in the size that its digest is of, else the rest would count as read.
func TestLargeFileThatGrew(t *testing.T) {
	now := make([]byte, maxHeld+1000)
	large := &task{found: found{item: corpus.Item{Size: maxHeld + 1, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(now)), nil
	}}}}
	data, err := large.readBytes(DefaultMaxBytes)
	if err != nil || data != nil {
		t.Fatalf("%d bytes are held, %v", len(data), err)
	}
	if want := corpus.Digest(now); large.digest != want || large.item.Size != int64(len(now)) {
		t.Errorf("digest %.8s of %d bytes, want %.8s of %d", large.digest, large.item.Size, want, len(now))
	}
}
