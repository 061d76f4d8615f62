// Package indexer makes an index agree with its sources and reports what it
// did. It knows no engine: an index is a Sink.
package indexer

import (
	"context"
	"iter"
	"time"

	"rapport/corpus"
)

// Sink is an index that can be written. Apply, Begin and End are called one
// at a time; the others may be called concurrently.
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
	// Record returns what was put under an entry ID; false when there is none.
	Record(ctx context.Context, id corpus.ID) (corpus.Record, bool, error)
	// Document returns a stored document with its body, to anchor the facts
	// of a facts file; false when there is none.
	Document(ctx context.Context, id corpus.ID) (*corpus.Document, bool, error)
	// FactEntry returns the ID of the entry that the fact was put under; false
	// when there is no such fact.
	FactEntry(ctx context.Context, fact string) (corpus.ID, bool, error)
	// Begin and End frame a run: answers in between are marked as pending.
	// End does so also when ctx is done, but then leaves all else.
	Begin(ctx context.Context) error
	End(ctx context.Context) error
}

// Indexer makes Sink agree with sources. Its fields must not change while a
// run is under way, and runs must not overlap.
type Indexer struct {
	Sink Sink
	// From is set for a rebuild: the index to compare with and to take records
	// from, while Sink is a new and empty one. What the sources of the run do
	// not concern is taken over, tagged again.
	From Sink
	// Ledger is what is remembered between runs about sources and failures.
	// Nil stands for an empty one. A run does not change it, but puts another
	// in its place when it ends.
	Ledger *Ledger
	// Save keeps the ledger. It is called before the first batch of a run and
	// after the last, each time with one that nothing changes afterwards. Nil
	// keeps nothing.
	Save func(*Ledger) error

	// Extract turns the bytes of an item into a document, or into several with
	// paths "file!member": title, body, metadata, pages, and an ID when the
	// bytes declare one. Source and path of the item are those that the
	// documents get. It yields a *corpus.SkipError for what cannot become a
	// document; one with the path of the item means that members may be
	// missing. It is called on all processors at once, Options.Workers times,
	// and the call for a later file may have to wait while it yields until one
	// for an earlier file is done, which must not need what the later holds. Of
	// a file of more than 16 MiB data is nil: item.Open opens it.
	Extract func(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error]
	// Tag computes what a document is about. Nil computes nothing.
	Tag func(doc *corpus.Document) corpus.Tags
	// FindFacts finds facts in a tagged document, and says how many more there
	// are than it returns. Nil finds none.
	FindFacts func(doc *corpus.Document) (facts []corpus.Fact, more int)
	// Version names the extractor and the rules. Files that were read by
	// another version are read again.
	Version string
	// Taxonomy is what facts files are checked against, nil for nothing.
	Taxonomy *corpus.Taxonomy

	Options Options
}

// Options are choices about a run. The zero value is the default.
type Options struct {
	DryRun      bool // count everything, write nothing; stale facts are not foreseen
	Reread      bool // read every file again, even when it has not changed
	RetryFailed bool // read files again that failed before and have not changed
	Force       bool // delete even when a large part of a source is gone

	MaxBytes int64 // largest file that is read, DefaultMaxBytes when 0
	Workers  int   // files read and extracted at once, one per processor when 0
	Batch    int   // records applied at once, DefaultBatch when 0
	// ApplyEvery is how long a record waits for its batch to fill up,
	// DefaultApplyEvery when 0. A batch that is applied survives whatever
	// comes.
	ApplyEvery time.Duration

	// Progress is told, at most ten times a second and at the end, how far the
	// run is. It must return soon. Nil tells nobody.
	Progress func(Progress)
}

// DefaultMaxBytes is the largest file that is read unless Options say
// otherwise, in bytes.
const DefaultMaxBytes = 256 << 20

// maxHeld is the largest file that is held in memory, in bytes.
const maxHeld = 16 << 20

// DefaultBatch is how many records are applied at once unless Options say
// otherwise. A batch is also applied when it takes batchBytes of memory.
const (
	DefaultBatch = 500
	batchBytes   = 16 << 20

	DefaultApplyEvery = 2 * time.Second
)

// maxPaths is how many paths a report lists of each kind of change, and how
// many stale facts. The rest is counted in corpus.Changes.Omitted and
// corpus.FactReport.StaleOmitted.
const maxPaths = 10_000

// Progress is how far a run is.
type Progress struct {
	Seen      int           `json:"seen"`            // paths found so far
	Done      int           `json:"done"`            // paths dealt with
	Total     int           `json:"total,omitempty"` // paths in all, 0 until it is known
	Bytes     int64         `json:"bytes"`           // read
	Elapsed   time.Duration `json:"elapsed"`
	Remaining time.Duration `json:"remaining,omitempty"` // an estimate, 0 when there is none
}
