//go:build unix

package main

import (
	"strings"
	"testing"
	"time"
)

// TestWaitingIsSaid: on a terminal, what takes long is said and wiped away.
func TestWaitingIsSaid(t *testing.T) {
	said := &lockedBuffer{}
	bar := progressLine{w: said, terminal: true}
	done := bar.wait("comparing")
	for began := time.Now(); !strings.HasSuffix(said.String(), "comparing"); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > hanging {
			t.Fatalf("it says %q", said)
		}
	}
	if done(); !strings.HasSuffix(said.String(), "\r\x1b[K") {
		t.Errorf("in the end it says %q", said)
	}
	for _, silent := range []*progressLine{{w: said}, {w: said, terminal: true, quiet: true}} {
		before := said.String()
		done := silent.wait("comparing")
		time.Sleep(soon + 10*time.Millisecond)
		if done(); said.String() != before {
			t.Errorf("with a terminal %t and quiet %t it says %q", silent.terminal, silent.quiet, said)
		}
	}
}
