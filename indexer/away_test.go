package indexer

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"rapport/corpus"
)

// A source that was read before and is away keeps its documents, does not keep
// others from being read, and is told by its name alone.
func TestSourceThatIsAway(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a"})
	b.run()
	if b.Ledger.Incomplete() {
		t.Error("a source that was read to its end counts as not read")
	}
	if err := os.Rename(b.root, b.root+".away"); err != nil {
		t.Fatal(err)
	}
	_, why := corpus.OpenSource(b.root)
	away, ok := b.Ledger.Away(b.root, why)
	if !ok || !errors.Is(why, fs.ErrNotExist) {
		t.Fatalf("%v, %v", ok, why)
	}
	if _, ok := b.Ledger.Away(b.root+"x", why); ok {
		t.Error("a place that nobody has read is a known one")
	}
	b.write(map[string]string{"../other/b.txt": "b"})
	other := b.source("../other")
	report, err := b.try(away, other)
	var broken *SourceError
	if !errors.As(err, &broken) || broken.Source != "docs" || strings.Contains(err.Error(), b.root) || report.Added != 1 || report.Removed != 0 {
		t.Errorf("added %d, removed %d: %v", report.Added, report.Removed, err)
	}
	b.holds("docs/a.txt", "other/b.txt")
	if known := b.Ledger.Sources["docs"]; known.Place != b.root || !known.Folder || known.Begun {
		t.Errorf("it is remembered as %+v", known)
	}
}

// A source counts as read once a run has come to its end, be it a later one.
func TestLedgerKnowsWhatWasReadToItsEnd(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a"})
	b.index.fail = failOnce(errors.New("no space left"))
	if _, err := b.try(); err == nil {
		t.Fatal("the run did not fail")
	}
	if !b.Ledger.Incomplete() {
		t.Error("what no run has read to its end counts as read")
	}
	b.run()
	if b.Ledger.Incomplete() {
		t.Error("what was read to its end does not count as read")
	}
	if (&Ledger{}).Incomplete() {
		t.Error("nothing lacks something")
	}
}

// A clock that was put back makes no failure that was seen last before it was seen
// first.
func TestFailuresWhenTheClockIsPutBack(t *testing.T) {
	at := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	l := (&Ledger{}).clone()
	for _, step := range []struct{ now, first time.Duration }{{0, 0}, {time.Hour, 0}, {-24 * time.Hour, -24 * time.Hour}, {-23 * time.Hour, -24 * time.Hour}} {
		now := at.Add(step.now)
		if f := l.fail("docs/a.pdf", Failure{Reason: corpus.SkipCorrupt, First: now, Last: now}); f.First != at.Add(step.first) || f.Last != now {
			t.Errorf("after %s: since %s, last seen %s", step.now, f.First, f.Last)
		}
	}
}
