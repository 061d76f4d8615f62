package bleve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	library "github.com/blevesearch/bleve/v2/search"
	top "github.com/blevesearch/bleve/v2/search/collector"
	index "github.com/blevesearch/bleve_index_api"

	"rapport/corpus"
	"rapport/search"
)

// PlainColumns is a Plain index whose facets are counted in columns like those
// of Index and not by the library: the library's searchers and collector, and
// beside them what our facets cost. It is what a user of the library could have
// through its public hook for hits.
type PlainColumns struct {
	*Plain
	mu      sync.Mutex
	columns map[string]*column // over the whole index, which no longer changes
}

// PlainColumnsName is how a benchmark calls it.
const PlainColumnsName = "bleve-columns"

// NewPlainColumns returns the same index with facets counted in columns. Nothing
// may be added to it afterwards.
func NewPlainColumns(p *Plain) *PlainColumns {
	return &PlainColumns{Plain: p, columns: map[string]*column{}}
}

// Name implements the benchmark's engine.
func (p *PlainColumns) Name() string { return PlainColumnsName }

// Search answers a plan as Plain does.
func (p *PlainColumns) Search(ctx context.Context, plan search.Plan, snippets bool) (*search.Found, error) {
	wanted := plan.Facets
	plan.Facets = nil
	var hits []uint32
	if len(wanted) > 0 {
		ctx = context.WithValue(ctx, library.MakeDocumentMatchHandlerKey, noting(&hits))
	}
	found, err := p.Plain.Search(ctx, plan, snippets)
	if err != nil {
		return nil, err
	}
	if !slices.IsSorted(hits) { // a disjunction may give them in any order
		slices.Sort(hits)
	}
	for _, f := range wanted {
		c, err := p.column(ctx, f.Field)
		if err != nil {
			return nil, fmt.Errorf("count %s in a plain bleve index: %w", f.Field, err)
		}
		found.Facets = append(found.Facets, c.facet(f, hits))
	}
	return found, nil
}

// noting makes the library note the number of each hit before it collects it.
func noting(hits *[]uint32) library.MakeDocumentMatchHandler {
	return func(ctx *library.SearchContext) (library.DocumentMatchHandler, bool, error) {
		collect, loadID, err := top.MakeTopNDocumentMatchHandler(ctx)
		if err != nil {
			return nil, false, err
		}
		return func(d *library.DocumentMatch) error {
			if d != nil {
				*hits = append(*hits, uint32(d.IndexInternalID.Value()))
			}
			return collect(d)
		}, loadID, nil
	}
}

// facet counts the values of records and lists the first of them.
func (c *column) facet(f search.FacetRequest, records []uint32) search.Facet {
	counts := make([]uint32, len(c.values)+1)
	c.count(records, counts)
	k := counter{request: f, values: &values{terms: c.values}, counts: counts[1:], missing: int(counts[0]), total: len(records)}
	return k.facet(nil, &corpus.Taxonomy{})
}

// column returns the column of a field, which it builds when it is first
// asked for.
func (p *PlainColumns) column(ctx context.Context, field string) (*column, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.columns[field]; c != nil {
		return c, nil
	}
	advanced, err := p.index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	c, err := readColumn(ctx, reader, field)
	if err = errors.Join(err, reader.Close()); err != nil {
		return nil, err
	}
	p.columns[field] = c
	return c, nil
}

// readColumn builds a column from a dictionary and its postings, read as the
// library gives them out.
func readColumn(ctx context.Context, reader index.IndexReader, field string) (*column, error) {
	n, err := reader.DocCount()
	if err != nil {
		return nil, err
	}
	dict, err := reader.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer func() { _ = dict.Close() }()
	c := &column{}
	var holders []*roaring.Bitmap
	perRecord, multiple := make([]uint32, n+1), false
	for {
		entry, err := dict.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			break
		}
		docs, err := holdersOf(ctx, reader, field, entry.Term)
		if err != nil {
			return nil, err
		}
		for it := docs.Iterator(); it.HasNext(); {
			doc := it.Next()
			perRecord[doc]++
			multiple = multiple || perRecord[doc] > 1
		}
		c.values, holders = append(c.values, entry.Term), append(holders, docs)
	}
	c.choose(holders, perRecord, multiple)
	return c, nil
}

// holdersOf returns the numbers of the documents that hold a term.
func holdersOf(ctx context.Context, reader index.IndexReader, field, term string) (*roaring.Bitmap, error) {
	terms, err := reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return nil, err
	}
	defer func() { _ = terms.Close() }()
	docs := roaring.New()
	for {
		d, err := terms.Next(nil)
		if err != nil || d == nil {
			return docs, err
		}
		docs.Add(uint32(d.ID.Value()))
	}
}
