package bleve

import (
	"bytes"
	"strings"
	"testing"

	"rapport/search"
)

// TestBodiesAreUnpackedInPart checks that the first frame of a packed body is
// its beginning, that of a short one all of it, and that what is cut off is an
// error.
func TestBodiesAreUnpackedInPart(t *testing.T) {
	var p packer
	for _, body := range []string{
		"a", "日本", strings.Repeat("a", 70_000), strings.Repeat("日本語の文書。", 3_000), strings.Repeat("word ", splitBody/5),
		strings.Repeat("a", splitBody), strings.Repeat("a", splitBody+1), strings.Repeat("\x80", splitBody+1),
		strings.Repeat("Some more words, and others. ", 200_000),
	} {
		packed := p.text(body)
		whole, err := unpack(packed)
		if err != nil || string(whole) != body {
			t.Fatalf("%d bytes, %d unpacked: %v", len(body), len(whole), err)
		}
		frame, err := firstFrame(packed)
		if err != nil {
			t.Fatal(err)
		}
		opening, err := unpack(frame)
		if err != nil || !bytes.HasPrefix(whole, opening) || len(opening) < min(len(body), search.OpeningLength) {
			t.Errorf("%d bytes: the opening has %d: %v", len(body), len(opening), err)
		}
		if len(body) > splitBody && len(opening) > 2*search.OpeningLength {
			t.Errorf("%d bytes: the opening has %d", len(body), len(opening))
		}
		for end := range min(len(frame), 200) {
			if cut, err := firstFrame(frame[:end]); err == nil {
				t.Errorf("%d bytes: cut off at %d of %d, the first frame has %d", len(body), end, len(frame), len(cut))
			}
		}
	}
}

func FuzzFirstFrame(f *testing.F) {
	var p packer
	f.Add(p.text("words"))
	f.Add(p.text(strings.Repeat("a", 70_000)))
	f.Fuzz(func(t *testing.T, packed []byte) {
		if frame, err := firstFrame(packed); err == nil && !bytes.HasPrefix(packed, frame) {
			t.Error("the first frame is no beginning")
		}
	})
}
