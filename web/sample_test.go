package web_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"rapport/corpus"
	"rapport/corpus/sample"
	"rapport/indexer"
	"rapport/indexer/extract"
	"rapport/search/bleve"
)

// sampleEngine is an index of the sample corpus, made as the indexer makes it.
var sampleEngine = sync.OnceValue(func() *bleve.Index {
	x, err := indexSample(context.Background(), filepath.Join(folder, "sample"))
	if err != nil {
		panic(err)
	}
	return x
})

func indexSample(ctx context.Context, place string) (*bleve.Index, error) {
	taxonomy, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		return nil, err
	}
	notes := filepath.Join(place, "notes")
	if err := os.CopyFS(notes, sample.Notes()); err != nil {
		return nil, err
	}
	source, err := corpus.OpenSource(notes)
	if err != nil {
		return nil, err
	}
	x, err := bleve.Create(filepath.Join(place, "index"), bleve.Options{Taxonomy: taxonomy})
	if err != nil {
		return nil, err
	}
	run := indexer.Indexer{
		Sink: x, Taxonomy: taxonomy, Tag: taxonomy.Tag,
		Extract: func(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
			return extract.Documents(ctx, extract.File{Source: item.Source, Path: item.Path, Format: item.Format, Data: data}, extract.Options{})
		},
	}
	report, err := run.Run(ctx, source)
	if err != nil {
		return nil, err
	}
	if report.Added < 20 || report.Facts.Added < 300 || len(report.Skipped) > 0 {
		return nil, fmt.Errorf("the sample corpus is not read: %d documents, %d facts, left out %v", report.Added, report.Facts.Added, report.Skipped)
	}
	return x, nil
}
