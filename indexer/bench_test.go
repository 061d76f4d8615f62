package indexer

import (
	"context"
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
