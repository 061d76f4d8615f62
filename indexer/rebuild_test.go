package indexer

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"rapport/corpus"
)

// rebuild makes the next run one into a new index.
func (b *bench) rebuild() {
	b.From, b.index = b.index, newMemory()
	b.Sink = b.index
}

func TestRebuildTakesOverWhatTheRunDoesNotConcern(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{
		"in/a.txt": "one two", "in/b.txt": "b", "in/box.box": "m inside\n", "in/gone.txt": "g", "in/bad.txt": "fine",
		"in/a.facts.jsonl": facts("f-1 a.txt one"), "other/c.txt": "c", "other/d.facts.jsonl": facts("f-2 a.txt two"),
	})
	b.run(b.source("in"))
	b.run(b.source("other"))
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	b.write(map[string]string{"in/bad.txt": "bad", "in/b.txt": "changed"})
	b.remove("in/gone.txt")
	former := b.index
	b.Tag = func(doc *corpus.Document) corpus.Tags { return corpus.Tags{Years: []corpus.Tag{{Value: "2007"}}} }
	reads := b.extracted.Load()
	b.rebuild()
	r := b.run(b.source("in"))
	b.expect(r, "0 3 1 1 1") // a.txt and the member of box.box have other tags
	b.holds("in/a.facts.jsonl#0", "in/a.txt", "in/b.txt", "in/bad.txt", "in/box.box", "in/box.box!m", "other/c.txt", "other/d.facts.jsonl#0")
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	if got := b.extracted.Load() - reads; got != 3 { // b.txt, bad.txt, box.box
		t.Errorf("%d files were extracted", got)
	}
	for _, rec := range b.index.all() {
		if rec.Document != nil && len(rec.Document.Tags.Years) != 1 {
			t.Errorf("%s was not tagged again", rec.Entry.Path)
		}
	}
	if len(former.paths()) != 9 {
		t.Error("the former index was changed")
	}
	b.From = nil
	b.expect(b.run(b.source("in")), "0 0 4 0 1")
	b.expect(b.run(b.source("other")), "0 0 2 0 0")
}

func TestRebuildWithoutSourcesTagsAgain(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "one two", "b.box": "m inside\n", "a.facts.jsonl": facts("f-1 a.txt one")})
	b.run()
	before := b.index.paths()
	b.FindFacts = func(doc *corpus.Document) ([]corpus.Fact, int) {
		return []corpus.Fact{{ID: "x-" + string(doc.ID), Evidence: corpus.Evidence{Document: doc.ID, Exact: doc.Body}}}, 0
	}
	b.rebuild()
	r, err := b.Indexer.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.expect(r, "0 0 0 0 0")
	if got := b.index.paths(); !slices.Equal(got, before) {
		t.Errorf("%q, want %q", got, before)
	}
	if len(b.index.facts) != 3 {
		t.Errorf("facts %v", b.index.facts)
	}
}

func TestRebuildIsGuarded(t *testing.T) {
	b := newBench(t)
	for i := range 20 {
		b.write(map[string]string{fmt.Sprint(i, ".txt"): fmt.Sprint("text ", i)})
	}
	b.run()
	b.remove("")
	b.mkdir(b.root)
	b.rebuild()
	var gone *GoneError
	if _, err := b.try(); !errors.As(err, &gone) {
		t.Errorf("got %v", err)
	}
	if len(b.index.records) != 20 {
		t.Errorf("%d documents were taken over", len(b.index.records))
	}
}

// TestStepByStepIsAsAtOnce changes a folder in many ways and compares the
// index with one that was made from the outcome alone.
func TestStepByStepIsAsAtOnce(t *testing.T) {
	b := newBench(t)
	steps := []map[string]string{
		{"a.txt": "one two three", "b.txt": "id: bee\nfour five", "x.facts.jsonl": facts("f-1 a.txt two", "f-2 bee five")},
		{"a.txt": "zero one two three", "c.box": "m member\nn other\n"},
		{"b.txt": "id: bees\nfour five six", "y.facts.jsonl": facts("f-3 c.box!m member", "f-4 bees six")},
		{"c.box": "n other\nm member changed\n", "d/e.txt": "id: bee\nseven five"},
		{"x.facts.jsonl": facts("f-2 bee five", "f-1 a.txt three"), "b.txt": "bad"},
		{"b.txt": "four five", "z.txt": "z"},
	}
	for i, files := range steps {
		b.write(files)
		if i == 4 {
			b.remove("c.box")
		}
		b.Options.Force = true
		b.run()
	}
	if differences := b.differences(); differences != "" {
		t.Errorf("step by step (-) and at once (+) the index holds\n%s", differences)
	}
}
