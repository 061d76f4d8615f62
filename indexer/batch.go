package indexer

import (
	"context"
	"fmt"
	"slices"

	"rapport/corpus"
)

// batch collects changes and applies them in portions.
type batch struct {
	sink    Sink
	dry     bool
	most    int // records in a batch
	pending corpus.Batch
	bytes   int
	begun   bool // the sink was told that content is changing
	failed  bool // the sink could not write
	// partial are the documents of the index that were read in part, by entry.
	partial map[corpus.ID]corpus.Partial
}

// put adds a record and applies the batch when it is large enough.
func (b *batch) put(ctx context.Context, rec corpus.Record) error {
	if !b.dry {
		b.cancel(rec.Entry.ID)
		b.note(rec.Entry)
		b.pending.Put = append(b.pending.Put, rec)
		b.bytes += weight(rec)
	}
	return b.full(ctx)
}

// delete adds a deletion.
func (b *batch) delete(ctx context.Context, id corpus.ID) error {
	if !b.dry {
		b.cancel(id)
		delete(b.partial, id)
		b.pending.Delete = append(b.pending.Delete, id)
	}
	return b.full(ctx)
}

// note notes what the document of an entry lacks.
func (b *batch) note(e corpus.Entry) {
	delete(b.partial, e.ID)
	if len(e.Lacks) > 0 {
		b.partial[e.ID] = corpus.Partial{Path: place{e.Source, e.Path}.key(), Lacks: e.Lacks}
	}
}

// cancel takes out what is pending for an entry, so that of several changes
// the last one counts.
func (b *batch) cancel(id corpus.ID) {
	b.pending.Put = slices.DeleteFunc(b.pending.Put, func(r corpus.Record) bool { return r.Entry.ID == id })
	b.pending.Delete = slices.DeleteFunc(b.pending.Delete, func(d corpus.ID) bool { return d == id })
}

func (b *batch) full(ctx context.Context) error {
	if len(b.pending.Put)+len(b.pending.Delete) >= b.most || b.bytes >= batchBytes {
		return b.flush(ctx)
	}
	return nil
}

// flush applies what is pending. A batch that has begun is finished even when
// ctx is done meanwhile.
func (b *batch) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(b.pending.Put)+len(b.pending.Delete) == 0 {
		return nil
	}
	if !b.begun {
		if err := b.sink.Begin(ctx); err != nil {
			return fmt.Errorf("beginning to write to the index: %w", err)
		}
		b.begun = true
	}
	pending := b.pending
	b.pending, b.bytes = corpus.Batch{}, 0
	if err := b.sink.Apply(context.WithoutCancel(ctx), pending); err != nil {
		b.failed = true
		return fmt.Errorf("writing to the index: %w", err)
	}
	return ctx.Err()
}

// factWeight is what a fact of usual length takes on its way into an index, in
// bytes: its fields and their postings take several times what its words do.
const factWeight = 5 << 10

// weight estimates the memory that a record takes, in bytes.
func weight(rec corpus.Record) int {
	n := 1024 + factWeight*len(rec.Facts)
	if rec.Document != nil {
		n += len(rec.Document.Body) + 64*len(rec.Document.Pages)
	}
	return n
}
