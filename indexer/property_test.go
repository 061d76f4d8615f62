package indexer

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// TestAnyHistoryLeadsToTheSameIndex changes a folder at random, indexes it
// after every few changes, by folder, by file or by list, with an interruption
// now and then, and compares the outcome with an index made at once.
//
// The histories are the same in every run, so that a failure speaks of the
// change at hand: -rapid.seed looks at others, and -rapid.checks at more.
func TestAnyHistoryLeadsToTheSameIndex(t *testing.T) {
	fixSeed(t)
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		b.fatal = rt.Fatal
		b.Options = Options{Force: true, Batch: rapid.IntRange(1, 4).Draw(rt, "batch")}
		for range rapid.IntRange(1, 8).Draw(rt, "runs") {
			for range rapid.IntRange(1, 5).Draw(rt, "changes") {
				b.alter(rt)
			}
			b.someRun(rt)
		}
		b.index.fail = nil
		b.removeKept()
		got := asJSON(t, b.index)
		b.index = newMemory()
		b.Sink, b.Ledger = b.index, &Ledger{}
		b.run()
		if want := asJSON(t, b.index); !bytes.Equal(got, want) {
			rt.Fatalf("step by step\n%s\nat once\n%s", got, want)
		}
	})
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

// alter changes the folder in one way.
func (b *bench) alter(rt *rapid.T) {
	path := rapid.SampledFrom([]string{"a.txt", "b.txt", "c/d.txt", "c/e.txt", "f.box", "l.jsonl", "x.facts.jsonl", "c/y.facts.jsonl"}).Draw(rt, "path")
	full := filepath.Join(b.root, path)
	switch rapid.IntRange(0, 5).Draw(rt, "kind") {
	case 0:
		b.remove(path)
		return
	case 1:
		to := rapid.SampledFrom([]string{"r.txt", "c/s.txt"}).Draw(rt, "to")
		if strings.HasSuffix(path, ".txt") {
			b.mkdir(filepath.Join(b.root, "c"))
			_ = os.Rename(full, filepath.Join(b.root, to)) // when it exists
			return
		}
	}
	b.write(map[string]string{path: content(rt, path)})
}

// content makes the content of a file.
func content(rt *rapid.T, path string) string {
	word := rapid.SampledFrom([]string{"one", "two", "three", "one two"})
	var lines []string
	for i := range rapid.IntRange(1, 3).Draw(rt, "lines") {
		switch {
		case strings.HasSuffix(path, ".box"):
			lines = append(lines, rapid.SampledFrom([]string{"m ", "n ", ". ", "o bad"}).Draw(rt, "member")+word.Draw(rt, "word"))
		case strings.HasSuffix(path, ".facts.jsonl"):
			id := fmt.Sprintf("f-%d", 3*i+rapid.IntRange(0, 2).Draw(rt, "id"))
			doc := rapid.SampledFrom([]string{"a.txt", "c/d.txt", "X", "f.box!m", "e", "b"}).Draw(rt, "document")
			lines = append(lines, strings.TrimSuffix(facts(id+" "+doc+" "+word.Draw(rt, "word")), "\n"))
		case strings.HasSuffix(path, ".jsonl"):
			lines = append(lines, rapid.SampledFrom([]string{"", "id: Y", "id: Z", "bad"}).Draw(rt, "head")+word.Draw(rt, "word"))
		default:
			lines = append(lines, rapid.SampledFrom([]string{"", "id: X", "id: Y", "bad"}).Draw(rt, "head"), word.Draw(rt, "word"))
		}
	}
	return strings.Join(lines, "\n")
}

// someRun indexes in one of several ways.
func (b *bench) someRun(rt *rapid.T) {
	switch rapid.IntRange(0, 5).Draw(rt, "run") {
	case 0: // the index cannot be written after some batches
		left := rapid.IntRange(0, 3).Draw(rt, "batches")
		b.index.fail = failAfter(left)
		_, _ = b.try()
		b.index.fail = nil
	case 1:
		b.run(b.list("a.txt", "c/d.txt", "x.facts.jsonl"))
	case 2:
		b.mkdir(filepath.Join(b.root, "c"))
		b.run(b.source("c"))
		if _, err := b.Forget(b.Context(), "c"); err != nil {
			rt.Fatal(err)
		}
	case 3:
		b.rebuild()
		b.run()
		b.From = nil
	default:
		b.run()
	}
}

// fixSeed sets the seed of property tests, unless the command line does.
func fixSeed(t *testing.T) {
	t.Helper()
	seed := flag.Lookup("rapid.seed")
	if seed == nil || seed.Value.String() != seed.DefValue {
		return
	}
	if err := seed.Value.Set("20261124"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = seed.Value.Set(seed.DefValue) })
}
