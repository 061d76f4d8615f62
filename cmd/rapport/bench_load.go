package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rapport/corpus"
	"rapport/corpus/rules"
	"rapport/indexer"
	"rapport/search/bench"
	"rapport/search/bleve"
)

// load indexes the documents and measures what that costs.
func (b *benchmark) load(ctx context.Context) error {
	var err error
	if b.index, err = bleve.Create(b.indexDir(), bleve.Options{Taxonomy: b.taxonomy}); err != nil {
		return err
	}
	if b.cmd.Source != "" {
		err = b.loadSource(ctx)
	} else {
		err = b.loadSynthetic(ctx)
	}
	if err != nil {
		return err
	}
	if b.report.Index.IndexBytes, err = b.restingSize(ctx); err != nil {
		return err
	}
	if raw := b.report.Corpus.RawBytes; raw > 0 {
		b.report.Index.IndexToRaw = float64(b.report.Index.IndexBytes) / float64(raw)
	}
	return nil
}

// loadSynthetic puts synthetic documents into the index, without extraction
// and tagging.
func (b *benchmark) loadSynthetic(ctx context.Context) error {
	s := b.synthetic()
	b.say("indexing %d synthetic documents", b.cmd.Docs)
	meter := bench.StartMeter()
	if err := b.index.Begin(ctx); err != nil {
		return err
	}
	for i := 0; i < b.cmd.Docs; {
		var batch corpus.Batch
		for ; i < b.cmd.Docs && len(batch.Put) < indexer.DefaultBatch; i++ {
			rec := s.Record(i)
			b.report.Corpus.RawBytes += int64(len(rec.Document.Title) + len(rec.Document.Body))
			batch.Put = append(batch.Put, rec)
		}
		if err := b.index.Apply(ctx, batch); err != nil {
			return err
		}
	}
	if err := b.index.End(ctx); err != nil {
		return err
	}
	b.report.Corpus.Documents = b.cmd.Docs
	b.report.Index = bench.NewIndexing(b.cmd.Docs, meter.Stop())
	return nil
}

func (b *benchmark) synthetic() *bench.Synthetic {
	return bench.NewSynthetic(b.cmd.Seed, b.cmd.Words, b.taxonomy)
}

// loadSource indexes a source with all that rapport index does: extraction,
// tagging, facts found by rules.
func (b *benchmark) loadSource(ctx context.Context) error {
	source, err := corpus.OpenSource(b.cmd.Source)
	if err != nil {
		return err
	}
	b.say("indexing %s", b.cmd.Source)
	pool, err := newPool(programs{})
	if err != nil {
		return err
	}
	defer pool.Close()
	x := b.indexer()
	x.Extract, x.FindFacts = documentsFrom(pool), rules.New(b.taxonomy, rules.Options{}).Extract
	meter := bench.StartMeter()
	if _, err := x.Run(ctx, source); err != nil {
		return err
	}
	cost := meter.Stop()
	for rec, err := range b.index.Records(ctx) {
		if err != nil {
			return err
		}
		b.report.Corpus.Facts += len(rec.Facts)
		if rec.Document != nil {
			b.report.Corpus.Documents++
			b.report.Corpus.RawBytes += int64(len(rec.Document.Title) + len(rec.Document.Body))
		}
	}
	b.report.Index = bench.NewIndexing(b.report.Corpus.Documents, cost)
	return nil
}

func (b *benchmark) indexer() *indexer.Indexer {
	return &indexer.Indexer{Sink: b.index, Ledger: &indexer.Ledger{}, Taxonomy: b.taxonomy, Tag: b.taxonomy.Tag, Version: "bench"}
}

