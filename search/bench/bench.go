// Package bench measures an index: it makes a synthetic corpus, chooses
// questions of several classes from what an index holds, asks them in turn
// with and without facets and snippets, of one engine or of two beside each
// other, and reports how long they took. It knows engines by their interface
// only.
package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// Index is what is measured.
type Index interface {
	search.Engine
	// Records yields the stored records.
	Records(ctx context.Context) iter.Seq2[corpus.Record, error]
}

// Options say how to measure.
type Options struct {
	// Rounds is how often each question is asked in each way.
	Rounds int
	// Concurrency is how many clients ask at once.
	Concurrency int
	// Budget is how long a class may take. Every way of asking gets its share
	// and at least one search.
	Budget time.Duration
	// Against is another engine to ask the same questions, or nil.
	Against Engine
	// Progress is told which class is being measured. Nil tells nobody.
	Progress func(class string)
}

// Bench measures one state of an index.
type Bench struct {
	options    Options
	snapshot   search.Snapshot
	engines    []Engine
	questions  map[string][]search.Query
	selections map[string][]string // values to select, by facet
}

// Measure asks all classes of questions and adds the answers to the report.
// When ctx is done it returns its error.
func Measure(ctx context.Context, x Index, o Options, to *Report) error {
	if o.Rounds < 1 || o.Concurrency < 1 || o.Budget <= 0 {
		return fmt.Errorf("cannot measure with %d rounds, %d clients and %s a class: want at least one of each", o.Rounds, o.Concurrency, o.Budget)
	}
	snapshot, err := x.Acquire(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Release()
	b := &Bench{options: o, snapshot: snapshot, engines: []Engine{ours{snapshot}}}
	if o.Against != nil {
		b.engines = append(b.engines, o.Against)
	}
	if err := b.prepare(ctx, x); err != nil {
		return err
	}
	runtime.GC() // what was read to choose questions is not for the first of them to clear away
	if o.Against != nil {
		if to.Compared, err = b.compare(ctx, o.Against); err != nil {
			return err
		}
	}
	for _, class := range Classes() {
		if o.Progress != nil {
			o.Progress(class)
		}
		rows, err := b.measure(ctx, b.rowsOf(class))
		if err != nil {
			return fmt.Errorf("measuring the class %s: %w", class, err)
		}
		to.Searches = append(to.Searches, rows...)
	}
	return nil
}

// prepare chooses questions and the values to select.
func (b *Bench) prepare(ctx context.Context, x Index) error {
	s, err := take(ctx, x.Records(ctx), b.snapshot)
	if err != nil {
		return fmt.Errorf("reading a sample of the index: %w", err)
	}
	if len(s.words) == 0 {
		return errors.New("there are no words of the letters a to z in the documents to ask for")
	}
	b.questions = s.questions()
	found, err := b.snapshot.Search(ctx, search.Plan{Kind: search.Documents, Query: search.All{}, Facets: facets(3)})
	if err != nil {
		return err
	}
	b.selections = map[string][]string{}
	for _, f := range found.Facets {
		for _, v := range f.Values[:min(len(f.Values), 3)] {
			b.selections[f.Field] = append(b.selections[f.Field], v.Value)
		}
	}
	return nil
}

// AnyWord returns a word of some document of the index, and false when there
// is none.
func AnyWord(ctx context.Context, x Index) (string, bool, error) {
	for rec, err := range x.Records(ctx) {
		if err != nil {
			return "", false, err
		}
		if rec.Document == nil {
			continue
		}
		for _, t := range analysis.Terms(rec.Document.Body) {
			if isPlain(t) {
				return t, true, nil
			}
		}
	}
	return "", false, nil
}

// FirstSearch returns how long an index that was just opened takes to answer
// a question of one word with three facets.
func FirstSearch(ctx context.Context, x Index, word string) (time.Duration, error) {
	began := time.Now()
	snapshot, err := x.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer snapshot.Release()
	p := search.Plan{
		Kind: search.Documents, Query: search.Word{Text: word}, Sort: search.ByRelevance,
		Limit: search.DefaultLimit, Facets: facets(3),
	}
	_, err = snapshot.Search(ctx, p)
	return time.Since(began), err
}
