package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"rapport/corpus"
	"rapport/corpus/sample"
	"rapport/search/bench"
	"rapport/search/bleve"
)

// benchCmd is rapport bench.
type benchCmd struct {
	Docs        int           `help:"Documents of a synthetic corpus." default:"30000" placeholder:"N"`
	Words       int           `help:"Mean length of a synthetic document in words." default:"150" placeholder:"N"`
	Seed        uint64        `help:"Another synthetic corpus." default:"1" placeholder:"N"`
	Source      string        `help:"Index this folder or file instead, as rapport index does." placeholder:"PATH" type:"path"`
	Facts       int           `help:"Load so many synthetic facts from a file, too." placeholder:"N"`
	Concurrency int           `help:"Clients that ask at once." default:"1" placeholder:"N"`
	Rounds      int           `help:"How often each question is asked." default:"3" placeholder:"N"`
	Budget      time.Duration `help:"Most time for a class of questions." default:"20s" placeholder:"TIME"`
	Keep        string        `help:"Keep the indexes in this folder, and use those that are there already." type:"path" placeholder:"DIR"`
	Against     string        `help:"Ask another engine the same, in turn: bleve-facets, the library with its own facets, or bleve-columns, the library with columns like ours." enum:",bleve-facets,bleve-columns" default:"" placeholder:"ENGINE"`
	Profile     string        `help:"Write a processor profile of the searches." type:"path" placeholder:"FILE"`
}

// Help says what is measured.
func (benchCmd) Help() string {
	return `Examples:
  rapport bench                          30,000 synthetic documents
  rapport bench --docs 300000 --against bleve-facets
  rapport bench --source ~/documents     a corpus of yours
  rapport bench --docs 10000 --facts 1000000

Indexes in a temporary folder, which is removed afterwards, or in that of --keep, and touches no data directory. The questions are chosen from what is
indexed: rare, common, and, or, phrase, near, prefix, fuzzy, all; matrix; and facts, when there are any. Each class is asked without
facets and with three, with and without snippets, with selections in one to three facets, and as a whole page. All ways of asking a
class take turns, round by round; percentiles are those of the best round. Times are those of the machine as it is: compare within
one run.`
}

// Validate checks the flags.
func (c *benchCmd) Validate() error {
	switch {
	case c.Docs < 1 || c.Words < 1 || c.Rounds < 1 || c.Concurrency < 1:
		return errors.New("--docs, --words, --rounds and --concurrency must be at least 1")
	case c.Facts < 0:
		return errors.New("--facts must not be negative")
	case c.Budget <= 0:
		return errors.New("--budget must be a time such as 20s")
	}
	return nil
}

// Run measures and prints.
func (c *benchCmd) Run(ctx context.Context, g *globals, io *streams) error {
	dir, remove, err := c.folder()
	if err != nil {
		return fmt.Errorf("making a place for the index: %w", err)
	}
	defer remove()
	taxonomy, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		return err
	}
	job := &benchmark{
		cmd: c, dir: dir, taxonomy: taxonomy,
		report: bench.Report{Machine: bench.ThisMachine(), Searches: []bench.Search{}},
		say: func(format string, args ...any) {
			if !g.Quiet {
				fmt.Fprintf(io.err, format+"\n", args...)
			}
		},
	}
	if err := job.run(ctx); err != nil {
		return err
	}
	if g.JSON {
		return printJSON(io.out, job.report)
	}
	printBench(io.out, &job.report)
	return nil
}

// benchmark is one run of rapport bench.
type benchmark struct {
	cmd      *benchCmd
	dir      string
	taxonomy *corpus.Taxonomy
	index    *bleve.Index
	plain    *bleve.Plain
	report   bench.Report
	say      func(format string, args ...any)
}

func (b *benchmark) run(ctx context.Context) (err error) {
	defer func() {
		if b.plain != nil {
			err = errors.Join(err, b.plain.Close())
		}
		err = errors.Join(err, b.close())
	}()
	kept, err := b.kept()
	if err != nil {
		return err
	}
	steps := []func(context.Context) error{b.load, b.loadFacts, b.keep, b.reopen, b.loadPlain, b.measure}
	if kept {
		b.say("using the index in %s", b.dir)
		if err := b.open(); err != nil {
			return err
		}
		steps = steps[3:]
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// reopen closes the index and measures how soon it answers again.
func (b *benchmark) reopen(ctx context.Context) error {
	word, ok, err := bench.AnyWord(ctx, b.index)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("nothing to measure: no document holds a word of the letters a to z")
	}
	if err := b.close(); err != nil {
		return err
	}
	began := time.Now()
	if err := b.open(); err != nil {
		return err
	}
	open := time.Since(began)
	first, err := bench.FirstSearch(ctx, b.index, word)
	b.report.Opening = bench.NewOpening(open, first)
	return err
}

// open opens the index, again when it is open.
func (b *benchmark) open() error {
	if err := b.close(); err != nil {
		return err
	}
	var err error
	b.index, err = bleve.Open(b.indexDir(), bleve.Options{Taxonomy: b.taxonomy})
	return err
}

func (b *benchmark) close() error {
	if b.index == nil {
		return nil
	}
	err := b.index.Close()
	b.index = nil
	return err
}

// measure asks the questions.
func (b *benchmark) measure(ctx context.Context) error {
	if b.cmd.Profile != "" {
		f, err := os.Create(b.cmd.Profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	o := bench.Options{
		Rounds: b.cmd.Rounds, Concurrency: b.cmd.Concurrency, Budget: b.cmd.Budget,
		Progress: func(class string) { b.say("asking: %s", class) },
	}
	if b.plain != nil {
		o.Against = b.plain
		if b.cmd.Against == bleve.PlainColumnsName {
			o.Against = bleve.NewPlainColumns(b.plain)
		}
	}
	return bench.Measure(ctx, b.index, o, &b.report)
}

func (b *benchmark) indexDir() string { return filepath.Join(b.dir, "index") }
