package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"

	"rapport/corpus"
	"rapport/corpus/sample"
	"rapport/indexer/datadir"
)

// checkCmd is rapport check.
type checkCmd struct {
	Paths    []string `arg:"" optional:"" help:"Facts files, or folders with such files, to check besides the facts in the index." type:"path"`
	Taxonomy string   `help:"Folder of a taxonomy to check, and to check facts against." placeholder:"DIR" type:"path"`
}

// Help says what is checked.
func (checkCmd) Help() string {
	return `Examples:
  rapport check                              the facts of the index whose evidence is stale
  rapport check ~/documents                  and all facts files in a folder
  rapport check --taxonomy ~/taxonomy        a taxonomy, before anything is indexed with it

Checks the taxonomy and the facts files given, with file and line of every fault, and lists the facts of the index
whose evidence no longer stands in their documents. Facts are checked against the taxonomy given, else that of the index,
else the built-in one.

Exit status: 0 nothing to report, 1 findings, 2 error.`
}

// finding is one thing that a check reports.
type finding struct {
	What   string `json:"what"` // taxonomy, facts or evidence
	Detail string `json:"detail"`
}

// Run checks and lists the findings.
func (c *checkCmd) Run(ctx context.Context, g *globals, std *streams) error {
	findings := []finding{}
	tax, err := c.taxonomy(g.Data)
	for _, e := range split(err) {
		var fault *corpus.TaxonomyError
		if !errors.As(e, &fault) {
			return e
		}
		findings = append(findings, finding{"taxonomy", e.Error()})
	}
	files := factsCheck{taxonomy: tax, findings: []finding{}}
	for _, path := range c.Paths {
		if err := files.folder(path); err != nil {
			return err
		}
	}
	findings = append(findings, files.findings...)
	if hasData(g.Data) {
		found, err := c.index(ctx, g, std, &files)
		if err != nil {
			return err
		}
		findings = append(findings, found...)
	} else if len(c.Paths) == 0 && c.Taxonomy == "" {
		return errors.New("there is nothing to check: no index in " + g.Data + "; name facts files or a taxonomy")
	} else {
		findings = append(findings, files.linkFindings(nil)...)
	}
	if g.JSON {
		if err := printJSON(std.out, findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			fmt.Fprintln(std.out, clean(f.Detail))
		}
		if !g.Quiet {
			fmt.Fprintln(std.err, count(len(findings), "finding"))
		}
	}
	if len(findings) > 0 {
		return exitCode(exitNothing)
	}
	return nil
}

// index lists the facts of the index whose evidence does not stand, and the
// links of the files' facts that lead neither into the files nor the index.
func (c *checkCmd) index(ctx context.Context, g *globals, std *streams, files *factsCheck) ([]finding, error) {
	o, err := open(ctx, g, std)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	var failed error
	found := files.linkFindings(func(id string) bool {
		var a factsAnswer
		err := ask(ctx, o, "/api/v1/facts", url.Values{"id": {id}, "limit": {"1"}}, &a)
		failed = errors.Join(failed, err)
		return a.Total > 0
	})
	if failed != nil {
		return nil, failed
	}
	stale, err := c.stale(ctx, o)
	return append(found, stale...), err
}

// stale lists the facts of the index whose evidence does not stand.
func (c *checkCmd) stale(ctx context.Context, o owner) ([]finding, error) {
	params := url.Values{"limit": {"100"}}
	for _, s := range corpus.AnchorStatuses() {
		if s.Stale() {
			params.Add("status", string(s))
		}
	}
	var findings []finding
	for {
		var a factsAnswer
		if err := ask(ctx, o, "/api/v1/facts", params, &a); err != nil {
			return nil, err
		}
		for _, f := range a.Hits {
			e := f.Evidence
			detail := fmt.Sprintf("fact %q: the evidence in %s is %s: %q", f.ID, e.Document, e.Status, e.Exact)
			if e.Now != "" {
				detail += fmt.Sprintf(", now %q", e.Now)
			}
			findings = append(findings, finding{"evidence", detail})
		}
		if a.Next == "" {
			return findings, nil
		}
		params.Set("cursor", a.Next)
	}
}

// taxonomy reads what facts are checked against: the taxonomy given, else that
// of the index in a data directory, else the built-in one.
func (c *checkCmd) taxonomy(data string) (*corpus.Taxonomy, error) {
	if c.Taxonomy != "" {
		if info, err := os.Stat(c.Taxonomy); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("the taxonomy %s is no folder", c.Taxonomy)
		}
		return corpus.ParseTaxonomy(os.DirFS(c.Taxonomy))
	}
	files, ok, err := datadir.CurrentTaxonomy(data)
	if err != nil {
		return nil, err
	}
	if !ok {
		files = sample.Taxonomy()
	}
	return corpus.ParseTaxonomy(files)
}

// split returns the errors that were joined.
func split(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}
