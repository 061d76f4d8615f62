package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/search"
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
	var changes *indexer.Watcher
	if c.Watch { // from before the sources are read, so that nothing is missed
		if changes, err = c.follow(g.file, options.Logger); err != nil {
			return err
		}
		defer changes.Close()
	}
	s, err := c.open(ctx, g, io)
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
	if c.Watch {
		stop, err := c.indexChanges(ctx, changes, s, g.file, options.Logger)
		if err != nil {
			return err
		}
		defer stop()
	}
	if !g.Quiet {
		fmt.Fprintf(io.err, "rapport answers at http://%s\n", listener.Addr())
	}
	if !c.Public {
		site = onlyOwnHost(site, ownHosts(c.Addr, c.BaseURL)...)
	}
	return serveUntilDone(ctx, web.NewServer(site, options.Limits), listener)
}

// open opens the index, or the sample corpus when there is none.
func (c *serveCmd) open(ctx context.Context, g *globals, io *streams) (*store, error) {
	if len(c.Sources) == 0 && !hasData(g.Data) {
		if !g.Quiet {
			fmt.Fprintf(io.err, "there is no index in %s: serving the built-in sample corpus\n", g.Data)
			fmt.Fprintln(io.err, "to search your own documents: rapport serve FOLDER")
		}
		return openSample(ctx)
	}
	s, err := takeStore(ctx, g.Data)
	if err != nil {
		return nil, err
	}
	if s.damage != nil && !(errors.Is(s.damage, search.ErrLayout) && len(c.Sources) > 0) {
		// Whoever asks is told, and a rebuild through the server mends it.
		fmt.Fprintf(io.err, "rapport: %v\n", s.damage)
		return s, nil
	}
	if len(c.Sources) == 0 {
		return s, nil
	}
	job, err := c.job(io, g.file)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	bar := newProgressLine(g, io.err)
	report, err := s.Index(ctx, job, bar.show)
	bar.end()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if !g.Quiet {
		printReport(io.err, report)
	}
	return s, nil
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
	if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return o, fmt.Errorf("--base-url %q is no address of a service; write it as https://rapport.example.org", c.BaseURL)
	}
	if c.Token != "" {
		data, err := os.ReadFile(c.Token)
		if err != nil {
			return o, fmt.Errorf("reading the token: %w", err)
		}
		if o.Token = strings.TrimSpace(string(data)); len(o.Token) < 16 {
			return o, fmt.Errorf("the token in %s has %d characters; use 16 or more", c.Token, len(o.Token))
		}
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return o, fmt.Errorf("the address %q is not HOST:PORT: %w", c.Addr, err)
	}
	ip := net.ParseIP(host)
	if local := host == "localhost" || ip != nil && ip.IsLoopback(); !local && o.Token == "" && !c.Public {
		return o, fmt.Errorf("other machines could reach %s: ask for a token with --token-file FILE, or allow everybody with --public", c.Addr)
	}
	return o, nil
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
