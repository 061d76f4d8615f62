package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"rapport/indexer/datadir"
	"rapport/web"
)

// patience is how long a verb waits for the owner of the data directory to
// answer before it reports a conflict: a server that is just starting holds
// the lock a moment before its socket is there.
const patience = 800 * time.Millisecond

// open returns whoever can answer questions: a running server, or this
// process when there is none.
func open(ctx context.Context, g *globals, std *streams) (owner, error) {
	defer newProgressLine(g, std.err).wait("comparing the index with its checksums before it answers ...")()
	return own(ctx, g.Data, func() (owner, error) {
		s, err := openStore(ctx, g.Data)
		if err != nil {
			return nil, err
		}
		return s, nil
	})
}

// claim returns whoever can change the index, which is made when there is
// none. A process that takes it answers others meanwhile, as a server does.
func claim(ctx context.Context, g *globals, _ *streams) (owner, error) {
	return own(ctx, g.Data, func() (owner, error) {
		s, err := takeToWrite(ctx, g.Data)
		if err != nil {
			return nil, err
		}
		s.cleanup = append(s.cleanup, collectOften())
		site, err := s.site(web.Options{})
		if err == nil {
			err = s.listenControl(site)
		}
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		return s, nil
	})
}

// writingGC is the garbage, in percent of what is in use, that a process which
// writes an index lets gather. With the 100 of Go it takes a third more memory,
// and a few percent less processor time.
const writingGC = 50

// collectOften collects garbage more often until undo is called, unless whoever
// starts the program has decided on that.
func collectOften() (undo func() error) {
	if os.Getenv("GOGC") != "" {
		return func() error { return nil }
	}
	before := debug.SetGCPercent(writingGC)
	return func() error {
		debug.SetGCPercent(before)
		return nil
	}
}

// own asks the server behind the control socket, or takes the directory.
func own(ctx context.Context, path string, take func() (owner, error)) (owner, error) {
	socket := datadir.Socket(path)
	deadline := time.Now().Add(patience)
	for {
		if isOfOwner(socket, path) {
			if r, err := dialRemote(ctx, socket); err == nil {
				return r, nil
			}
		}
		o, err := take()
		if !errors.Is(err, datadir.ErrLocked) || time.Now().After(deadline) {
			return o, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
