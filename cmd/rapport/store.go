package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/indexer/datadir"
	"rapport/search"
	"rapport/search/bleve"
	"rapport/web"
)

// store is the data directory with its engine, owned by this process.
type store struct {
	dir    *datadir.Dir
	engine *search.Switch
	lazy   bool // see takeToWrite
	// sample is the folder of the built-in corpus, which goes with the store;
	// it is empty for a user's data.
	sample string

	running sync.Mutex   // held by a run of the indexer
	proven  *bleve.Index // the one whose checksums were compared; guarded by running
	// manifest is held while the manifest of the current generation is written,
	// and guards noted, which is what was last noted of merges in that of the
	// generation notedOf.
	manifest sync.Mutex
	noted    map[string]string
	notedOf  string
	ending   context.Context
	end      context.CancelFunc // asks a run to end
	removing sync.WaitGroup     // of generations that were replaced

	mu         sync.Mutex // guards what follows
	generation datadir.Generation
	index      *bleve.Index
	taxonomy   *corpus.Taxonomy
	ledger     *indexer.Ledger
	damage     error // why the index cannot answer, though there is one
	last       *lastRun
	runs       int            // that have ended
	unkept     *corpus.Report // of the last run, when it could not be written
	reading    *web.Reading   // the run that is under way

	pipe    *pipe
	cleanup []func() error
}

// hasData reports whether there is an index in a data directory.
func hasData(path string) bool { return datadir.Exists(path) }

// openStore takes the data directory and opens its index, which must be there
// and whole. All checksums of the index are compared, 0.7 s a gigabyte: this
// process gives an answer and ends, long before it could take a wrong one back.
func openStore(ctx context.Context, path string) (*store, error) {
	if !hasData(path) {
		return nil, fmt.Errorf("%w in %s: make one with rapport index FOLDER, or try the sample corpus with rapport serve", search.ErrNoIndex, path)
	}
	s, err := takeStore(ctx, path)
	if err != nil {
		return nil, err
	}
	err = s.prove(ctx, indexJob{}, nil)
	if err == nil {
		err = s.ready()
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// takeStore takes the data directory, and makes it with an empty index when
// there is none. An index that cannot be opened is noted as damage, so that a
// rebuild can mend it.
func takeStore(ctx context.Context, path string) (*store, error) { return take(ctx, path, false) }

// takeToWrite does what takeStore does for a process that changes the index and
// ends: nothing is prepared for questions before somebody asks.
func takeToWrite(ctx context.Context, path string) (*store, error) { return take(ctx, path, true) }

func take(ctx context.Context, path string, lazy bool) (*store, error) {
	dir, err := datadir.Open(path)
	if err != nil {
		return nil, err
	}
	s := &store{dir: dir, lazy: lazy, ledger: &indexer.Ledger{}, engine: search.NewSwitch(unanswering{search.ErrNoIndex})}
	s.ending, s.end = context.WithCancel(context.Background())
	s.cleanup = append(s.cleanup, dir.Close, s.removed, s.engine.Close)
	if err := s.load(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// load opens the current generation after the quick checks: what the manifest
// says of files that the engine does not know, and what the engine says of its
// own and of its counts. It takes some milliseconds whatever the size.
func (s *store) load(ctx context.Context) error {
	if _, err := s.dir.LoadLedger(s.ledger); err != nil {
		return s.condemn(err)
	}
	current, ok, err := s.dir.Current()
	if err != nil {
		return s.condemn(err)
	}
	if !ok {
		return nil
	}
	s.generation = current
	if check, err := datadir.Verify(ctx, s.dir.Path(), false); ctx.Err() != nil {
		return ctx.Err() // which is no damage
	} else if err != nil || check.Err() != nil {
		return s.condemn(errors.Join(err, check.Err()))
	}
	if s.taxonomy, err = corpus.ParseTaxonomy(current.Taxonomy()); err != nil {
		return s.condemn(fmt.Errorf("the taxonomy kept with the index: %w", err))
	}
	index, err := bleve.Open(current.Index(), bleve.Options{Taxonomy: s.taxonomy, Lazy: s.lazy})
	if errors.Is(err, bleve.ErrLocked) {
		return err
	}
	if err == nil {
		err = agree(current, index)
	}
	if err != nil {
		if index != nil {
			err = errors.Join(err, index.Close())
		}
		return s.condemn(err)
	}
	_, err = s.use(current, index, s.taxonomy)
	return err
}

// use makes an index the one that answers. The channel receives how closing
// the former one went, once nobody uses it any more.
func (s *store) use(g datadir.Generation, index *bleve.Index, t *corpus.Taxonomy) (<-chan error, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation, s.index, s.taxonomy, s.damage = g, index, t, nil
	s.last, s.runs = nil, s.runs+1
	return s.engine.Swap(index)
}

// reopen opens an index again that stopped writing after an error, such as a
// full disk. Until then it answers from what it held before.
func (s *store) reopen() error {
	g, index, t := s.state()
	if index == nil || index.Failed() == nil {
		return nil
	}
	fresh, err := bleve.Open(g.Index(), bleve.Options{Taxonomy: t, Lazy: s.lazy})
	if err != nil {
		return err
	}
	_, err = s.use(g, fresh, t)
	return err
}

// state returns what is current.
func (s *store) state() (datadir.Generation, *bleve.Index, *corpus.Taxonomy) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.generation, s.index, s.taxonomy
}

// pin returns what is current and keeps it until it is released: a rebuild that
// replaces it meanwhile neither closes nor removes it.
func (s *store) pin(ctx context.Context) (g datadir.Generation, index *bleve.Index, release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return s.generation, nil, nil, err
	}
	return s.generation, s.index, snapshot.Release, nil
}

// create makes an empty generation with a taxonomy.
func (s *store) create(files fs.FS, t *corpus.Taxonomy) (datadir.Generation, *bleve.Index, error) {
	g, err := s.dir.NewGeneration()
	if err != nil {
		return g, nil, err
	}
	if err := g.SaveTaxonomy(files); err != nil {
		return g, nil, errors.Join(err, s.dir.Remove(g))
	}
	index, err := bleve.Create(g.Index(), bleve.Options{Taxonomy: t, Lazy: s.lazy})
	if err != nil {
		return g, nil, errors.Join(err, s.dir.Remove(g))
	}
	return g, index, nil
}

// site returns the pages and the API over the store.
func (s *store) site(o web.Options) (http.Handler, error) {
	o.Status, o.Reports, o.Ready, o.Reading, o.IndexBytes = s.status, s.reports, s.ready, s.underWay, s.size
	o.Original, o.HasOriginal = s.original, s.hasOriginal
	return web.New(s.engine, o)
}

// Transport implements owner: questions go to the API in this process.
func (s *store) Transport() http.RoundTripper {
	if s.pipe == nil {
		site, err := s.site(web.Options{})
		if err != nil {
			site = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			})
		}
		s.pipe = newPipe(site)
		s.cleanup = append(s.cleanup, s.pipe.Close)
	}
	return s.pipe.Transport()
}

