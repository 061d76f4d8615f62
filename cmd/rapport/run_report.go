package main

import (
	"context"
	"errors"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/indexer/datadir"
	"rapport/indexer/extract"
	"rapport/search/bleve"
)

// account runs the indexer and completes its report, which is empty when nothing
// was done.
func (r *indexRun) account(from, to *bleve.Index, work func(*indexer.Indexer) (corpus.Report, error), g datadir.Generation) (corpus.Report, error) {
	former := from
	if former == nil {
		former = to
	}
	before := generationOf(former)
	counts, err := facetCounts(context.Background(), former)
	if err != nil {
		return corpus.Report{}, err
	}
	x := r.indexer(from, to)
	if !r.job.DryRun {
		x.Sink = &settling{Index: to, before: func() error { return r.saveManifest(to, g) }}
	}
	report, err := work(x)
	if errors.Is(err, indexer.ErrUnknownSource) { // nothing was done, so there is nothing to report
		return corpus.Report{}, err
	}
	report.Generation = corpus.Generations{Before: before, After: generationOf(to)}
	report.Rebuilt = r.rebuild
	for _, can := range extract.Unconfined() {
		report.Warnings = append(report.Warnings, "the processes that read files could, if a file took them over, "+can)
	}
	if r.job.DryRun {
		return report, err
	}
	now, e := facetCounts(context.Background(), to)
	err = errors.Join(err, e)
	report.SetMoved(moved(counts, now))
	return report, err
}

// keep adds the report of a run to those of the data directory.
func (r *indexRun) keep(report corpus.Report, err error) (corpus.Report, error) {
	if report.Started.IsZero() {
		return report, err
	}
	if err != nil {
		report.Failed = err.Error()
	}
	r.store.noteMerges() // the run ends with one
	kept := r.store.dir.AddReport(report)
	r.store.runEnded(report, kept)
	return report, errors.Join(err, kept)
}

// errNothingKept means that a rebuild, or the trial of a run, was stopped.
var errNothingKept = errors.New("interrupted: the index is as it was before; run the same command again to begin anew")

// nothingKept returns the report of a rebuild that was given up, and why. What it
// had read until then never was in the index.
func nothingKept(report corpus.Report, err error) (corpus.Report, error) {
	if errors.Is(err, indexer.ErrInterrupted) {
		err = errNothingKept
	}
	if report.Started.IsZero() {
		return report, err
	}
	return corpus.Report{
		Started: report.Started, Seconds: report.Seconds, Sources: report.Sources, Rebuilt: report.Rebuilt,
		Generation: corpus.Generations{Before: report.Generation.Before, After: report.Generation.Before},
		Warnings:   []string{"nothing of this run was kept: " + err.Error()},
	}, err
}
