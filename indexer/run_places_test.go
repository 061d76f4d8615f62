package indexer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/corpus"
)

func TestFileAndFolderHoldOneDocument(t *testing.T) {
	for _, folderFirst := range []bool{true, false} {
		b := newBench(t)
		b.write(map[string]string{"a.txt": "a", "b.txt": "b"})
		order := []corpus.Source{b.source("a.txt"), b.source("")}
		if folderFirst {
			slices.Reverse(order)
		}
		for _, s := range order {
			b.run(s)
		}
		b.holds("docs/a.txt", "docs/b.txt")
		if rec := b.index.all()[0]; rec.Entry.ID != corpus.NewID("docs", "a.txt") || !slices.Equal(rec.Entry.Claims, []string{"a.txt", "docs"}) {
			t.Errorf("folder first %v: entry %+v", folderFirst, rec.Entry)
		}
		b.remove("a.txt")
		b.expect(b.run(), "0 0 1 1 0")
	}
}

func TestFileAndListHoldOneDocument(t *testing.T) {
	for _, listFirst := range []bool{true, false} {
		b := newBench(t)
		b.write(map[string]string{"a.txt": "a", "m.box": "one first\n"})
		file := func() { b.run(b.source("a.txt"), b.source("m.box")) }
		list := func() { b.run(b.list("a.txt", "m.box")) }
		if listFirst {
			list()
			file()
		} else {
			file()
			list()
		}
		b.holds("a.txt/a.txt", "m.box/m.box", "m.box/m.box!one")
		b.expect(b.run(b.list("a.txt", "m.box")), "0 0 2 0 0")
		b.expect(b.run(b.source("a.txt")), "0 0 1 0 0")
		for _, name := range []string{"a.txt", "m.box"} {
			if _, err := b.Forget(t.Context(), name); err != nil {
				t.Fatal(err)
			}
		}
		list()
		if n := len(b.index.records); n != 3 {
			t.Errorf("list first %v: %d records after the files were forgotten: %q", listFirst, n, b.index.paths())
		}
	}
}

func TestListOutlivesItsFolder(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b"})
	b.run()
	b.run(b.list("a.txt"))
	if _, err := b.Forget(t.Context(), "docs"); err != nil {
		t.Fatal(err)
	}
	b.holds("docs/a.txt")
	b.expect(b.run(b.list("a.txt")), "0 1 0 0 0")
	if n := len(b.index.records); n != 1 {
		t.Errorf("%q", b.index.paths())
	}
	b.remove("a.txt")
	b.expect(b.run(b.list("a.txt")), "0 0 0 1 0")
}

func TestNestedFolders(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "sub/b.txt": "b", "sub/c.txt": "c"})
	b.run(b.source("sub"))
	b.holds("sub/b.txt", "sub/c.txt")
	r := b.run(b.source(""))
	b.expect(r, "1 2 0 0 0")
	b.holds("docs/a.txt", "docs/sub/b.txt", "docs/sub/c.txt")
	b.run(b.source("sub"))
	b.remove("sub/c.txt")
	b.expect(b.run(b.source("sub")), "0 0 1 1 0")
	b.holds("docs/a.txt", "docs/sub/b.txt")
	if _, err := b.Forget(t.Context(), "docs"); err != nil {
		t.Fatal(err)
	}
	b.holds("docs/sub/b.txt")
	b.expect(b.run(b.source("sub")), "0 1 0 0 0")
	b.holds("sub/b.txt")
}

func TestListOnlyAddsUpdatesAndRemovesWhatItNames(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
	b.run()
	b.write(map[string]string{"a.txt": "new a", "d.txt": "d"})
	b.remove("b.txt", "c.txt")
	r := b.run(b.list("a.txt", "b.txt", "d.txt", "nowhere.txt"))
	b.expect(r, "1 1 0 1 1")
	b.holds("docs/a.txt", "docs/c.txt", "docs/d.txt")
}

func TestTwoFoldersOfOneName(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"x/reports/a.txt": "a", "y/reports/a.txt": "b"})
	b.run(b.source("x/reports"))
	_, err := b.try(b.source("y/reports"))
	if !errors.Is(err, ErrNameTaken) || !strings.Contains(err.Error(), filepath.Join(b.root, "x/reports")) {
		t.Errorf("a second folder of the same name: %v", err)
	}
	b.holds("reports/a.txt")
	if err := os.Rename(filepath.Join(b.root, "x"), filepath.Join(b.root, "z")); err != nil {
		t.Fatal(err)
	}
	b.expect(b.run(b.source("z/reports")), "0 0 1 0 0")
}

