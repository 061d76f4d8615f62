// Package web serves questions and answers over HTTP: a JSON interface under
// /api/v1 and pages for people. It knows the engine by its interface alone.
package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// Status is what is known of the index as a whole.
type Status = pages.Status

// Options are what the service cannot know by itself. The zero value of every
// field is usable.
type Options struct {
	// Status describes the index. Without it the snapshot's generation is
	// all that is known.
	Status func(context.Context) (Status, error)
	// Reports returns up to limit reports of indexing runs, newest first.
	Reports func(ctx context.Context, limit int) ([]corpus.Report, error)
	// Original opens the file that a document was read from and returns its
	// name, or an error that wraps search.ErrNotFound; a *pages.Missing says
	// why. Without it no originals are offered.
	Original func(context.Context, corpus.ID) (io.ReadCloser, string, error)
	// HasOriginal reports whether there is a file that Original could open.
	// Without it pages offer those of all documents.
	HasOriginal func(*corpus.Document) bool
	// IndexBytes returns what the index takes on disk, for the metrics.
	IndexBytes func() int64
	// Reading returns the run of the indexer that is under way, nil when there is
	// none.
	Reading func() *Reading
	// Refused returns how many connections were closed before a request was
	// read, for the metrics.
	Refused func() int64
	// Ready returns why the service cannot answer, nil when it can.
	Ready  func() error
	Logger *slog.Logger
	// Dev is the path of a checkout's web/pages folder: templates are then
	// read anew for every page.
	Dev    string
	Limits Limits
	// BaseURL is scheme and host as users type them, for citations and feeds.
	// Without it they are taken from the request.
	BaseURL string
	// ForgetQuestions keeps no list of questions that found nothing or were
	// refused. They are counted in any case.
	ForgetQuestions bool
	// Token, when not empty, is asked of every request but /healthz, /readyz
	// and those of the operator (see ForOperator): as a bearer token, or as the password of a browser's prompt.
	Token string
}

// Limits keep one client from hurting the others. A zero field means the
// default.
type Limits struct {
	Body        int64         // bytes of a request's body; default 1 MiB
	Header      int           // bytes of a request's header; default 192 KiB
	Timeout     time.Duration // for an answer; default 10 s
	Export      time.Duration // for an export or a download; default 10 min
	Stall       time.Duration // a client that takes nothing of its answer for so long loses it; default 30 s
	Concurrency int           // answers at a time; default 64. A quarter as many exports and downloads besides
	Queue       time.Duration // a request waits this long for its turn; default 2 s
}

// WithDefaults returns the limits with the defaults filled in.
func (l Limits) WithDefaults() Limits {
	def := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	if l.Body <= 0 {
		l.Body = 1 << 20
	}
	if l.Header <= 0 {
		// The longest question in an address: search.MaxText characters of
		// four bytes, each as three, leave room for filters and headers.
		l.Header = 192 << 10
	}
	if l.Concurrency <= 0 {
		l.Concurrency = 64
	}
	def(&l.Timeout, 10*time.Second)
	def(&l.Export, 10*time.Minute)
	def(&l.Stall, 30*time.Second)
	def(&l.Queue, 2*time.Second)
	return l
}

// longAtOnce returns how many exports and downloads are sent at a time.
func (l Limits) longAtOnce() int { return max(1, l.Concurrency/4) }

// server holds what all handlers share.
type server struct {
	engine  search.Engine
	index   search.Engine // the same, of which what is empty may be seen
	options Options
	render  *pages.Renderer
	metrics *metrics
	turns   chan struct{} // holds a token for each answer being made
	// longTurns holds one for each export or download: clients who read them
	// slowly hold up others of their kind at most.
	longTurns chan struct{}
	exports   map[string]bool // routes of exports
	log       *slog.Logger

	unanswered unanswered
}

// New returns a handler that answers for the engine. The error is about
// Options.Dev.
func New(engine search.Engine, o Options) (http.Handler, error) {
	o.Limits = o.Limits.WithDefaults()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	render, err := newRenderer(o.Dev)
	if err != nil {
		return nil, err
	}
	s := &server{
		options: o, render: render, log: o.Logger, exports: map[string]bool{},
		turns: make(chan struct{}, o.Limits.Concurrency), longTurns: make(chan struct{}, o.Limits.longAtOnce()),
	}
	s.engine = begun{Engine: engine, reading: s.reading}
	s.index = begun{Engine: engine, reading: s.reading, bare: true}
	s.metrics = newMetrics(s)
	return answerHead(s.routes()), nil
}

// NewServer returns an HTTP server for a handler, with limits on how long
// clients may take to send and receive. It is for the listener of Listen.
func NewServer(handler http.Handler, l Limits) *http.Server {
	l = l.WithDefaults()
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      l.Export + l.Queue,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    l.Header,
		ConnState:         followHeaders,
	}
}

// status describes the index, as far as anybody knows.
func (s *server) status(ctx context.Context) (Status, error) {
	if s.options.Status != nil {
		status, err := s.options.Status(ctx)
		status.Reading = s.reading()
		return status, err
	}
	snapshot, err := s.index.Acquire(ctx)
	if err != nil {
		return Status{}, err
	}
	defer snapshot.Release()
	return Status{Reading: s.reading()}.At(snapshot.Generation()), nil
}
