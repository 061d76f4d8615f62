package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"rapport/corpus"
	"rapport/search"
)

// startLog tells what a server does before it serves: to people on a terminal,
// elsewhere in the lines of the log.
type startLog struct {
	*globals
	*streams
	log  *slog.Logger
	line *progressLine
}

// say tells something.
func (l startLog) say(message string, more ...any) {
	switch {
	case !isTerminal(l.err):
		l.log.Info(message, more...)
	case !l.Quiet:
		fmt.Fprintln(l.line, message)
	}
}

// fail tells what went wrong while the server goes on.
func (l startLog) fail(message string, err error) {
	if isTerminal(l.err) {
		fmt.Fprintf(l.line, "rapport: %s: %v\n", message, err)
		return
	}
	l.log.Error(message, "error", err)
}

// progress returns what to call with the progress of a run, and what at its
// end.
func (l startLog) progress() (show func(progress), end func()) {
	if isTerminal(l.err) {
		return l.line.show, l.line.end
	}
	last := time.Now()
	return func(p progress) {
		switch {
		case p.Note != "":
			l.say(p.Note)
		case time.Since(last) >= plainEvery:
			last = time.Now()
			l.say("indexing", "done", p.Done, "seen", p.Seen, "total", p.Total, "bytes", p.Bytes)
		}
	}, func() {}
}

// report tells what a run did.
func (l startLog) report(r corpus.Report) {
	switch {
	case !isTerminal(l.err):
		l.log.Info("indexed the sources", "added", r.Added, "changed", r.Changed, "unchanged", r.Unchanged, "removed", r.Removed, "renamed", r.Renamed,
			"skipped", len(r.Skipped), "generation", r.Generation.After, "seconds", r.Seconds)
		for _, warning := range r.Warnings {
			l.log.Warn(warning)
		}
	case !l.Quiet:
		printReport(l.line, r)
	}
}

// open opens the index, or the sample corpus when there is none.
func (c *serveCmd) open(ctx context.Context, start startLog) (*store, error) {
	if len(c.Sources) == 0 && !hasData(start.Data) {
		start.say(fmt.Sprintf("there is no index in %s: serving the built-in sample corpus", start.Data))
		start.say("to search your own documents: rapport serve FOLDER")
		return openSample(ctx)
	}
	s, err := takeStore(ctx, start.Data)
	if err != nil {
		return nil, err
	}
	err = s.ready()
	mended := errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrLayout) && len(c.Sources) > 0
	if err != nil && !mended {
		// Whoever asks is told, and a rebuild through the server mends it.
		start.fail("the index cannot answer", err)
	}
	return s, nil
}
