package bleve

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	library "github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"rapport/corpus"
	"rapport/corpus/sample"
	"rapport/search/bench"
)

// BenchmarkIndexing measures what indexing costs, line by line: the bleve
// library with one stemmed field of text beside this engine with the same,
// and then what each further part adds. Documents are those of rapport bench,
// RAPPORT_BENCH_DOCS in number, or passages of a kilobyte cut from the files
// under RAPPORT_BENCH_TEXT. Every benchmark indexes them once.
func BenchmarkIndexing(b *testing.B) {
	documents, taxonomy := indexingCorpus(b)
	groups := groupsOf(taxonomy)
	b.Run("library/body", func(b *testing.B) { measureLibrary(b, documents) })
	for _, line := range []struct {
		name string
		add  func(*builder, *record, *corpus.Document)
	}{
		{"body", func(m *builder, r *record, d *corpus.Document) { m.text(r, untitled(d), &m.stem) }},
		{"titles", func(m *builder, r *record, d *corpus.Document) { m.text(r, d, &m.stem) }},
		{"words", func(m *builder, r *record, d *corpus.Document) { m.text(r, d, &m.stem, &m.word) }},
		{"title-fields", func(m *builder, r *record, d *corpus.Document) {
			m.text(r, d, &m.stem, &m.word, &m.tstem, &m.tword)
			r.unique(fieldTitleSort, titleKey(d.Title))
		}},
		{"facets", func(m *builder, r *record, d *corpus.Document) {
			m.text(r, d, &m.stem, &m.word, &m.tstem, &m.tword)
			r.unique(fieldTitleSort, titleKey(d.Title))
			m.documentFacets(r, d)
			r.unique(fieldDate, d.Published.String())
		}},
	} {
		b.Run("engine/"+line.name, func(b *testing.B) {
			measureEngine(b, documents, taxonomy, func(x *Index, batch []*corpus.Document) error {
				return storeParts(x, batch, groups, line.add)
			})
		})
	}
	b.Run("engine/all", func(b *testing.B) {
		measureEngine(b, documents, taxonomy, func(x *Index, batch []*corpus.Document) error {
			var put corpus.Batch
			for _, d := range batch {
				put.Put = append(put.Put, corpus.Record{Document: d, Entry: corpus.Entry{
					ID: d.ID, Source: d.Source, Path: d.Path, Digest: d.Digest, Version: "v", Claims: []string{d.Source}, Kind: corpus.DocumentEntry,
				}})
			}
			return x.Apply(context.Background(), put)
		})
	})
}

const indexingBatch = 1000

func indexingCorpus(b *testing.B) ([]*corpus.Document, *corpus.Taxonomy) {
	taxonomy, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		b.Fatal(err)
	}
	n, err := strconv.Atoi(os.Getenv("RAPPORT_BENCH_DOCS"))
	if err != nil {
		n = 20_000
	}
	synthetic := bench.NewSynthetic(1, 150, taxonomy)
	passages := passagesOf(b, os.Getenv("RAPPORT_BENCH_TEXT"), n)
	var list []*corpus.Document
	for i := range n {
		d := synthetic.Record(i).Document
		if len(passages) > 0 {
			d.Body = passages[i%len(passages)]
			d.Title, _, _ = strings.Cut(d.Body, ".")
			d.Title = d.Title[:min(len(d.Title), 60)]
		}
		list = append(list, d)
	}
	return list, taxonomy
}

// passagesOf cuts the files of a folder, when one is named, into passages.
func passagesOf(b *testing.B, dir string, most int) []string {
	if dir == "" {
		return nil
	}
	var list []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".txt", ".md"}, filepath.Ext(path)) || len(list) >= most {
			return err
		}
		data, err := os.ReadFile(path)
		for text := strings.ToValidUTF8(string(data), ""); len(text) > 1000; {
			cut := strings.LastIndexByte(text[:1000], ' ') + 1
			if cut == 0 {
				cut = 1000
			}
			list, text = append(list, text[:cut]), text[cut:]
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return list
}

