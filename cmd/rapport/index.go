package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rapport/corpus"
	"rapport/indexer/datadir"
)

// indexCmd is rapport index.
type indexCmd struct {
	Sources       []string `arg:"" optional:"" help:"Folders, files, .jsonl or .jsonl.gz files, or - for a list of paths on standard input; the configuration's when none is given." name:"source"`
	indexSettings `embed:"" group:"Settings"`
	BuiltIn       bool `help:"Take the taxonomy that is built into this program, in place of the index's own." name:"built-in-taxonomy"`
	DryRun        bool `help:"Say what would be done, and do nothing."`
	Rebuild       bool `help:"Read everything again, into a new generation; without a source, all that are known."`
	Force         bool `help:"Delete even when much of a source is gone at once."`
	RetryFailed   bool `help:"Try files again that could not be read before."`
}

// Help gives examples and exit codes.
func (indexCmd) Help() string {
	return `Examples:
  rapport index ~/documents            a folder, with everything below it
  rapport index press.jsonl.gz         one document a line
  find . -newer mark | rapport index - only these paths
  rapport index --facts bulk.jsonl     facts on documents that are indexed
  rapport index ~/documents --dry-run  what would change?
  rapport index --taxonomy ~/taxonomy  tag again what is indexed

What disappeared from a named folder is removed from the index; a single file or a list only adds and updates.

Exit status: 0 done, 3 done but some files were left out, 2 failed.`
}

// Run indexes and reports.
func (c *indexCmd) Run(ctx context.Context, g *globals, io *streams) error {
	if len(c.Sources) == 0 {
		c.Sources = g.file.Sources
	}
	if len(c.Sources) == 0 && len(c.Facts) == 0 && !c.Rebuild && c.Taxonomy == "" && !c.BuiltIn {
		return errors.New("name what to index: a folder, a file, - for a list of paths, or --facts with a facts file; or list sources in a configuration file")
	}
	job, err := c.job(io.in, g.file)
	if err == nil {
		err = c.exist(func(string) bool { return true })
	}
	if err != nil {
		return err
	}
	o, err := claim(ctx, g, io)
	if c.Rebuild && errors.Is(err, datadir.ErrDamaged) {
		if err = datadir.Mend(g.Data); err == nil {
			o, err = claim(ctx, g, io)
		}
	}
	if err != nil {
		return err
	}
	defer o.Close()
	bar := newProgressLine(g, io.err)
	report, err := o.Index(ctx, job, bar.show)
	bar.end()
	return finish(report, err, g, io)
}

// job makes paths absolute, since a server has another working directory.
func (c *indexCmd) job(in io.Reader, file *configuration) (job indexJob, err error) {
	job = indexJob{DryRun: c.DryRun, Rebuild: c.Rebuild, Force: c.Force, RetryFailed: c.RetryFailed, NoRules: c.NoRules, Rules: c.Rules, Facts: c.Facts, Taxonomy: c.Taxonomy, BuiltIn: c.BuiltIn}
	if c.BuiltIn && c.Taxonomy != "" {
		return job, fmt.Errorf("--built-in-taxonomy and the taxonomy %s exclude each other; leave one out, in the settings, too", c.Taxonomy)
	}
	if c.NoRules && len(c.Rules) > 0 {
		return job, errors.New("--rules and --no-rules exclude each other")
	}
	if job.Programs, err = choosePrograms(file, c.OCR); err != nil {
		return job, err
	}
	for _, source := range c.Sources {
		if source == corpus.StdinList {
			if err := job.readList(in); err != nil {
				return job, err
			}
			continue
		}
		path, err := filepath.Abs(source)
		if err != nil {
			return job, fmt.Errorf("the working directory is gone: %w", err)
		}
		job.Sources = append(job.Sources, path)
	}
	return job, nil
}

// exist says which of the sources that must be there is not.
func (c *indexCmd) exist(must func(path string) bool) error {
	for _, source := range c.Sources {
		if source == corpus.StdinList {
			continue
		}
		path, err := filepath.Abs(source)
		if err == nil {
			_, err = os.Stat(path)
		}
		if err != nil && must(path) {
			return fmt.Errorf("%s cannot be indexed: %w", source, err)
		}
	}
	return nil
}

// readList reads paths, one a line, from standard input.
func (j *indexJob) readList(in io.Reader) error {
	j.Listed = true
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if line := strings.TrimSuffix(lines.Text(), "\r"); line != "" {
			path, err := filepath.Abs(line)
			if err != nil {
				return fmt.Errorf("the working directory is gone: %w", err)
			}
			j.List = append(j.List, path)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading the list of paths: %w", err)
	}
	return nil
}