func TestTwoDocumentsOfOneID(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"b.txt": "id: one\nb", "c.txt": "id: two\nc"})
	b.run()
	b.write(map[string]string{"a.txt": "id: one\na"})
	r := b.run()
	b.expect(r, "1 0 1 0 1")
	if s := r.Skipped[0]; s.Path != "docs/b.txt" || s.Reason != corpus.SkipDuplicate || !strings.Contains(s.Detail, "docs/a.txt") || s.Kept {
		t.Errorf("skip %+v", s)
	}
	fresh := newMemory()
	fresh, b.index = b.index, fresh
	b.Sink = b.index
	b.run()
	if got, want := b.index.paths(), fresh.paths(); !slices.Equal(got, want) {
		t.Errorf("from the beginning %q, step by step %q", got, want)
	}
	b.expect(b.run(), "0 0 2 0 1")
	b.remove("a.txt")
	b.expect(b.run(), "1 0 1 1 0")
	b.holds("docs/b.txt", "docs/c.txt")
}

func TestDeclaredIDSurvivesRenaming(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"z.txt": "id: one\ntext"})
	b.run()
	b.remove("z.txt")
	b.write(map[string]string{"a.txt": "id: one\ntext"})
	r := b.run()
	b.expect(r, "0 0 0 0 0")
	b.holds("docs/a.txt")
	if b.index.all()[0].Entry.ID != "one" || r.Renamed != 1 {
		t.Errorf("the declared id is lost, or it is not renamed: %+v", r)
	}
}

func TestUnusableIDIsReplacedWithAWarning(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "id: ../etc/passwd\ntext"})
	r := b.run()
	if id := b.index.all()[0].Entry.ID; id != corpus.NewID("docs", "a.txt") || len(r.Warnings) != 1 {
		t.Errorf("id %q, warnings %q", id, r.Warnings)
	}
}

func TestLinesOfAFile(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"l.jsonl": "id: a\nid: b\nid: c\n"})
	b.expect(b.run(), "3 0 0 0 0")
	b.write(map[string]string{"l.jsonl": "id: new\nid: a\nid: b\nid: c\n"})
	b.expect(b.run(), "1 3 0 0 0")
	if len(b.index.records) != 4 {
		t.Errorf("the index holds %q", b.index.paths())
	}
	b.write(map[string]string{"l.jsonl": "id: b\n"})
	b.expect(b.run(), "0 1 0 3 0")
	b.holds("docs/l.jsonl!1")
}

func TestContainers(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "m.box": "one first\ntwo second\nthree bad\n", "own.box": "att attached\n. letter\n"})
	b.expect(b.run(), "5 0 0 0 1")
	b.holds("docs/a.txt", "docs/m.box", "docs/m.box!one", "docs/m.box!two", "docs/own.box", "docs/own.box!att")
	reads := b.extracted.Load()
	r := b.run()
	b.expect(r, "0 0 5 0 1")
	if b.extracted.Load() != reads || r.Skipped[0].Path != "docs/m.box!three" {
		t.Errorf("read again, or skipped %v", r.Skipped)
	}
	b.write(map[string]string{"m.box": "one first\ntwo changed\nfour new\n"})
	b.expect(b.run(), "1 1 4 0 0")
	b.write(map[string]string{"m.box": "one first\n"})
	b.expect(b.run(), "0 0 4 2 0")
	b.write(map[string]string{"m.box": "one first\n. bad\n"})
	b.expect(b.run(), "0 0 4 0 1")
	b.write(map[string]string{"m.box": ". bad\n"})
	b.expect(b.run(), "0 0 3 0 1")
	b.holds("docs/a.txt", "docs/m.box", "docs/m.box!one", "docs/own.box", "docs/own.box!att")
	b.remove("m.box")
	b.expect(b.run(), "0 0 3 1 0")
	b.holds("docs/a.txt", "docs/own.box", "docs/own.box!att")
}

func TestContainersTakeTheirPlaceInAFolder(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": "one first\n"})
	b.run(b.source("m.box"))
	b.holds("m.box/m.box", "m.box/m.box!one")
	b.expect(b.run(), "0 1 0 0 0")
	b.holds("docs/m.box", "docs/m.box!one")
}

