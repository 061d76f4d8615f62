package bleve

import (
	"context"
	"errors"
	"fmt"

	"rapport/corpus"
	"rapport/search"
)

// snapshot is a view in the hands of a caller.
type snapshot struct{ v *view }

// Acquire returns the current state of the index.
func (x *Index) Acquire(ctx context.Context) (search.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	return &snapshot{v}, nil
}

// run runs f on the view. Panics become errors, and an error that came from
// the end of ctx is the error of ctx.
func (s *snapshot) run(ctx context.Context, what string, f func(*view) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := guard(what, func() error { return f(s.v) })
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(err, search.ErrDamaged) {
		return cause
	}
	return err
}

// Release lets the snapshot go.
func (s *snapshot) Release() { s.v.release() }

// Generation says which content the snapshot holds.
func (s *snapshot) Generation() search.Generation { return s.v.state.generation() }

// Taxonomy returns the taxonomy that the index was opened with.
func (s *snapshot) Taxonomy() *corpus.Taxonomy { return s.v.taxonomy() }

// Document returns a document with its body.
func (s *snapshot) Document(ctx context.Context, id corpus.ID) (d *corpus.Document, err error) {
	err = s.run(ctx, "read a document", func(v *view) error {
		s, record, ok, err := v.find(idDocument + string(id))
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("document %.80q: %w", id, search.ErrNotFound)
		}
		d, err = v.document(s, record, id)
		return err
	})
	return d, err
}

// Facts returns the facts of a document in order of offset.
func (s *snapshot) Facts(ctx context.Context, id corpus.ID) (facts []corpus.Fact, err error) {
	err = s.run(ctx, "read facts", func(v *view) error {
		facts, err = v.factsOf(fieldName(search.Facts, search.FieldDocument), string(id))
		return err
	})
	return facts, err
}
