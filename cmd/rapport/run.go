package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"rapport/corpus"
	"rapport/corpus/rules"
	"rapport/corpus/sample"
	"rapport/indexer"
	"rapport/indexer/datadir"
	"rapport/indexer/extract"
	"rapport/search"
	"rapport/search/bleve"
)

// readerVersion names what turns bytes into documents and facts, so that
// files are read again when it changes.
func (r *indexRun) readerVersion() string {
	readers := r.job.Programs.options().Version()
	if r.job.NoRules {
		return readers + " rules@off"
	}
	return readers + " " + rulesVersion(r.kinds)
}

// errBusy means that a run is under way already.
var errBusy = errors.New("a run of the indexer is under way; wait until it is done")

func sampleNotes() fs.FS { return sample.Notes() }

// Index implements owner.
func (s *store) Index(ctx context.Context, job indexJob, report func(progress)) (corpus.Report, error) {
	run, err := s.begin(job)
	if err != nil {
		return corpus.Report{}, err
	}
	return run.do(ctx, report)
}

// agreeWith makes the index agree with the job's sources, with running held.
func (s *store) agreeWith(ctx context.Context, job indexJob, report func(progress)) (corpus.Report, error) {
	// What a source that is away held can be kept only when it can be read.
	job.Away = job.Away && s.ready() == nil
	if err := s.dir.Here(); err != nil {
		return corpus.Report{}, err
	}
	sources, err := job.sources(s.remembered())
	if err != nil {
		return corpus.Report{}, err
	}
	if err := s.reopen(); err != nil {
		return corpus.Report{}, err
	}
	if err := s.prove(ctx, job, report); err != nil {
		return corpus.Report{}, err
	}
	if !job.given() && !job.Rebuild && errors.Is(s.ready(), search.ErrNoIndex) {
		return corpus.Report{}, fmt.Errorf("%w to change; name what to index: a folder, a file, or --facts with a facts file", search.ErrNoIndex)
	}
	r := &indexRun{store: s, job: job, kinds: job.Rules.kinds(), progress: report}
	if errors.Is(s.ready(), search.ErrLayout) {
		job.Rebuild, r.job.Rebuild, r.outdated = true, true, true
	}
	if err := r.chooseTaxonomy(); err != nil {
		return corpus.Report{}, err
	}
	if _, index, _ := s.state(); job.Rebuild && (index == nil || len(sources) == 0) {
		// Nothing can be taken over from an index that cannot be read.
		known, err := s.knownSources(sources)
		if err != nil {
			return corpus.Report{}, err
		}
		if sources = append(sources, known...); len(sources) == 0 {
			return corpus.Report{}, errors.New("no source is known any more; name them: rapport index --rebuild SOURCE")
		}
	}
	return r.run(ctx, func(x *indexer.Indexer) (corpus.Report, error) { return x.Run(ctx, sources...) })
}

// untilClosed returns a context that also ends when the store is closed.
func (s *store) untilClosed(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.ending, cancel)
	return ctx, func() { stop(); cancel() }
}

// Forget implements owner.
func (s *store) Forget(ctx context.Context, source string) (corpus.Report, error) {
	if !s.running.TryLock() {
		return corpus.Report{}, errBusy
	}
	defer s.running.Unlock()
	ctx, cancel := s.untilClosed(ctx)
	defer cancel()
	err := s.dir.Here()
	if err == nil {
		err = s.prove(ctx, indexJob{}, nil)
	}
	if err != nil {
		return corpus.Report{}, err
	}
	if errors.Is(s.ready(), search.ErrNoIndex) {
		return corpus.Report{}, fmt.Errorf("%w to forget a source of", search.ErrNoIndex)
	}
	r := &indexRun{store: s, kinds: rules.DefaultKinds()}
	if err := r.chooseTaxonomy(); err != nil {
		return corpus.Report{}, err
	}
	return r.run(ctx, func(x *indexer.Indexer) (corpus.Report, error) { return x.Forget(ctx, source) })
}