// finish prints the report of a run and returns what its exit code is.
func finish(report corpus.Report, err error, g *globals, io *streams) error {
	if err != nil && report.Started.IsZero() {
		return err
	}
	if g.JSON {
		if e := printJSON(io.out, report); e != nil {
			return e
		}
	} else if !g.Quiet {
		printReport(io.out, report)
	}
	if err != nil {
		return err
	}
	if failures, _ := corpus.SplitSkips(report.Skipped); len(failures) > 0 {
		return exitCode(exitSkipped)
	}
	return nil
}

// printReport tells what a run did.
func printReport(w io.Writer, r corpus.Report) {
	if r.DryRun {
		fmt.Fprintln(w, "dry run: nothing was written")
	}
	if r.Rebuilt != "" {
		fmt.Fprintf(w, "everything was read again: %s\n", r.Rebuilt)
	}
	failures, chosen := corpus.SplitSkips(r.Skipped)
	moved := ""
	if r.Renamed > 0 {
		moved = fmt.Sprintf("renamed %d, ", r.Renamed)
	}
	fmt.Fprintf(w, "added %d, changed %d, unchanged %d, removed %d, %sleft out %d\n", r.Added, r.Changed, r.Unchanged, r.Removed, moved, len(failures))
	if len(chosen) > 0 {
		fmt.Fprintf(w, "ignored %d by ignore files, as hidden, or as links\n", len(chosen))
	}
	printPaths(w, r.Paths)
	fmt.Fprintf(w, "facts: added %d, changed %d, removed %d, stale %d\n", r.Facts.Added, r.Facts.Changed, r.Facts.Removed, len(r.Facts.Stale)+r.Facts.StaleOmitted)
	for i, s := range failures {
		if i == 20 {
			fmt.Fprintf(w, "  and %d more: rapport status --skipped\n", len(failures)-i)
			break
		}
		fmt.Fprintf(w, "  left out %s: %s\n", clean(corpus.ShownPath(s.Path)), skipText(s))
	}
	for _, s := range r.Facts.Stale {
		fmt.Fprintf(w, "  stale fact %s in %s: %s: %q", clean(s.ID), clean(string(s.Document)), s.Status, clean(s.Was))
		if s.Now != "" {
			fmt.Fprintf(w, " is now %q", clean(s.Now))
		}
		fmt.Fprintln(w)
	}
	if r.Facts.StaleOmitted > 0 {
		fmt.Fprintf(w, "  and %d more stale facts: rapport check\n", r.Facts.StaleOmitted)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "  warning: %s\n", clean(warning))
	}
	fmt.Fprintf(w, "generation %s, %.1f s\n", r.Generation.After, r.Seconds)
}

// fewPaths is how many changed paths a person reads. More are in the report.
const fewPaths = 10

// printPaths names what was added, changed, removed and renamed when it is little.
func printPaths(w io.Writer, c corpus.Changes) {
	if len(c.Added)+len(c.Changed)+len(c.Removed)+len(c.Renamed)+c.Omitted > fewPaths {
		return
	}
	for _, list := range []struct {
		what  string
		paths []string
	}{{"added", c.Added}, {"changed", c.Changed}, {"removed", c.Removed}} {
		for _, path := range list.paths {
			fmt.Fprintf(w, "  %s %s\n", list.what, clean(corpus.ShownPath(path)))
		}
	}
	for _, r := range c.Renamed {
		fmt.Fprintf(w, "  renamed %s to %s\n", clean(corpus.ShownPath(r.From)), clean(corpus.ShownPath(r.To)))
	}
}

// forgetCmd is rapport forget.
type forgetCmd struct {
	Source string `arg:"" help:"Name of the source, as rapport status shows it."`
}

// Help gives examples.
func (forgetCmd) Help() string {
	return `Examples:
  rapport status              lists the sources by name
  rapport forget documents    removes the source that ~/documents became

What another source holds too stays in the index; the files of the source are not touched, and indexing it again brings all of it back.

Exit status: 0 done, 2 no source has that name, or it failed.`
}

// Run removes a source and reports.
func (c *forgetCmd) Run(ctx context.Context, g *globals, io *streams) error {
	o, err := claim(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	report, err := o.Forget(ctx, c.Source)
	return finish(report, err, g, io)
}
