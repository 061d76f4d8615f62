package indexer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"rapport/corpus"
)

// memory is an index in memory that insists on what an engine relies on: no
// fact stands under two entries, a run begins before it writes, and records
// are not changed by those who read them.
type memory struct {
	mu      sync.Mutex
	records map[corpus.ID][]byte // JSON
	facts   map[string]corpus.ID
	pending bool
	begun   int
	ended   int
	batches []corpus.Batch

	fail    func(corpus.Batch) error // makes Apply fail
	applied func()                   // after each batch
}

func newMemory() *memory {
	return &memory{records: map[corpus.ID][]byte{}, facts: map[string]corpus.ID{}}
}

func (m *memory) Begin(context.Context) error { m.pending = true; m.begun++; return nil }
func (m *memory) End(context.Context) error   { m.pending = false; m.ended++; return nil }

func (m *memory) Apply(ctx context.Context, b corpus.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !m.pending {
		return errors.New("a batch outside of a run")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		if err := m.fail(b); err != nil {
			return err
		}
	}
	put := map[corpus.ID]corpus.Record{}
	for _, rec := range b.Put {
		put[rec.Entry.ID] = rec
	}
	for _, id := range slices.Concat(b.Delete, slices.Collect(maps.Keys(put))) {
		delete(m.records, id)
		maps.DeleteFunc(m.facts, func(_ string, owner corpus.ID) bool { return owner == id })
	}
	for id, rec := range put {
		for _, f := range rec.Facts {
			if owner, ok := m.facts[f.ID]; ok {
				return fmt.Errorf("fact %s stands under %s and %s", f.ID, owner, id)
			}
			m.facts[f.ID] = id
		}
		data, err := json.Marshal(rec)
		if err != nil {
			return err
		}
		m.records[id] = data
	}
	m.batches = append(m.batches, b)
	if m.applied != nil {
		m.applied()
	}
	return nil
}

func (m *memory) all() []corpus.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []corpus.Record
	for _, data := range m.records {
		all = append(all, decode(data))
	}
	slices.SortFunc(all, func(a, b corpus.Record) int {
		return cmp.Or(cmp.Compare(a.Entry.Path, b.Entry.Path), cmp.Compare(a.Entry.Source, b.Entry.Source), cmp.Compare(a.Entry.ID, b.Entry.ID))
	})
	return all
}

func decode(data []byte) corpus.Record {
	var rec corpus.Record
	if err := json.Unmarshal(data, &rec); err != nil {
		panic(err)
	}
	return rec
}

func (m *memory) Entries(context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		for _, rec := range m.all() {
			if !yield(rec.Entry, nil) {
				return
			}
		}
	}
}

func (m *memory) Records(context.Context) iter.Seq2[corpus.Record, error] {
	return func(yield func(corpus.Record, error) bool) {
		for _, rec := range m.all() {
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func (m *memory) Record(_ context.Context, id corpus.ID) (corpus.Record, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.records[id]
	if !ok {
		return corpus.Record{}, false, nil
	}
	return decode(data), true, nil
}

func (m *memory) Document(ctx context.Context, id corpus.ID) (*corpus.Document, bool, error) {
	rec, ok, err := m.Record(ctx, id)
	return rec.Document, ok && rec.Document != nil, err
}

func (m *memory) FactEntry(_ context.Context, id string) (corpus.ID, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	entry, ok := m.facts[id]
	return entry, ok, nil
}

// paths returns "source/path" of all records, in order.
func (m *memory) paths() []string {
	var paths []string
	for _, rec := range m.all() {
		paths = append(paths, rec.Entry.Source+"/"+rec.Entry.Path)
	}
	slices.Sort(paths)
	return paths
}

// failAfter lets some batches through and refuses the others.
func failAfter(batches int) func(corpus.Batch) error {
	return func(corpus.Batch) error {
		if batches--; batches < 0 {
			return errors.New("no space left")
		}
		return nil
	}
}

// failOnce refuses the first batch.
func failOnce(err error) func(corpus.Batch) error {
	return func(corpus.Batch) error {
		failed := err
		err = nil
		return failed
	}
}
