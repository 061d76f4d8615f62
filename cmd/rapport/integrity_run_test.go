//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rapport/search"
)

// TestARunThatMeetsDamageEndsAnswering: an index that turns out to be damaged while
// it is written to answers no more, as one that is found so at the start.
func TestARunThatMeetsDamageEndsAnswering(t *testing.T) {
	data, docs := filepath.Join(t.TempDir(), "data"), t.TempDir()
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	note := filepath.Join(docs, "note.txt")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(note, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("A note\n\nA ferry crosses the river.")
	for range 2 { // the second compares the checksums, once and for all
		if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	segments, err := filepath.Glob(filepath.Join(data, "generations", "*", "index", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal(segments, err)
	}
	for _, segment := range segments {
		f, err := os.OpenFile(segment, os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteAt(bytes.Repeat([]byte{0xff}, 64), 0) // what is stored of the note
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write("Another note\n\nA bridge crosses the river.")
	if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("the run ended with %v", err)
	}
	if err := s.ready(); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("after a run that met damage, the index is %v", err)
	}
}
