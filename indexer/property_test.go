package indexer

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAnyHistoryLeadsToTheSameIndex changes a folder at random, indexes it
// now and then, by folder, by file or by list, with an interruption or a
// rebuild in between, and compares the outcome with an index made at once.
//
// The histories are the same in every run, so that a failure speaks of the
// change at hand: -rapid.seed looks at others, and -rapid.checks at more.
func TestAnyHistoryLeadsToTheSameIndex(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		b.fatal = rt.Fatal
		b.Options = Options{Force: true, Batch: rapid.IntRange(1, 4).Draw(rt, "batch")}
		for _, s := range rapid.SliceOfN(rapid.Custom(steps), 1, 30).Draw(rt, "history") {
			b.take(s)
		}
		b.removeKept()
		if differences := b.differences(); differences != "" {
			rt.Fatalf("step by step (-) and at once (+) the index holds\n%s", differences)
		}
	})
}

// differences compares the index with one that is made at once.
func (b *bench) differences() string {
	got := b.index.lines()
	b.index = newMemory()
	b.Sink, b.Ledger = b.index, &Ledger{}
	b.run()
	want := b.index.lines()
	var list []string
	for _, line := range got {
		if !slices.Contains(want, line) {
			list = append(list, "- "+line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			list = append(list, "+ "+line)
		}
	}
	return strings.Join(list, "\n")
}

// lines returns what an index holds, a line for each entry, document and fact,
// but for the claims, which depend on the ways in which files were named.
func (m *memory) lines() []string {
	var list []string
	for _, rec := range m.all() {
		rec.Entry.Claims = nil
		parts := []any{rec.Entry}
		if rec.Document != nil {
			parts = append(parts, rec.Document)
		}
		for _, f := range rec.Facts {
			parts = append(parts, f)
		}
		for _, part := range parts {
			data, err := json.Marshal(part)
			if err != nil {
				panic(err)
			}
			list = append(list, rec.Entry.Path+" "+string(data))
		}
	}
	return list
}
