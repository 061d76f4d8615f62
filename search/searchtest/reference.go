// Package searchtest says what an engine must do: Run is the conformance
// suite, and Reference a second engine, in memory, slow and plain, whose
// answers the suite compares with.
package searchtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"rapport/corpus"
	"rapport/search"
)

// Reference is an engine that looks at every record for every question. It
// follows the contract of package search word by word and is meant to be
// obviously right for a few thousand records.
type Reference struct {
	taxonomy *corpus.Taxonomy
	ranking  search.Ranking
	demands  Demands // on the engine beside it

	mu     sync.Mutex
	state  *state
	closed bool
}

// state is the content of a Reference at one time. It is immutable.
type state struct {
	entries map[corpus.ID]*entry
	records []*record // of all entries, in order of entry ID
	pending bool
	base    string // generation before a pending run
	id      string
}

// entry is what was put under one entry ID.
type entry struct {
	hash    [sha256.Size]byte
	records []*record
}

// NewReference returns an empty engine.
func NewReference(t *corpus.Taxonomy) *Reference {
	r := &Reference{taxonomy: t, ranking: search.DefaultRanking(), demands: Exact()}
	r.state = r.settle(&state{entries: map[corpus.ID]*entry{}})
	return r
}

// Apply makes a batch visible as a whole.
func (r *Reference) Apply(ctx context.Context, b corpus.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return search.ErrClosed
	}
	next := *r.state
	next.entries = maps.Clone(next.entries)
	for _, id := range b.Delete {
		delete(next.entries, id)
	}
	for _, rec := range b.Put {
		e, err := newEntry(rec)
		if err != nil {
			return err
		}
		next.entries[rec.Entry.ID] = e
	}
	r.state = r.settle(&next)
	return nil
}

// Begin marks answers as pending until End.
func (r *Reference) Begin(context.Context) error {
	r.change(func(s *state) {
		if !s.pending {
			s.pending, s.base = true, s.id
		}
	})
	return nil
}

// End marks the content as settled.
func (r *Reference) End(context.Context) error {
	r.change(func(s *state) { s.pending, s.base = false, "" })
	return nil
}

// Close makes Acquire and Apply fail.
func (r *Reference) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return nil
}

func (r *Reference) change(f func(*state)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := *r.state
	f(&next)
	r.state = &next
}

// settle completes a state whose entries are final.
func (r *Reference) settle(s *state) *state {
	s.records = nil
	sum := sha256.New()
	sum.Write([]byte(r.taxonomy.Digest()))
	for _, id := range slices.Sorted(maps.Keys(s.entries)) {
		e := s.entries[id]
		sum.Write(e.hash[:])
		s.records = append(s.records, e.records...)
	}
	s.records = withKin(s.records)
	s.id = hex.EncodeToString(sum.Sum(nil))[:12]
	return s
}

func newEntry(rec corpus.Record) (*entry, error) {
	content := rec
	content.Entry.Claims, content.Entry.Version = nil, ""
	data, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	e := &entry{hash: sha256.Sum256(data)}
	language := ""
	if rec.Document != nil {
		language = rec.Document.Language
		e.records = append(e.records, documentRecord(rec.Document))
	}
	for i := range rec.Facts {
		e.records = append(e.records, factRecord(rec.Entry.ID, &rec.Facts[i], language))
	}
	return e, nil
}

// Acquire returns the current state.
func (r *Reference) Acquire(ctx context.Context) (search.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, search.ErrClosed
	}
	return &snapshot{state: r.state, taxonomy: r.taxonomy, ranking: r.ranking, demands: r.demands}, nil
}

// snapshot is a state under the methods of search.Snapshot.
type snapshot struct {
	*state
	taxonomy *corpus.Taxonomy
	ranking  search.Ranking
	demands  Demands
	once     bool // as evaluation.once
}

func (s *snapshot) Taxonomy() *corpus.Taxonomy { return s.taxonomy }
func (s *snapshot) Release()                   {}

func (s *snapshot) Generation() search.Generation {
	g := search.Generation{ID: s.id, Pending: s.pending}
	if s.pending {
		g.ID = s.base
	}
	for _, r := range s.records {
		if r.document != nil {
			g.Documents++
		} else {
			g.Facts++
		}
	}
	return g
}

// of returns the records of a kind.
func (s *snapshot) of(k search.Kind) []*record {
	var list []*record
	for _, r := range s.records {
		if (r.fact != nil) == (k == search.Facts) {
			list = append(list, r)
		}
	}
	return list
}

func (s *snapshot) find(id corpus.ID) (*record, error) {
	for _, r := range s.records {
		if r.document != nil && r.document.ID == id {
			return r, nil
		}
	}
	return nil, fmt.Errorf("document %.80q: %w", id, search.ErrNotFound)
}

func (s *snapshot) Document(ctx context.Context, id corpus.ID) (*corpus.Document, error) {
	r, err := s.find(id)
	if err != nil {
		return nil, err
	}
	d := *r.document
	return &d, ctx.Err()
}

func (s *snapshot) Facts(ctx context.Context, id corpus.ID) ([]corpus.Fact, error) {
	var facts []corpus.Fact
	for _, r := range s.records {
		if r.fact != nil && r.fact.Evidence.Document == id {
			facts = append(facts, *r.fact)
		}
	}
	slices.SortStableFunc(facts, func(a, b corpus.Fact) int { return a.Evidence.Offset - b.Evidence.Offset })
	return facts, ctx.Err()
}
