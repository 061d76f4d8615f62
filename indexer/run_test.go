package indexer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rapport/corpus"
)

func TestEveryPathIsAccountedFor(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "sub/b.txt": "b", "empty.txt": "", "bad.txt": "bad", "panic.txt": "panic", ".hidden": "x"})
	r := b.run()
	b.expect(r, "2 0 0 0 4")
	b.holds("docs/a.txt", "docs/sub/b.txt")
	reasons := map[string]corpus.SkipReason{}
	for _, s := range r.Skipped {
		reasons[s.Path] = s.Reason
	}
	want := map[string]corpus.SkipReason{"docs/.hidden": corpus.SkipIgnored, "docs/empty.txt": corpus.SkipEmpty,
		"docs/bad.txt": corpus.SkipCorrupt, "docs/panic.txt": corpus.SkipCorrupt}
	if fmt.Sprint(reasons) != fmt.Sprint(want) {
		t.Errorf("skipped %v, want %v", reasons, want)
	}
	if !slices.Equal(r.Paths.Added, []string{"docs/a.txt", "docs/sub/b.txt"}) {
		t.Errorf("added %q", r.Paths.Added)
	}
	if b.index.begun != 1 || b.index.ended != 1 {
		t.Errorf("begun %d times, ended %d times", b.index.begun, b.index.ended)
	}
}

func TestSecondRunReadsAndWritesNothing(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b", "bad.txt": "bad"})
	b.run()
	writes, reads := len(b.index.batches), b.extracted.Load()
	r := b.run()
	b.expect(r, "0 0 2 0 1")
	if len(b.index.batches) != writes || b.extracted.Load() != reads || b.index.begun != 1 {
		t.Errorf("an unchanged folder was written %d times and extracted %d times", len(b.index.batches)-writes, b.extracted.Load()-reads)
	}
	if first := r.Skipped[0].FirstSeen; !first.Before(r.Skipped[0].LastSeen) && first != r.Started {
		t.Errorf("failure first seen %v, last seen %v", first, r.Skipped[0].LastSeen)
	}
	b.Options.RetryFailed = true
	b.run()
	if b.extracted.Load() != reads+1 {
		t.Error("a failed file was not tried again")
	}
	b.Options = Options{Reread: true}
	b.expect(b.run(), "0 0 2 0 1")
	b.Options = Options{}
	b.Version = "test@2"
	b.expect(b.run(), "0 0 2 0 1") // read again, and the same
	if got := b.extracted.Load(); got != reads+7 {
		t.Errorf("%d files were extracted, want 7", got-reads)
	}
	b.Tag = func(*corpus.Document) corpus.Tags { return corpus.Tags{Years: []corpus.Tag{{Value: "2007"}}} }
	b.Version = "test@3"
	b.expect(b.run(), "0 2 0 0 1")
}

func TestChangedAddedRemoved(t *testing.T) {
	b := newBench(t)
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("%02d.txt", i)] = fmt.Sprint("text ", i)
	}
	b.write(files)
	b.run()
	b.write(map[string]string{"03.txt": "new text", "new.txt": "new"})
	b.remove("07.txt")
	r := b.run()
	b.expect(r, "1 1 28 1 0")
	if fmt.Sprint(r.Paths) != "{[docs/new.txt] [docs/03.txt] [docs/07.txt] [] 0}" {
		t.Errorf("paths %v", r.Paths)
	}
}

func TestUnreadableFileKeepsItsFormerVersion(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b"})
	b.run()
	b.write(map[string]string{"a.txt": "bad"})
	r := b.run()
	b.expect(r, "0 0 1 0 1")
	if !r.Skipped[0].Kept {
		t.Errorf("%+v is not said to be kept", r.Skipped[0])
	}
	b.holds("docs/a.txt", "docs/b.txt")
	if b.index.all()[0].Document.Body != "a" {
		t.Error("the former version is lost")
	}
	b.write(map[string]string{"a.txt": "good"})
	b.expect(b.run(), "0 1 1 0 0")
	if len(b.Ledger.Failures) != 0 {
		t.Errorf("failures %v are remembered of files that were mended", b.Ledger.Failures)
	}
}

// TestNothingChangesALedgerThatWasHandedOut: others read it while a run goes on.
func TestNothingChangesALedgerThatWasHandedOut(t *testing.T) {
	b := newBench(t)
	var handedOut []*Ledger
	var asItWas []string
	hand := func(l *Ledger) error {
		handedOut, asItWas = append(handedOut, l), append(asItWas, fmt.Sprint(*l))
		return nil
	}
	b.Save = hand
	b.write(map[string]string{"a.txt": "bad", "b.txt": "b"})
	b.run()
	if err := hand(b.Ledger); err != nil {
		t.Fatal(err)
	}
	b.write(map[string]string{"a.txt": "good", "b.txt": "bad"})
	b.run()
	if failing := len(b.Ledger.Failures); len(handedOut) != 5 || failing != 1 {
		t.Errorf("%d ledgers, %d failures in the last", len(handedOut), failing)
	}
	for i, l := range handedOut {
		if now := fmt.Sprint(*l); now != asItWas[i] {
			t.Errorf("ledger %d was %s and is %s", i, asItWas[i], now)
		}
	}
}

