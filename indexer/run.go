package indexer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rapport/corpus"
)

// Run makes the index agree with the sources and reports what it did. It
// returns the report also together with an error:
//
//   - ErrNameTaken before anything was done, when two places have one name;
//   - *GoneError and *SourceError after all else was done;
//   - ErrInterrupted when ctx was done: what was applied stays;
//   - what the sink returned, when it could not write.
//
// Each file is added, changed, unchanged, removed or skipped, and counted
// once. A file that cannot be read keeps its former version. Of two files that
// declare one ID, the first in the order of the sources has it.
func (x *Indexer) Run(ctx context.Context, sources ...corpus.Source) (corpus.Report, error) {
	r, err := x.newRun(sources)
	if err != nil {
		return r.report, err
	}
	err = r.frame(ctx, func() error { return r.all(ctx) })
	return r.finish(), err
}

// run is one run of an indexer.
type run struct {
	x       *Indexer
	sources []corpus.Source
	ledger  *Ledger
	atlas   *atlas
	files   *files
	batch   batch
	tracker tracker
	report  corpus.Report

	taken    map[corpus.ID]*file   // documents of this run
	digests  map[digestKey]*file   // of the documents that were put; nil once it explains a renaming
	copies   map[digestKey][]*file // of documents that were put, those with the digest of one before
	gone     []*file               // that a list names and that do not exist
	warnings int                   // in all
	blind    map[string][]place    // by source: paths whose content could not be seen
	partial  []place               // files of which members may be missing
	broken   map[string]error      // sources that could not be read to their end
	failedIn map[string][]string   // see failedMembers
	failing  map[string]bool       // paths that failed in this run
	facts    []*factsFile          // found while documents were read
	written  map[corpus.ID]bool    // entries of facts that this run has put
	links    corpus.FactLinks      // between the facts that this run has put
	names    *docNames             // for references of facts files, made when needed
	first    time.Time
}

func (x *Indexer) newRun(sources []corpus.Source) (*run, error) {
	now := time.Now()
	r := &run{
		x: x, sources: sources, ledger: x.Ledger.clone(), first: now,
		taken: map[corpus.ID]*file{}, digests: map[digestKey]*file{}, copies: map[digestKey][]*file{}, blind: map[string][]place{}, broken: map[string]error{},
		written: map[corpus.ID]bool{}, failedIn: failedMembers(x.Ledger), failing: map[string]bool{},
	}
	r.report = corpus.Report{Started: now.UTC().Truncate(time.Millisecond), DryRun: x.Options.DryRun, Skipped: []corpus.Skip{}}
	r.report.Facts.Stale = []corpus.StaleFact{}
	r.batch = batch{sink: x.Sink, dry: x.Options.DryRun, most: x.Options.Batch, partial: map[corpus.ID]corpus.Partial{}}
	if r.batch.most <= 0 {
		r.batch.most = DefaultBatch
	}
	r.tracker = tracker{tell: x.Options.Progress, started: now}
	for _, s := range sources {
		r.report.Sources = append(r.report.Sources, s.Name())
		if err := r.ledger.register(s, now.UTC()); err != nil {
			return r, err
		}
	}
	r.atlas = newAtlas(r.ledger)
	return r, nil
}

// frame loads what the index holds, does the work and settles the index. The
// first batch marks the content as changing; a run without changes does not.
func (r *run) frame(ctx context.Context, work func() error) error {
	former := r.x.Sink
	if r.x.From != nil {
		former = r.x.From
	}
	var err error
	if r.files, err = load(ctx, former); err != nil {
		return interrupted(ctx, err)
	}
	if r.x.From == nil { // else what is taken over is put
		r.batch.partial = r.files.partial
	}
	r.files.relate(r.atlas)
	if r.x.Options.DryRun {
		return interrupted(ctx, work())
	}
	if err := r.save(); err != nil {
		return err
	}
	err = interrupted(ctx, work())
	if r.batch.failed || errors.Is(err, ErrUnknownSource) { // then nothing was begun
		return err
	}
	if errors.Is(err, ErrInterrupted) { // the report has counted what is pending
		err = errors.Join(err, r.batch.flush(context.WithoutCancel(ctx)))
	}
	return errors.Join(err, r.end(ctx))
}

// end settles the index and the ledger, also when the run was interrupted.
func (r *run) end(ctx context.Context) error {
	if err := r.x.Sink.End(ctx); err != nil {
		return fmt.Errorf("ending a run: %w", err)
	}
	r.ledger.setPartial(r.batch.partial)
	return r.save()
}

func (r *run) save() error {
	if r.x.Save == nil {
		return nil
	}
	if err := r.x.Save(r.ledger.clone()); err != nil {
		return fmt.Errorf("keeping the list of sources: %w", err)
	}
	return nil
}

// interrupted returns ErrInterrupted for errors that come of ctx being done.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%w (%w)", ErrInterrupted, context.Cause(ctx))
	}
	return err
}

// all does the work of a run, step by step.
func (r *run) all(ctx context.Context) error {
	if err := r.readDocuments(ctx); err != nil {
		return err
	}
	refused := r.findGone()
	if err := r.takeOver(ctx); err != nil {
		return err
	}
	if err := r.deleteGone(ctx); err != nil {
		return err
	}
	if err := r.readFacts(ctx); err != nil {
		return err
	}
	if err := r.settleClaims(ctx); err != nil {
		return err
	}
	if err := r.anchorAgain(ctx); err != nil {
		return err
	}
	if err := r.batch.flush(ctx); err != nil {
		return err
	}
	if err := r.checkLinks(ctx); err != nil {
		return err
	}
	for _, s := range r.sources {
		if r.broken[s.Name()] == nil {
			r.ledger.readToEnd(s.Name())
		}
	}
	return errors.Join(append(refused, r.brokenSources()...)...)
}

func (r *run) brokenSources() []error {
	var errs []error
	for _, s := range r.sources {
		if err := r.broken[s.Name()]; err != nil {
			errs = append(errs, &SourceError{s.Name(), err})
		}
	}
	return errs
}