// listenControl lets other processes of the machine ask and change the index.
func (s *store) listenControl(site http.Handler) error {
	socket := datadir.Socket(s.dir.Path())
	l, err := listenControl(socket)
	if err != nil {
		return err
	}
	s.cleanup = append(s.cleanup, serveControl(l, control(site, s)))
	return nil
}

// Close lets the data directory go.
func (s *store) Close() error {
	s.end()          // a run ends at its next file
	s.running.Lock() // and it has
	defer s.running.Unlock()
	s.noteMerges()
	var errs []error
	for i := len(s.cleanup) - 1; i >= 0; i-- {
		errs = append(errs, s.cleanup[i]())
	}
	s.cleanup = nil
	return errors.Join(errs...)
}

// removed waits until what was replaced is gone from the disk.
func (s *store) removed() error {
	s.removing.Wait()
	return nil
}

// openSample indexes the built-in corpus in a folder of its own, which is
// removed when the store is closed.
func openSample(ctx context.Context) (*store, error) {
	folder, err := os.MkdirTemp("", "rapport-sample-")
	if err != nil {
		return nil, fmt.Errorf("making a place for the sample corpus: %w", err)
	}
	s, err := sampleIn(ctx, folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return s, nil
}

func sampleIn(ctx context.Context, folder string) (*store, error) {
	notes := filepath.Join(folder, "sample")
	if err := os.CopyFS(notes, sampleNotes()); err != nil {
		return nil, fmt.Errorf("unpacking the sample corpus: %w", err)
	}
	s, err := takeStore(ctx, filepath.Join(folder, "data"))
	if err != nil {
		return nil, err
	}
	s.sample = notes
	s.cleanup = append([]func() error{func() error { return os.RemoveAll(folder) }}, s.cleanup...)
	if _, err := s.Index(ctx, indexJob{Sources: []string{notes}, NoRules: true}, nil); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
