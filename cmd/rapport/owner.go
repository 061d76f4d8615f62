package main

import (
	"context"
	"io"
	"net/http"

	"rapport/corpus"
	"rapport/indexer/datadir"
	"rapport/search"
)

// owner is whoever may change the data directory: this process, when it holds
// the lock, or a running server, spoken to through its control socket.
type owner interface {
	// Index makes the index agree with the job's sources.
	Index(ctx context.Context, job indexJob, progress func(progress)) (corpus.Report, error)
	// Forget removes a source and what only it holds.
	Forget(ctx context.Context, source string) (corpus.Report, error)
	// Backup writes a consistent copy of the data directory.
	Backup(ctx context.Context, w io.Writer) error
	// Verify compares the data directory with what it should be, in full or
	// by sizes and counts.
	Verify(ctx context.Context, full bool) (datadir.Check, error)
	// Evaluate measures the ranking against a test collection.
	Evaluate(ctx context.Context, j judged) (*search.Evaluation, error)
	// Transport leads to the routes of the API.
	Transport() http.RoundTripper
	// Close lets the data directory go.
	Close() error
}

// progress is how far a run is.
type progress struct {
	Seen    int     `json:"seen"`  // paths so far
	Done    int     `json:"done"`  // paths dealt with
	Total   int     `json:"total"` // paths in all, 0 until the sources have been walked
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	// Note is something that is said once, when there is something to say.
	Note string `json:"note,omitempty"`
}
