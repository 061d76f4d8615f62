package indexer

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"testing"

	"rapport/corpus"
)

// heldFiles is the size of the folder that BenchmarkHeld makes up.
const heldFiles = 100_000

// BenchmarkHeld measures how many bytes a run holds at its end for each file
// of a folder, in an index that is empty and in one that has all of them.
func BenchmarkHeld(b *testing.B) {
	first := &countingSink{keep: true}
	if _, err := (&Indexer{Sink: first, Version: "v", Extract: heldDocument}).Run(b.Context(), notes{}); err != nil {
		b.Fatal(err)
	}
	for _, run := range []struct {
		name string
		sink *countingSink
	}{{"new", &countingSink{}}, {"unchanged", &countingSink{known: &first.entries}}} {
		b.Run(run.name, func(b *testing.B) {
			for b.Loop() {
				run.sink.before = heapInUse()
				x := Indexer{Sink: run.sink, Version: "v", Extract: heldDocument}
				report, err := x.Run(b.Context(), notes{})
				if err != nil || report.Added+report.Unchanged != heldFiles {
					b.Fatal(report.Added, report.Unchanged, err)
				}
				b.ReportMetric(float64(run.sink.held)/heldFiles, "B/file")
			}
		})
	}
}

func heldDocument(_ context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		yield(&corpus.Document{ID: corpus.NewID(item.Source, item.Path), Source: item.Source, Path: item.Path, Body: string(data), Digest: corpus.Digest(data)}, nil)
	}
}

func heapInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// notes is a folder of notes that are made up.
type notes struct{}

func (notes) Name() string   { return "notes" }
func (notes) Complete() bool { return true }
func (notes) Items(context.Context) iter.Seq2[corpus.Item, error] {
	return func(yield func(corpus.Item, error) bool) {
		for i := range heldFiles {
			text := fmt.Appendf(nil, "note %d", i)
			item := corpus.Item{Source: "notes", Path: fmt.Sprintf("%03d/%02d/note-%06d.txt", i/1000, i/50%20, i), Size: int64(len(text)),
				Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
			if !yield(item, nil) {
				return
			}
		}
	}
}

// countingSink keeps nothing but entries, and measures what is held when the
// run ends.
type countingSink struct {
	keep         bool
	entries      []corpus.Entry
	known        *[]corpus.Entry
	before, held int64
}

func (s *countingSink) Entries(context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		if s.known == nil {
			return
		}
		for _, e := range *s.known { // strings of their own, as an index gives
			e.ID, e.Path, e.Digest = corpus.ID([]byte(e.ID)), string([]byte(e.Path)), string([]byte(e.Digest))
			e.Claims = []string{e.Source}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (s *countingSink) Apply(_ context.Context, b corpus.Batch) error {
	for _, rec := range b.Put {
		if s.keep {
			e := rec.Entry
			e.ID, e.Path, e.Claims = corpus.ID([]byte(e.ID)), string([]byte(e.Path)), nil
			s.entries = append(s.entries, e)
		}
	}
	return nil
}

func (s *countingSink) Records(context.Context) iter.Seq2[corpus.Record, error] {
	return func(func(corpus.Record, error) bool) {}
}

func (s *countingSink) Record(context.Context, corpus.ID) (corpus.Record, bool, error) {
	return corpus.Record{}, false, nil
}

func (s *countingSink) Document(context.Context, corpus.ID) (*corpus.Document, bool, error) {
	return nil, false, nil
}

func (s *countingSink) FactEntry(context.Context, string) (corpus.ID, bool, error) {
	return "", false, nil
}
func (s *countingSink) Begin(context.Context) error { return nil }

func (s *countingSink) End(context.Context) error {
	s.held = heapInUse() - s.before
	return nil
}