func untitled(d *corpus.Document) *corpus.Document {
	bare := *d
	bare.Title = ""
	return &bare
}

// storeParts adds some parts of documents to the store, and their bodies.
func storeParts(x *Index, documents []*corpus.Document, groups map[corpus.TopicID]corpus.TopicID, add func(*builder, *record, *corpus.Document)) error {
	batch := index.NewBatch()
	m := x.builders.take(groups)
	defer x.builders.give(m)
	for _, d := range documents {
		r := newRecord(idDocument + string(d.ID))
		r.keyword(fieldKind, kindDocument)
		add(m, r, d)
		r.parts[partBody] = m.packer.text(d.Body)
		r.seal(&m.packer)
		batch.Update(r)
	}
	return x.store.Batch(batch)
}

func measureEngine(b *testing.B, documents []*corpus.Document, t *corpus.Taxonomy, put func(*Index, []*corpus.Document) error) {
	for b.Loop() {
		dir := b.TempDir()
		x, err := Create(dir, Options{Taxonomy: t})
		if err != nil {
			b.Fatal(err)
		}
		measureIndexing(b, documents, dir, func(batch []*corpus.Document) error { return put(x, batch) })
		if err := x.compact(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(sizeOf(b, dir, x.Close)/textOf(documents), "x-text-merged")
	}
}

func measureLibrary(b *testing.B, documents []*corpus.Document) {
	for b.Loop() {
		m, err := stemmedMapping()
		if err != nil {
			b.Fatal(err)
		}
		dir := filepath.Join(b.TempDir(), "x")
		x, err := library.New(dir, m)
		if err != nil {
			b.Fatal(err)
		}
		measureIndexing(b, documents, dir, func(list []*corpus.Document) error {
			batch := x.NewBatch()
			for _, d := range list {
				if err := batch.Index(string(d.ID), map[string]any{"body": d.Body}); err != nil {
					return err
				}
			}
			return x.Batch(batch)
		})
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// stemmedMapping has one field of text, stored, stemmed and with positions,
// and nothing else.
func stemmedMapping() (mapping.IndexMapping, error) {
	m := library.NewIndexMapping()
	err := m.AddCustomAnalyzer("stems", map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name, en.SnowballStemmerName},
	})
	if err != nil {
		return nil, err
	}
	f := library.NewTextFieldMapping()
	f.Analyzer, f.IncludeInAll, f.DocValues, f.Store, f.IncludeTermVectors = "stems", false, false, true, true
	m.DefaultMapping = library.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt("body", f)
	m.DefaultField = "body"
	return m, nil
}

// measureIndexing puts documents in batches and reports the cost.
func measureIndexing(b *testing.B, documents []*corpus.Document, dir string, put func([]*corpus.Document) error) {
	meter := bench.StartMeter()
	for batch := range slices.Chunk(documents, indexingBatch) {
		if err := put(batch); err != nil {
			b.Fatal(err)
		}
	}
	cost := meter.Stop()
	n := float64(len(documents))
	b.ReportMetric(n/cost.CPU.Seconds(), "docs/cpu-s")
	b.ReportMetric(n/cost.Wall.Seconds(), "docs/s")
	time.Sleep(2 * time.Second) // files that were merged are deleted in the background
	b.ReportMetric(sizeOf(b, dir, func() error { return nil })/textOf(documents), "x-text")
}

func textOf(documents []*corpus.Document) float64 {
	n := 0
	for _, d := range documents {
		n += len(d.Title) + len(d.Body)
	}
	return float64(n)
}

// sizeOf returns the bytes of the segments in a folder, once it is closed.
func sizeOf(b *testing.B, dir string, closed func() error) float64 {
	b.Helper()
	time.Sleep(time.Second)
	if err := closed(); err != nil {
		b.Fatal(err)
	}
	size := int64(0)
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(d.Name()) == segmentExt {
			info, err := d.Info()
			if err == nil {
				size += info.Size()
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(fmt.Errorf("the size of %s: %w", dir, err))
	}
	return float64(size)
}
