package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rapport/corpus"
	"rapport/corpus/sample"
	"rapport/indexer"
	"rapport/indexer/datadir"
	"rapport/web"
)

// status tells the site what it cannot know by itself.
func (s *store) status(ctx context.Context) (web.Status, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return web.Status{}, err
	}
	defer snapshot.Release()
	now := snapshot.Generation()
	status := web.Status{
		Generation: now.String(), Documents: now.Documents, Facts: now.Facts,
		Sample: s.sample != "", Version: version(),
	}
	last, err := s.lastRun()
	if err != nil {
		return status, err
	}
	status.Indexed, status.Sources, status.BuiltIn, status.Failed = last.manifest.Indexed, last.manifest.Sources, last.builtIn, last.failed
	ledger := s.remembered()
	if run := s.underWay(); run != nil && run.Incomplete { // no run has ended yet
		status.Indexed, status.Sources = time.Time{}, sourceNames(ledger)
	}
	for path, f := range ledger.Failures {
		status.SkippedFiles = append(status.SkippedFiles, corpus.Skip{Path: path, Reason: f.Reason, Detail: f.Detail, FirstSeen: f.First, LastSeen: f.Last})
	}
	slices.SortFunc(status.SkippedFiles, func(a, b corpus.Skip) int { return strings.Compare(a.Path, b.Path) })
	status.SkippedFiles = addSkips(status.SkippedFiles, last.skipped)
	status.Partial = ledger.Partial
	failures, _ := corpus.SplitSkips(status.SkippedFiles)
	status.Skipped = len(failures)
	return status, nil
}

// lastRun is what the last run left in files. Every page asks for it, so it is
// kept in memory until the next run.
type lastRun struct {
	manifest datadir.Manifest
	skipped  []corpus.Skip
	builtIn  bool // the taxonomy is the one of this program
	failed   string
}

func (s *store) lastRun() (*lastRun, error) {
	s.mu.Lock()
	last, g, runs, unkept := s.last, s.generation, s.runs, s.unkept
	s.mu.Unlock()
	if last != nil {
		return last, nil
	}
	last = &lastRun{}
	manifest, ok, err := g.Manifest()
	if err == nil && !ok {
		err = errors.New("the manifest of the index is gone; has the data directory been moved?")
	}
	if err != nil {
		return nil, err
	}
	last.manifest = manifest
	builtIn, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		return nil, err
	}
	last.builtIn = builtIn.Digest() == last.manifest.Taxonomy
	reports, err := s.dir.Reports(recentRuns)
	if err != nil {
		return nil, err
	}
	if unkept != nil {
		reports = append([]corpus.Report{*unkept}, reports...)
	}
	if at := slices.IndexFunc(reports, func(r corpus.Report) bool { return !r.DryRun }); at >= 0 {
		last.skipped, last.failed = reports[at].Skipped, reports[at].Failed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.runs == runs { // else another run has ended meanwhile
		s.last = last
	}
	return last, nil
}

// recentRuns is how many reports are looked at for one of a run that was no dry
// run.
const recentRuns = 20

// runEnded forgets what the run before left, and remembers the report of this
// one when it could not be kept.
func (s *store) runEnded(r corpus.Report, kept error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = nil
	s.runs++
	switch {
	case r.DryRun: // which tells nothing of the index
	case kept == nil:
		s.unkept = nil
	default:
		r.Failed = cmp.Or(r.Failed, kept.Error())
		s.unkept = &r
	}
}

// size returns the bytes that the index takes on disk.
func (s *store) size() int64 {
	g, _, _ := s.state()
	if g.Name == "" {
		return 0
	}
	bytes, err := g.Size()
	if err != nil {
		return 0 // the generation was replaced just now
	}
	return bytes
}

// addSkips adds what the last run left out and the ledger does not list.
func addSkips(list, more []corpus.Skip) []corpus.Skip {
	known := make(map[string]int, len(list))
	for i, s := range list {
		known[s.Path] = i
	}
	for _, s := range more {
		if i, ok := known[s.Path]; ok {
			list[i].Kept = s.Kept
		} else {
			list = append(list, s)
		}
	}
	return list
}

// remembered returns the ledger as it is now.
func (s *store) remembered() *indexer.Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledger
}

// remember keeps a ledger in memory and on disk.
func (s *store) remember(l *indexer.Ledger) error {
	s.mu.Lock()
	s.ledger = l
	s.mu.Unlock()
	return s.dir.SaveLedger(l)
}

// sourceNames returns the names of the sources that a ledger knows, in order.
func sourceNames(l *indexer.Ledger) []string {
	names := []string{}
	for name := range l.Sources {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// reports returns the newest reports.
func (s *store) reports(_ context.Context, limit int) ([]corpus.Report, error) {
	return s.dir.Reports(limit)
}