func TestUnreadableFolderKeepsWhatItHeld(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "sub/b.txt": "b", "sub/deep/c.txt": "c"})
	b.run()
	s := hiding{b.source(""), "sub"}
	r := b.run(s)
	b.expect(r, "0 0 1 0 1")
	b.holds("docs/a.txt", "docs/sub/b.txt", "docs/sub/deep/c.txt")
}

func TestIgnoredFilesGo(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b", "sub/c.txt": "c", "sub/d.txt": "d"})
	b.run()
	b.write(map[string]string{".rapportignore": "b.txt\nsub/\n"})
	r := b.run()
	b.holds("docs/a.txt")
	if r.Unchanged != 1 || r.Removed != 3 {
		t.Errorf("%+v", r)
	}
}

func TestInterruptedRunGoesOn(t *testing.T) {
	b := newBench(t)
	for i := range DefaultBatch + 200 {
		b.write(map[string]string{fmt.Sprintf("%04d.txt", i): fmt.Sprint("text ", i)})
	}
	ctx, cancel := context.WithCancel(t.Context())
	b.index.applied = cancel
	b.Options.Batch = 64
	r, err := b.Indexer.Run(ctx, b.source(""))
	if !errors.Is(err, ErrInterrupted) || b.index.pending {
		t.Errorf("interrupted: %v, pending %v", err, b.index.pending)
	}
	n := len(b.index.records)
	if n < 64 || n > 128 || r.Added != n {
		t.Errorf("%d documents were applied, %d reported", n, r.Added)
	}
	b.index.applied = nil
	b.expect(b.run(), fmt.Sprintf("%d 0 %d 0 0", DefaultBatch+200-n, n))
}

// TestSlowFileDoesNotHoldOthersBack: what was read is applied while a file
// that takes long is waited for, so that a crash then does not lose it.
func TestSlowFileDoesNotHoldOthersBack(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "quick", "b.txt": "slow"})
	b.Options.ApplyEvery = time.Millisecond
	applied := make(chan struct{})
	b.index.applied = sync.OnceFunc(func() { close(applied) })
	extract := b.Extract
	b.Extract = func(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
		if item.Path == "b.txt" {
			select {
			case <-applied:
			case <-time.After(60 * time.Second):
				t.Error("the quick file waits for the slow one")
			}
		}
		return extract(ctx, item, data)
	}
	b.expect(b.run(), "2 0 0 0 0")
	if n := len(b.index.batches); n != 2 {
		t.Errorf("%d batches", n)
	}
}

func TestFailedWriteEndsTheRun(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a"})
	full := errors.New("no space left")
	b.index.fail = func(corpus.Batch) error { return full }
	if _, err := b.try(); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	b.index.fail = nil
	b.expect(b.run(), "1 0 0 0 0")
}

func TestDryRunWritesNothing(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "a", "b.txt": "b"})
	b.run()
	saved := 0
	b.Save = func(*Ledger) error { saved++; return nil }
	b.remove("b.txt")
	b.write(map[string]string{"a.txt": "new", "c.txt": "c", "bad.txt": "bad"})
	before := len(b.index.batches)
	b.Options.DryRun = true
	r := b.run()
	b.expect(r, "1 1 0 1 1")
	if len(b.index.batches) != before || saved != 0 || len(b.Ledger.Failures) != 0 || !r.DryRun {
		t.Error("a dry run wrote something")
	}
	b.holds("docs/a.txt", "docs/b.txt")
}

func TestOutcomeDoesNotDependOnWorkers(t *testing.T) {
	var first []byte
	for _, workers := range []int{1, 7} {
		b := newBench(t)
		for i := range 50 {
			b.write(map[string]string{fmt.Sprintf("%02d.txt", i): fmt.Sprintf("id: %d\ntext %d", i%40, i)})
		}
		b.Options.Workers = workers
		r := b.run()
		b.expect(r, "40 0 0 0 10")
		r.Started, r.Seconds = r.Started.AddDate(-100, 0, 0), 0
		for i := range r.Skipped {
			r.Skipped[i].FirstSeen, r.Skipped[i].LastSeen = r.Started, r.Started
		}
		data, err := json.Marshal([]any{r.Paths, len(r.Skipped), b.index.all()})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Errorf("with %d workers\n%s\nwith one\n%s", workers, data, first)
		}
	}
}

// hiding is a source that cannot read one of its folders.
type hiding struct {
	corpus.Source
	folder string
}