func TestGuardAgainstLosingASource(t *testing.T) {
	b := newBench(t)
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("%02d.txt", i)] = fmt.Sprint("text ", i)
	}
	b.write(files)
	b.run()
	for i := range 11 {
		b.remove(fmt.Sprintf("%02d.txt", i))
	}
	b.write(map[string]string{"39.txt": "changed"})
	r, err := b.try()
	var gone *GoneError
	if !errors.As(err, &gone) || gone.Gone != 11 || gone.Of != 40 {
		t.Errorf("a quarter gone: %v", err)
	}
	b.expect(r, "0 1 28 0 0")
	if len(b.index.records) != 40 {
		t.Errorf("%d documents are left", len(b.index.records))
	}
	b.Options.Force = true
	b.expect(b.run(), "0 0 29 11 0")
}

func TestGuardOfASmallSource(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b", "c.txt": "c", "mnt/d.txt": "d", "mnt/e.txt": "e", "mnt/f.txt": "f", "mnt/g.txt": "g"})
	b.run()
	b.remove("mnt") // is not mounted
	b.mkdir(filepath.Join(b.root, "mnt"))
	var gone *GoneError
	if _, err := b.try(); !errors.As(err, &gone) || gone.Gone != 4 || gone.Of != 7 {
		t.Errorf("more than half gone: %v", err)
	}
	b.write(map[string]string{"mnt/d.txt": "d"}) // three of seven is what people do
	b.expect(b.run(), "0 0 4 3 0")
	b.write(map[string]string{".rapportignore": "*.txt\n"}) // and so is leaving out everything
	b.expect(b.run(), "0 0 0 4 1")
}

func TestGuardOfAnEmptySource(t *testing.T) {
	b := newBench(t)
	files := map[string]string{}
	for i := range 29 {
		files[fmt.Sprintf("%02d.txt", i)] = fmt.Sprint("text ", i)
	}
	b.write(files)
	b.run()
	var gone *GoneError
	b.remove("")
	b.mkdir(b.root)
	if _, err := b.try(); !errors.As(err, &gone) || gone.Gone != 29 {
		t.Errorf("an empty folder: %v", err)
	}
	s := b.source("")
	b.remove("")
	var broken *SourceError
	if _, err := b.try(s); !errors.As(err, &broken) {
		t.Errorf("no folder: %v", err)
	}
	b.Options.Force = true
	if _, err := b.try(s); !errors.As(err, &broken) || len(b.index.records) != 29 {
		t.Errorf("no folder, with force: %v, %d documents left", err, len(b.index.records))
	}
}

// TestRenamingOfCopies: of several files with the same bytes each is renamed,
// and one that a further copy was made of is not.
func TestRenamingOfCopies(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "same", "b.txt": "same", "c.txt": "same", "d.txt": "other", "e.txt": "third"})
	b.run()
	b.remove("a.txt", "b.txt", "e.txt")
	b.write(map[string]string{"x.txt": "same", "y.txt": "same", "z.txt": "same", "d2.txt": "other"})
	r := b.run()
	b.expect(r, "2 0 2 1 0")
	if len(r.Paths.Renamed) != 2 || r.Renamed != 2 || !slices.Equal(r.Paths.Removed, []string{"docs/e.txt"}) || len(r.Paths.Added) != 2 {
		t.Errorf("%d renamed: %+v", r.Renamed, r.Paths)
	}
	b.expect(b.run(), "0 0 6 0 0")
}

func TestRenamingIsNotLosing(t *testing.T) {
	b := newBench(t)
	for i := range 30 {
		b.write(map[string]string{fmt.Sprintf("old/%02d.txt", i): fmt.Sprint("text ", i)})
	}
	b.run()
	if err := os.Rename(filepath.Join(b.root, "old"), filepath.Join(b.root, "new")); err != nil {
		t.Fatal(err)
	}
	r := b.run()
	b.expect(r, "0 0 0 0 0")
	if want := (corpus.Rename{From: "docs/old/07.txt", To: "docs/new/07.txt"}); r.Renamed != 30 || len(r.Paths.Renamed) != 30 || r.Paths.Renamed[7] != want || len(r.Paths.Added)+len(r.Paths.Removed)+r.Paths.Omitted > 0 {
		t.Errorf("%d renamed: %+v", r.Renamed, r.Paths)
	}
	if last := b.index.batches[len(b.index.batches)-1]; len(last.Put) != 30 || len(last.Delete) != 30 {
		t.Errorf("put %d and deleted %d in the last batch, want both whole", len(last.Put), len(last.Delete))
	}
}