// indexRun is one run of the indexer over a store.
type indexRun struct {
	store    *store
	job      indexJob
	progress func(progress)
	files    fs.FS             // of the taxonomy
	taxonomy *corpus.Taxonomy  // to tag with
	rebuild  string            // why everything goes into a new generation
	outdated bool              // the index is of a version with another layout
	kinds    []corpus.FactKind // of facts that rules find
	pool     *extract.Pool     // reads files
}

// chooseTaxonomy takes the taxonomy that was asked for, else that of the
// index, else the built-in one, and says whether the index must be rebuilt. So
// another version of the program with another built-in taxonomy changes nothing
// by itself.
func (r *indexRun) chooseTaxonomy() error {
	g, index, current := r.store.state()
	var err error
	switch {
	case r.job.Taxonomy != "":
		r.files = os.DirFS(r.job.Taxonomy)
		r.taxonomy, err = parseTaxonomy(r.job.Taxonomy)
	case current != nil && !r.job.BuiltIn:
		r.files, r.taxonomy = g.Taxonomy(), current
	default:
		r.files = sample.Taxonomy()
		r.taxonomy, err = corpus.ParseTaxonomy(r.files)
	}
	if err != nil {
		return err
	}
	switch {
	case r.store.damage != nil && !r.job.Rebuild:
		return fmt.Errorf("%w; mend it with rapport index --rebuild", r.store.damage)
	case r.outdated:
		r.rebuild = "the index was written by a version of rapport with another layout"
	case r.job.Rebuild:
		r.rebuild = "asked for with --rebuild"
	case index != nil && r.taxonomy.Digest() != current.Digest():
		r.rebuild = "the taxonomy has changed"
	}
	return nil
}

// parseTaxonomy reads the taxonomy in a folder.
func parseTaxonomy(folder string) (*corpus.Taxonomy, error) {
	t, err := corpus.ParseTaxonomy(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("the taxonomy has errors; the index is as it was:\n%w", err)
	}
	return t, nil
}

// run does the work: in place, or into a new generation that takes the place
// of the current one when it is whole.
func (r *indexRun) run(ctx context.Context, work func(*indexer.Indexer) (corpus.Report, error)) (report corpus.Report, err error) {
	if r.pool, err = newPool(r.job.Programs, r.store.dir.Cache()); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, r.pool.Close()) }()
	_, index, _ := r.store.state()
	if index != nil && r.rebuild == "" {
		return r.inPlace(index, work)
	}
	proven := r.job.Rebuild && !r.job.DryRun // see prove
	if index != nil && !proven && errors.Is(index.Verify(ctx), search.ErrDamaged) {
		index = nil // nothing can be taken over from it
	}
	if r.job.DryRun {
		return r.dryRun(index, work)
	}
	if r.rebuild != "" {
		need, err := r.store.dir.RebuildNeed()
		if err != nil && !errors.Is(err, datadir.ErrDamaged) {
			return report, err
		}
		if r.progress != nil {
			r.progress(progress{Note: fmt.Sprintf("everything is read again (%s) into a new index, which may take %.1f MB beside the present one; %.1f MB are free",
				r.rebuild, float64(need.Bytes)/1e6, float64(need.Free)/1e6)})
		}
	}
	g, fresh, err := r.store.create(r.files, r.taxonomy)
	if err != nil {
		return corpus.Report{}, err
	}
	if index == nil && r.rebuild == "" {
		// The first generation counts from the beginning, so that a run that
		// is interrupted can go on.
		if err := errors.Join(r.saveManifest(fresh, g), r.adopt(g, fresh)); err != nil {
			return corpus.Report{}, err
		}
		return r.inPlace(fresh, work)
	}
	report, err = r.account(index, fresh, work, g)
	return r.replace(ctx, report, err, g, fresh)
}

