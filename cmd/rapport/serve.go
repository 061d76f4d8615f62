package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/web"
)

// serveCmd is rapport serve.
type serveCmd struct {
	Sources       []string `arg:"" optional:"" help:"Folders and files to read, and to answer from; the configuration's when none is given." name:"source"`
	indexSettings `embed:"" group:"Settings"`
	serveSettings `embed:"" group:"Settings"`
	limitSettings `embed:"" group:"Settings"`
	Dev           string `help:"Read templates anew for every page, from this checkout's web/pages." placeholder:"DIR" type:"existingdir"`
}

// shutdownTime is how long running answers may take when the server stops.
const shutdownTime = 10 * time.Second

// Help gives examples.
func (serveCmd) Help() string {
	return `Examples:
  rapport serve                                       the index in --data, or the sample corpus when there is none
  rapport serve ~/documents --watch                   index a folder, serve it, and follow its changes
  rapport serve --addr 127.0.0.1:9000                 another port of this machine
  rapport serve --addr :8080 --token-file ~/token     for other machines, to those who have the token
  rapport serve --addr :8080 --public                 for everybody who reaches this machine

An index that is there answers at once, and the sources are compared with it meanwhile. While the server runs, every other command goes
through it. It ends with SIGTERM or Ctrl-C, once answers that are being made are done.

Exit status: 0 ended as told, 2 failed.`
}

// Validate refuses settings with which nobody is served.
func (c *serveCmd) Validate() error {
	return errors.Join(c.serveSettings.check(), c.limitSettings.check())
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, g *globals, io *streams) error {
	if len(c.Sources) == 0 {
		c.Sources = g.file.Sources
	}
	if c.Watch && (len(c.Sources) == 0 || slices.Contains(c.Sources, corpus.StdinList)) {
		return errors.New("--watch needs the folders and files to follow as arguments")
	}
	start := startLog{globals: g, streams: io, line: newProgressLine(g, io.err)}
	start.log = logger(g, io, start.line)
	options, err := c.options(start.log)
	if err != nil {
		return err
	}
	// Listening comes first, so that an address in use is reported at once.
	listener, err := web.Listen(ctx, c.Addr, options.Limits)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another address with --addr", c.Addr, err)
	}
	defer listener.Close()
	options.Refused = listener.Refused
	door := &web.Door{}
	var handler http.Handler = door
	if !c.Public {
		handler = onlyOwnHost(door, ownHosts(c.Addr, c.BaseURL)...)
	}
	serving, end := context.WithCancel(ctx)
	defer end()
	wait, stop := serveInBackground(serving, web.NewServer(handler, options.Limits), listener)
	defer stop()
	s, err := c.open(ctx, start)
	if interruptedIn(ctx, err) {
		start.say(err.Error())
		return wait() // it ends as it was told to
	}
	if err != nil {
		return err
	}
	defer s.Close()
	work, err := c.upkeep(s, start, listener.Addr())
	if err != nil {
		return err
	}
	defer work.stop()
	site, err := s.site(options)
	if err != nil {
		return err
	}
	if err := s.listenControl(site); err != nil {
		return err
	}
	door.Open(site)
	work.begin(serving, end)
	err = wait()
	work.stop()
	return cmp.Or(work.failed, err)
}

// interruptedIn reports whether an error comes of being told to stop.
func interruptedIn(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, indexer.ErrInterrupted) || errors.Is(err, errNothingKept) || errors.Is(err, context.Canceled))
}

// options checks the flags that decide who may ask.
func (c *serveCmd) options(log *slog.Logger) (web.Options, error) {
	o := web.Options{Dev: c.Dev, BaseURL: c.BaseURL, ForgetQuestions: c.Forget, Logger: log, Limits: c.limits()}
	if c.Token != "" {
		var err error
		if o.Token, err = readToken(c.Token, o.Logger); err != nil {
			return o, err
		}
	}
	return o, c.checkAddress(o.Token)
}

// logger writes lines for people on a terminal, above the line that shows
// progress, and JSON elsewhere.
func logger(g *globals, io *streams, line *progressLine) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if g.Quiet {
		options.Level = slog.LevelWarn
	}
	if isTerminal(io.err) {
		return slog.New(slog.NewTextHandler(line, options))
	}
	return slog.New(slog.NewJSONHandler(io.err, options))
}

// serveInBackground serves until ctx is done or stop is called, and then lets
// running answers end. The function wait waits for that.
func serveInBackground(ctx context.Context, server *http.Server, l net.Listener) (wait func() error, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- serveUntilDone(ctx, server, l) }()
	wait = sync.OnceValue(func() error { return <-ended })
	return wait, func() { cancel(); _ = wait() } // whoever stops it early has an error of its own
}

// serveUntilDone serves until ctx is done, then lets running answers end.
func serveUntilDone(ctx context.Context, server *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("answers were still running after %s: %w", shutdownTime, err), server.Close())
	}
	return nil
}
