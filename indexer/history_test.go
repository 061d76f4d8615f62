package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// step is one step of a history: a change of a file, or a run.
type step struct {
	verb string
	path string
	text string // to write, or the path to rename to
	n    int    // batches that are written before the index fails, or the run is stopped
}

// GoString tells the step as it would be told to a person.
func (s step) GoString() string {
	switch s.verb {
	case "write":
		return fmt.Sprintf("write %s %q", s.path, s.text)
	case "rename":
		return "rename " + s.path + " to " + s.text
	case "fail", "stop":
		return fmt.Sprintf("index, but %s after %d batches", s.verb, s.n)
	}
	return strings.TrimSpace(s.verb + " " + s.path)
}

// paths are those of the files that histories are about.
var paths = []string{"a.txt", "b.txt", "c/d.txt", "c/e.txt", "f.box", "l.jsonl", "x.facts.jsonl", "c/y.facts.jsonl"}

// steps draws one step. Two of three are changes.
func steps(t *rapid.T) step {
	verb := rapid.SampledFrom([]string{
		"index", "write", "write", "write", "write", "remove", "rename", "index list", "index file", "index and forget", "rebuild", "dry run", "fail", "stop",
	}).Draw(t, "verb")
	s := step{verb: verb}
	switch verb {
	case "write":
		s.path = rapid.SampledFrom(paths).Draw(t, "path")
		s.text = content(t, s.path)
	case "remove":
		s.path = rapid.SampledFrom(paths).Draw(t, "path")
	case "rename":
		s.path = rapid.SampledFrom(paths[:4]).Draw(t, "path")
		s.text = rapid.SampledFrom([]string{"r.txt", "c/s.txt"}).Draw(t, "to")
	case "index list":
		s.path = strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(paths), 1, 3, rapid.ID).Draw(t, "paths"), " ")
	case "index file":
		s.path = rapid.SampledFrom(paths).Draw(t, "path")
	case "index and forget":
		s.path = "c"
	case "fail", "stop":
		s.n = rapid.IntRange(0, 3).Draw(t, "batches")
	}
	return s
}

// content draws the content of a file.
func content(t *rapid.T, path string) string {
	var lines []string
	sample := func(what string, from ...string) string { return rapid.SampledFrom(from).Draw(t, what) }
	word := func() string { return sample("word", "one", "two", "three", "one two", "one one") }
	for i := range rapid.IntRange(1, 3).Draw(t, "lines") {
		switch {
		case strings.HasSuffix(path, ".box"):
			lines = append(lines, sample("member", "m ", "n ", ". ", "o bad")+word())
		case strings.HasSuffix(path, ".facts.jsonl"):
			id := fmt.Sprintf("f-%d", 3*i+rapid.IntRange(0, 2).Draw(t, "id"))
			doc := sample("document", "a.txt", "c/d.txt", "X", "f.box!m", "e", "b")
			line := strings.TrimSuffix(facts(id+" "+doc+" "+word()), "\n")
			if rapid.IntRange(0, 3).Draw(t, "hint") == 3 {
				line = strings.Replace(line, `"exact"`, `"offset":4,"end":7,"exact"`, 1)
			}
			lines = append(lines, line)
		case strings.HasSuffix(path, ".jsonl"):
			lines = append(lines, sample("head", "", "id: Y", "id: Z", "bad")+word())
		default:
			lines = append(lines, sample("head", "", "id: X", "id: Y", "bad"), word())
		}
	}
	return strings.Join(lines, "\n")
}

// take takes a step.
func (b *bench) take(s step) {
	b.mkdir(filepath.Join(b.root, "c"))
	switch s.verb {
	case "write":
		b.write(map[string]string{s.path: s.text})
	case "remove":
		b.remove(s.path)
	case "rename":
		_ = os.Rename(filepath.Join(b.root, s.path), filepath.Join(b.root, s.text)) // when it exists
	case "index":
		b.run()
	case "index list":
		b.run(b.list(strings.Fields(s.path)...))
	case "index file":
		if exists(filepath.Join(b.root, s.path)) {
			b.run(b.source(s.path))
		}
	case "index and forget":
		b.run(b.source(s.path))
		if _, err := b.Forget(b.Context(), s.path); err != nil {
			b.fatal(err)
		}
	case "rebuild":
		b.rebuild()
		b.run()
		b.From = nil
	case "dry run":
		b.dryRun()
	case "fail":
		b.index.fail = failAfter(s.n)
		_, _ = b.try()
		b.index.fail = nil
	case "stop":
		b.stop(s.n)
	}
}

// stop indexes the folder until some batches are written.
func (b *bench) stop(batches int) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.index.applied = func() {
		if batches--; batches <= 0 {
			cancel()
		}
	}
	if _, err := b.Indexer.Run(ctx, b.source("")); err != nil && !errors.Is(err, ErrInterrupted) {
		b.fatal(err)
	}
	b.index.applied = nil
}

// dryRun insists that a dry run changes nothing.
func (b *bench) dryRun() {
	before, batches := b.index.lines(), len(b.index.batches)
	b.Options.DryRun = true
	b.run()
	b.Options.DryRun = false
	if len(b.index.batches) != batches || !slices.Equal(b.index.lines(), before) {
		b.fatal("a dry run changed the index")
	}
}

// removeKept indexes the folder until no file is left that keeps a former
// version, which an index made at once would not have, or that wants the id of
// a fact that another file had first.
func (b *bench) removeKept() {
	for again := true; again; {
		again = false
		for _, s := range b.run().Skipped {
			if s.Kept || s.Reason == corpus.SkipInvalid {
				path, _, _ := strings.Cut(strings.TrimPrefix(s.Path, "docs/"), "!")
				b.remove(path)
				again = true
			}
		}
	}
}
