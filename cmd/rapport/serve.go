package main

import (
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
	Sources       []string `arg:"" optional:"" help:"Folders and files to index before serving; the configuration's when none is given." name:"source"`
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

While it runs, every other command goes through it. It ends with SIGTERM or Ctrl-C, once answers that are being made are done.

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
	options, err := c.options(g, io)
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
	wait, stop := serveInBackground(ctx, web.NewServer(handler, options.Limits), listener)
	defer stop()
	var changes *indexer.Watcher
	if c.Watch { // from before the sources are read, so that nothing is missed
		if changes, err = c.follow(g.file, options.Logger); err != nil {
			return err
		}
		defer changes.Close()
	}
	start := startLog{g, io, options.Logger}
	s, err := c.open(ctx, start)
	if ctx.Err() != nil && (errors.Is(err, indexer.ErrInterrupted) || errors.Is(err, errNothingKept) || errors.Is(err, context.Canceled)) {
		start.say(err.Error())
		return wait() // it ends as it was told to
	}
	if err != nil {
		return err
	}
	defer s.Close()
	site, err := s.site(options)
	if err != nil {
		return err
	}
	if err := s.listenControl(site); err != nil {
		return err
	}
	defer s.verifyInBackground(ctx, options.Logger)()
	defer s.followMerges(ctx)()
	if c.Watch {
		stop, err := c.indexChanges(ctx, changes, s, g.file, options.Logger)
		if err != nil {
			return err
		}
		defer stop()
	}
	door.Open(site)
	start.say(fmt.Sprintf("rapport answers at http://%s", listener.Addr()))
	return wait()
}

// job is what is indexed before serving.
func (c *serveCmd) job(std *streams, file *configuration) (indexJob, error) {
	command := indexCmd{Sources: c.Sources, indexSettings: c.indexSettings}
	return command.job(std.in, file)
}

// follow begins to notice changes of the sources.
func (c *serveCmd) follow(file *configuration, log *slog.Logger) (*indexer.Watcher, error) {
	if len(c.Sources) == 0 || slices.Contains(c.Sources, corpus.StdinList) {
		return nil, errors.New("--watch needs the folders and files to follow as arguments")
	}
	job, err := c.job(&streams{}, file)
	if err != nil {
		return nil, err
	}
	w := &indexer.Watcher{OnError: func(err error) { log.Error("following the sources", "error", err) }}
	return w, w.Follow(job.Sources...)
}

// indexChanges indexes the sources again whenever they change. The function
// that it returns waits until that has ended.
func (c *serveCmd) indexChanges(ctx context.Context, w *indexer.Watcher, s *store, file *configuration, log *slog.Logger) (stop func(), err error) {
	job, err := c.job(&streams{}, file)
	if err != nil {
		return nil, err
	}
	w.OnChange = func(ctx context.Context) error {
		report, err := s.Index(ctx, job, nil)
		if changes := report.Added + report.Changed + report.Removed + report.Renamed; changes > 0 {
			log.Info("indexed changes", "added", report.Added, "changed", report.Changed, "removed", report.Removed, "renamed", report.Renamed,
				"skipped", len(report.Skipped), "generation", report.Generation.After)
		}
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx)
	}()
	return func() { cancel(); <-ended }, nil
}

// options checks the flags that decide who may ask.
func (c *serveCmd) options(g *globals, io *streams) (web.Options, error) {
	o := web.Options{Dev: c.Dev, BaseURL: c.BaseURL, ForgetQuestions: c.Forget, Logger: logger(g, io), Limits: c.limits()}
	if c.Token != "" {
		var err error
		if o.Token, err = readToken(c.Token, o.Logger); err != nil {
			return o, err
		}
	}
	return o, c.checkAddress(o.Token)
}

// logger writes lines for people on a terminal and JSON elsewhere.
func logger(g *globals, io *streams) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if g.Quiet {
		options.Level = slog.LevelWarn
	}
	if isTerminal(io.err) {
		return slog.New(slog.NewTextHandler(io.err, options))
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