// loadFacts writes a facts file and loads it as rapport index does: facts are
// read, checked, anchored in their documents and indexed.
func (b *benchmark) loadFacts(ctx context.Context) error {
	n := b.cmd.Facts
	if n == 0 {
		return nil
	}
	documents := b.cmd.Docs
	if b.cmd.Source != "" {
		documents = 0 // there is nothing in them that an invented fact could quote
	}
	path := filepath.Join(b.dir, "bench.facts.jsonl")
	size, err := b.writeFacts(path, n, documents)
	if err != nil {
		return err
	}
	source, err := indexer.FactsFile(path)
	if err != nil {
		return err
	}
	b.say("loading %d facts", n)
	meter := bench.StartMeter()
	report, err := b.indexer().Run(ctx, source)
	if err != nil {
		return err
	}
	if len(report.Skipped) > 0 {
		return fmt.Errorf("the facts were not loaded: %s: %s", report.Skipped[0].Reason, report.Skipped[0].Detail)
	}
	loading := bench.NewLoading(report.Facts.Added, meter.Stop())
	loading.FileBytes, loading.Stale = size, len(report.Facts.Stale)
	after, err := b.restingSize(ctx)
	loading.IndexBytes = after - b.report.Index.IndexBytes
	b.report.Facts = loading
	b.report.Corpus.Facts += report.Facts.Added
	return errors.Join(err, os.Remove(path))
}

func (b *benchmark) writeFacts(path string, n, documents int) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	err = corpus.WriteFactsJSONL(f, b.synthetic().Facts(n, documents))
	info, statErr := f.Stat()
	if err := errors.Join(err, statErr, f.Close()); err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// loadPlain gives the documents to the library with its own facets, when it
// is to be asked too.
func (b *benchmark) loadPlain(ctx context.Context) error {
	if b.cmd.Against == "" {
		return nil
	}
	var err error
	if _, statErr := os.Stat(b.plainDone()); statErr == nil {
		b.plain, err = bleve.OpenPlain(b.plainDir(), b.taxonomy)
		return err
	}
	if err := os.RemoveAll(b.plainDir()); err != nil { // of a run that was stopped
		return err
	}
	b.say("indexing the same for %s", b.cmd.Against)
	if b.plain, err = bleve.CreatePlain(b.plainDir(), b.taxonomy); err != nil {
		return err
	}
	var batch corpus.Batch
	for rec, err := range b.index.Records(ctx) {
		if err != nil {
			return err
		}
		if batch.Put = append(batch.Put, rec); len(batch.Put) < 1000 {
			continue
		}
		if err := b.plain.Apply(ctx, batch); err != nil {
			return err
		}
		batch.Put = batch.Put[:0]
	}
	if err := b.plain.Apply(ctx, batch); err != nil {
		return err
	}
	if _, err := settled(ctx, b.plainDir()); err != nil {
		return err
	}
	return os.WriteFile(b.plainDone(), nil, 0o600)
}

func (b *benchmark) plainDir() string { return filepath.Join(b.dir, "plain") }

// plainDone is the file that says that the other index is whole.
func (b *benchmark) plainDone() string { return filepath.Join(b.dir, "plain.done") }

// restingSize returns the size of the index when nothing is left to merge. The
// index is opened again, since files that were merged go when it is.
func (b *benchmark) restingSize(ctx context.Context) (int64, error) {
	if _, err := settled(ctx, b.indexDir()); err != nil {
		return 0, err
	}
	if err := b.open(); err != nil {
		return 0, err
	}
	return settled(ctx, b.indexDir())
}

// How long the files of an index must stay as they are for it to be at rest,
// and how long to wait for that.
const (
	restFor    = time.Second / 2
	restWithin = time.Minute
)

// settled waits until merges in the background are done: until the files in a
// folder stay as they are and the process does little. It returns the size of
// the files.
func settled(ctx context.Context, dir string) (int64, error) {
	began, size := time.Now(), int64(-1)
	for {
		meter := bench.StartMeter()
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(restFor):
		}
		before := size
		var err error
		if size, err = folderSize(dir); err != nil {
			return 0, err
		}
		cost := meter.Stop()
		if size == before && cost.CPU < cost.Wall/10 || time.Since(began) >= restWithin {
			return size, nil
		}
	}
}

// folderSize adds up files, those left out that vanish meanwhile.
func folderSize(dir string) (int64, error) {
	size := int64(0)
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return missingIsFine(err)
		}
		info, err := d.Info()
		if err != nil {
			return missingIsFine(err)
		}
		size += info.Size()
		return nil
	})
	return size, err
}

func missingIsFine(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
