// Package indexer makes an index agree with its sources and reports what it
// did. It knows no engine: an index is a Sink.
package indexer

import (
	"context"
	"iter"

	"rapport/corpus"
)

// Sink is an index that can be written. Calls are not concurrent.
type Sink interface {
	// Entries yields where every record of the index came from, in no
	// particular order, without reading documents.
	Entries(ctx context.Context) iter.Seq2[corpus.Entry, error]
	// Apply makes the batch visible and durable as a whole, or not at all.
	// When it returns nil the batch survives a crash.
	Apply(ctx context.Context, b corpus.Batch) error
	// Records yields the stored records with bodies, to tag and anchor them
	// again under another taxonomy.
	Records(ctx context.Context) iter.Seq2[corpus.Record, error]
	// Document returns a stored document with its body, to anchor the facts
	// of a facts file; false when there is none.
	Document(ctx context.Context, id corpus.ID) (*corpus.Document, bool, error)
	// Begin and End frame a run: answers in between are marked as pending.
	Begin(ctx context.Context) error
	End(ctx context.Context) error
}
