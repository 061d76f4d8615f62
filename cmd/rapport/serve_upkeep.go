package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"rapport/indexer"
	"rapport/search"
)

// upkeep is what a server does for its index while it answers: it reads the
// sources once, compares all checksums, notes merges, and follows what changes.
type upkeep struct {
	*store
	start startLog
	addr  net.Addr
	job   indexJob
	// first is the run over the sources that has begun, nil when there is nothing
	// to read. needed says that there is nothing to answer from before it has
	// ended: when it fails, the server ends.
	first   *begunRun
	needed  bool
	changes *indexer.Watcher // nil when they are not followed

	cancel context.CancelFunc
	done   sync.WaitGroup
	failed error // why the server must end
}

// upkeep prepares what is to be done, and refuses settings that cannot be meant.
func (c *serveCmd) upkeep(s *store, start startLog, addr net.Addr) (*upkeep, error) {
	u := &upkeep{store: s, start: start, addr: addr, cancel: func() {}}
	if len(c.Sources) == 0 {
		return u, nil
	}
	command := indexCmd{Sources: c.Sources, indexSettings: c.indexSettings}
	var err error
	if u.job, err = command.job(start.in, start.file); err != nil {
		return nil, err
	}
	switch damage := s.ready(); {
	case errors.Is(damage, search.ErrDamaged): // the operator decides
		return u, u.follow(c.Watch)
	case s.incomplete():
		u.needed, err = true, command.exist(func(string) bool { return true })
	default:
		err = u.meant(&command)
	}
	if err == nil {
		err = u.follow(c.Watch) // from before the sources are read, so that nothing is missed
	}
	if err == nil {
		u.first, err = s.begin(u.job)
	}
	return u, err
}

// follow begins to notice changes of the sources, when that is wanted.
func (u *upkeep) follow(wanted bool) error {
	if !wanted {
		return nil
	}
	u.changes = &indexer.Watcher{OnChange: u.indexChanges, OnError: func(err error) { u.start.log.Error("following the sources", "error", err) }}
	return u.changes.Follow(u.job.Sources...)
}

// meant refuses what no run could do, for an index that can answer: a source
// that is not there and never was, which is misspelt, and a taxonomy with
// errors. A source that was read before may be away, as when its disk is not
// mounted: then the others are read.
func (u *upkeep) meant(command *indexCmd) error {
	u.job.Away = true
	err := command.exist(func(path string) bool {
		_, known := u.remembered().Away(path, nil)
		return !known
	})
	if err != nil || u.job.Taxonomy == "" {
		return err
	}
	_, err = parseTaxonomy(u.job.Taxonomy)
	return err
}

// begin begins to work, until stop is called or ctx is done. When the server
// must end, end is called.
func (u *upkeep) begin(ctx context.Context, end func()) {
	ctx, u.cancel = context.WithCancel(ctx)
	if u.needed {
		u.start.say(fmt.Sprintf("rapport listens at http://%s, and answers when it has read its sources", u.addr))
	} else {
		u.answers()
	}
	u.done.Go(func() {
		defer u.followMerges(ctx)()
		if u.failed = u.readSources(ctx); u.failed != nil {
			end()
			return
		}
		defer u.verifyInBackground(ctx, u.start.log)()
		if u.changes != nil {
			u.changes.Run(ctx)
		}
		<-ctx.Done()
	})
}

// stop ends the work and waits until it has ended.
func (u *upkeep) stop() {
	u.cancel()
	u.done.Wait()
	if u.first != nil {
		u.first.drop()
	}
	if u.changes != nil {
		_ = u.changes.Close() // its folders are looked at no more
	}
}

// answers tells where questions are answered.
func (u *upkeep) answers() { u.start.say(fmt.Sprintf("rapport answers at http://%s", u.addr)) }

// readSources does the first run. Its error is one that the server cannot live
// with.
func (u *upkeep) readSources(ctx context.Context) error {
	if u.first == nil {
		return nil
	}
	show, end := u.start.progress()
	report, err := u.first.do(ctx, show)
	end()
	switch {
	case interruptedIn(ctx, err):
		u.start.say(err.Error())
		return nil
	case err != nil && u.needed:
		return err
	case err != nil:
		u.start.fail("the sources were not read as they should be, and the index answers as it is", err)
		if u.changes != nil {
			u.changes.Retry = true
		}
		return nil
	}
	u.start.report(report)
	if u.needed {
		u.answers()
	}
	return nil
}

// indexChanges indexes the sources again.
func (u *upkeep) indexChanges(ctx context.Context) error {
	report, err := u.Index(ctx, u.job, nil)
	if changes := report.Added + report.Changed + report.Removed + report.Renamed; changes > 0 {
		u.start.log.Info("indexed changes", "added", report.Added, "changed", report.Changed, "removed", report.Removed, "renamed", report.Renamed,
			"skipped", len(report.Skipped), "generation", report.Generation.After)
	}
	return err
}