// replace puts a new generation in the place of the current one when the run that
// made it gave all that it could and it is whole, and else throws it away.
func (r *indexRun) replace(ctx context.Context, report corpus.Report, err error, g datadir.Generation, fresh *bleve.Index) (corpus.Report, error) {
	if err == nil || partial(err) {
		damage := fresh.Verify(ctx)
		switch {
		case ctx.Err() != nil:
			err = errors.Join(err, indexer.ErrInterrupted)
		case damage != nil:
			err = fmt.Errorf("the new generation is not whole, and the former one stays: %w", damage)
		default:
			if e := r.adopt(g, fresh); e != nil {
				return report, errors.Join(err, e)
			}
			return r.keep(report, err)
		}
	}
	report, err = nothingKept(report, err)
	return r.keep(report, errors.Join(err, fresh.Close(), r.store.dir.Remove(g)))
}

// partial reports errors after which the rest of a run stands.
func partial(err error) bool {
	var gone *indexer.GoneError
	var source *indexer.SourceError
	return errors.As(err, &gone) || errors.As(err, &source)
}

// inPlace changes the current index batch by batch. When it finds damage, the
// index answers no more.
func (r *indexRun) inPlace(index *bleve.Index, work func(*indexer.Indexer) (corpus.Report, error)) (corpus.Report, error) {
	g, _, _ := r.store.state()
	report, err := r.account(nil, index, work, g)
	if errors.Is(err, search.ErrDamaged) {
		err = errors.Join(err, r.store.condemn(err))
	}
	return r.keep(report, err)
}

// dryRun counts what a first run or a rebuild would do, in a place that is
// thrown away.
func (r *indexRun) dryRun(from *bleve.Index, work func(*indexer.Indexer) (corpus.Report, error)) (corpus.Report, error) {
	folder, err := os.MkdirTemp("", "rapport-dry-run-")
	if err != nil {
		return corpus.Report{}, err
	}
	defer os.RemoveAll(folder)
	index, err := bleve.Create(folder+"/index", bleve.Options{Taxonomy: r.taxonomy, Lazy: true})
	if err != nil {
		return corpus.Report{}, err
	}
	report, err := r.account(from, index, work, datadir.Generation{})
	if errors.Is(err, indexer.ErrInterrupted) {
		err = errNothingKept
	}
	return report, errors.Join(err, index.Close())
}

// indexer returns an indexer that writes to an index and, for a rebuild,
// takes over from another one.
func (r *indexRun) indexer(from, to *bleve.Index) *indexer.Indexer {
	x := &indexer.Indexer{
		Sink: to, Ledger: r.store.remembered(), Taxonomy: r.taxonomy, Tag: r.taxonomy.Tag,
		Extract: documentsFrom(r.pool), Version: r.readerVersion(), Save: r.store.remember,
		Options: indexer.Options{
			DryRun: r.job.DryRun, Force: r.job.Force, RetryFailed: r.job.RetryFailed, Reread: r.job.Rebuild,
			Progress: func(p indexer.Progress) {
				if r.progress != nil {
					r.progress(progress{Seen: p.Seen, Done: p.Done, Total: p.Total, Bytes: p.Bytes, Seconds: p.Elapsed.Seconds()})
				}
			},
		},
	}
	if from != nil {
		x.From = from
	}
	if !r.job.NoRules {
		x.FindFacts = rules.New(r.taxonomy, rules.Options{Kinds: r.kinds}).Extract
	}
	return x
}

// documentsFrom returns a reader of items that uses a pool of workers.
func documentsFrom(pool *extract.Pool) func(context.Context, corpus.Item, []byte) iter.Seq2[*corpus.Document, error] {
	return func(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
		f := extract.File{Source: item.Source, Path: item.Path, Format: item.Format, Data: data}
		if data == nil && item.Size > 0 { // too large to be held
			f.Size, f.Open = item.Size, item.Open
		}
		return pool.Documents(ctx, f)
	}
}
