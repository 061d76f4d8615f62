//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rapport/indexer"
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
	spoil(t, data)
	write("Another note\n\nA bridge crosses the river.")
	if _, err := s.Index(t.Context(), indexJob{Sources: []string{docs}}, nil); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("the run ended with %v", err)
	}
	if err := s.ready(); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("after a run that met damage, the index is %v", err)
	}
}

// spoil overwrites what is stored of the documents of an index.
func spoil(t *testing.T, data string) {
	t.Helper()
	segments, err := filepath.Glob(filepath.Join(data, "generations", "*", "index", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal(segments, err)
	}
	for _, segment := range segments {
		f, err := os.OpenFile(segment, os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteAt(bytes.Repeat([]byte{0xff}, 64), 0)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestDamageFoundDuringARunHoldsUpNoEnd: a server that finds damage waits with
// that for the run that is under way, and ends all the same when it is told to.
func TestDamageFoundDuringARunHoldsUpNoEnd(t *testing.T) {
	data, docs := ferries(t)
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	under, ended := make(chan struct{}), make(chan error, 1)
	var once sync.Once
	go func() {
		_, err := s.Index(t.Context(), indexJob{Sources: []string{docs}, DryRun: true}, func(progress) {
			once.Do(func() { close(under) })
			<-s.ending.Done()
		})
		ended <- err
	}()
	<-under
	spoil(t, data)
	said := &heard{Handler: slog.DiscardHandler, said: make(chan string, 2)}
	stop := s.verifyInBackground(t.Context(), slog.New(said))
	if first := <-said.said; !strings.Contains(first, "damaged and answers no more once") {
		t.Errorf("it said %q", first)
	}
	stop()
	if err := <-ended; err != nil && !errors.Is(err, indexer.ErrInterrupted) {
		t.Errorf("the run ended with %v", err)
	}
	if err := s.ready(); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("the index is %v", err)
	}
}

// heard is a log that is read while it is written.
type heard struct {
	slog.Handler
	said chan string
}

func (h *heard) Enabled(context.Context, slog.Level) bool { return true }

func (h *heard) Handle(_ context.Context, r slog.Record) error {
	h.said <- r.Message
	return nil
}
