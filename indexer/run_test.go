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
	"sync/atomic"
	"testing"

	"rapport/corpus"
)

// bench is an indexer over an index in memory, with a folder of files.
type bench struct {
	*testing.T
	*Indexer
	root      string
	index     *memory
	extracted atomic.Int64
	fatal     func(...any) // ends the test
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, root: filepath.Join(t.TempDir(), "docs"), index: newMemory()}
	b.Indexer = &Indexer{Sink: b.index, Ledger: &Ledger{}, Version: "test@1", Extract: b.extract}
	b.fatal = t.Fatal
	b.mkdir(b.root)
	return b
}

// extract reads a file whose first line may be "id: X". A file "x.box" holds a
// document per line, "name text". It holds no document when it is empty,
// begins with "bad" or makes the reader panic.
func (b *bench) extract(_ context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
	b.extracted.Add(1)
	return func(yield func(*corpus.Document, error) bool) {
		if !strings.HasSuffix(item.Path, ".box") {
			yield(document(item.Path, string(data)))
			return
		}
		for line := range strings.Lines(string(data)) {
			name, text, _ := strings.Cut(strings.TrimSpace(line), " ")
			path := item.Path
			if name != "." {
				path += "!" + name
			}
			if doc, err := document(path, text); !yield(doc, err) {
				return
			}
		}
	}
}

func document(path, text string) (*corpus.Document, error) {
	switch {
	case text == "":
		return nil, &corpus.SkipError{Path: path, Reason: corpus.SkipEmpty}
	case strings.HasPrefix(text, "bad"):
		return nil, &corpus.SkipError{Path: path, Reason: corpus.SkipCorrupt, Err: errors.New("it is bad")}
	case strings.HasPrefix(text, "panic"):
		panic("cannot read this")
	}
	doc := &corpus.Document{Title: path, Body: text, Path: path, Digest: corpus.Digest([]byte(text))}
	if rest, ok := strings.CutPrefix(text, "id: "); ok {
		id, body, _ := strings.Cut(rest, "\n")
		doc.ID, doc.Body = corpus.ID(id), body
	}
	return doc, nil
}

func (b *bench) mkdir(dir string) {
	b.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.Fatal(err)
	}
}

// write writes files, by path below the folder.
func (b *bench) write(files map[string]string) {
	b.Helper()
	for path, text := range files {
		full := filepath.Join(b.root, path)
		b.mkdir(filepath.Dir(full))
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

func (b *bench) remove(paths ...string) {
	b.Helper()
	for _, p := range paths {
		if err := os.RemoveAll(filepath.Join(b.root, p)); err != nil {
			b.Fatal(err)
		}
	}
}

func (b *bench) source(path string) corpus.Source {
	b.Helper()
	s, err := corpus.OpenSource(filepath.Join(b.root, path))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func (b *bench) list(paths ...string) corpus.Source {
	b.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join(b.root, p)
	}
	s, err := corpus.OpenSource("-", corpus.WithInput(strings.NewReader(strings.Join(paths, "\n"))))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// run indexes the folder, or the sources given.
func (b *bench) run(sources ...corpus.Source) corpus.Report {
	b.Helper()
	report, err := b.try(sources...)
	if err != nil {
		b.fatal(err)
	}
	return report
}

func (b *bench) try(sources ...corpus.Source) (corpus.Report, error) {
	b.Helper()
	if len(sources) == 0 {
		sources = []corpus.Source{b.source("")}
	}
	return b.Indexer.Run(b.Context(), sources...)
}

// expect compares a report with "added changed unchanged removed skipped".
func (b *bench) expect(r corpus.Report, want string) {
	b.Helper()
	got := fmt.Sprint(r.Added, r.Changed, r.Unchanged, r.Removed, len(r.Skipped))
	if got != want {
		b.Errorf("added, changed, unchanged, removed, skipped: %s, want %s\n%+v", got, want, r)
	}
}

func (b *bench) holds(want ...string) {
	b.Helper()
	if got := b.index.paths(); !slices.Equal(got, want) {
		b.Errorf("the index holds %q, want %q", got, want)
	}
}

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
	if fmt.Sprint(r.Paths) != "{[docs/new.txt] [docs/03.txt] [docs/07.txt] 0}" {
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

	b.Options.Force = false
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

func TestRenamingIsNotLosing(t *testing.T) {
	b := newBench(t)
	for i := range 30 {
		b.write(map[string]string{fmt.Sprintf("old/%02d.txt", i): fmt.Sprint("text ", i)})
	}
	b.run()
	if err := os.Rename(filepath.Join(b.root, "old"), filepath.Join(b.root, "new")); err != nil {
		t.Fatal(err)
	}
	b.expect(b.run(), "30 0 0 30 0")
	if last := b.index.batches[len(b.index.batches)-1]; len(last.Put) != 30 || len(last.Delete) != 30 {
		t.Errorf("put %d and deleted %d in the last batch, want both whole", len(last.Put), len(last.Delete))
	}
}

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
	b.expect(b.run(), "1 0 0 1 0")
	b.holds("docs/a.txt")
	if b.index.all()[0].Entry.ID != "one" {
		t.Error("the declared id is lost")
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
	r, err := b.Indexer.Run(ctx, b.source(""))
	if !errors.Is(err, ErrInterrupted) || b.index.pending {
		t.Errorf("interrupted: %v, pending %v", err, b.index.pending)
	}
	if n := len(b.index.records); n != DefaultBatch || r.Added < n {
		t.Errorf("%d documents were applied, %d reported", n, r.Added)
	}
	b.index.applied = nil
	b.expect(b.run(), fmt.Sprintf("200 0 %d 0 0", DefaultBatch))
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
