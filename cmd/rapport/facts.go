package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"

	"rapport/corpus"
	"rapport/search"
)

// factsCmd is rapport facts.
type factsCmd struct {
	Query       []string `arg:"" optional:"" help:"Words of the facts; empty finds all."`
	factFilters `embed:""`
	paging      `embed:""`
	CSV         bool `help:"Print as CSV; what people stated (--not-status extracted) can be indexed again as a facts file." name:"csv" xor:"form"`
	Quotes      bool `help:"Print below each fact the words that it was read from, and where they stand." xor:"form"`
	Totals      bool `help:"Print the sums of money of all facts found instead of the facts: by currency and stage, each event once, and why others are in no sum." xor:"form"`
}

// Help gives examples and exit codes.
func (factsCmd) Help() string {
	return `Examples:
  rapport facts --kind contribution --partner JP  who gave how much to what
  rapport facts 'amount:>=1m' --year 2005..2012   sums of a million or more
  rapport facts --quotes 'hectares cleared'       with the words that state it, and where they stand
  rapport facts --totals --partner JP             the sums, each event once
  rapport facts --csv --limit 100 > facts.csv     for a spreadsheet

Exit status: 0 found, 1 nothing found, 2 error.`
}

// errJSONAndCSV is what to say when both are asked for.
var errJSONAndCSV = errors.New("--json and --csv exclude each other: give one of them")

// Run asks and prints.
func (c *factsCmd) Run(ctx context.Context, g *globals, io *streams) error {
	if g.JSON && c.CSV {
		return errJSONAndCSV
	}
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"q": {strings.Join(c.Query, " ")}}
	c.factFilters.add(params)
	c.paging.add(params)
	if g.JSON && !c.Totals {
		return printFound(ctx, o, "/api/v1/facts", params, io.out)
	}
	var a factsAnswer
	if err := ask(ctx, o, "/api/v1/facts", params, &a); err != nil {
		return err
	}
	print := printFactTable
	switch {
	case c.CSV:
		print = printFactCSV
	case c.Quotes:
		print = printFactQuotes
	case c.Totals:
		print, a.Next = printTotals, ""
	}
	if err := print(io.out, g, &a); err != nil {
		return err
	}
	if !g.Quiet {
		printReading(io.err, &a.Query, search.Facts, a.Total)
		printIncomplete(io.err, a.Reading)
		if a.Next != "" {
			fmt.Fprintln(io.err, "more: --cursor "+a.Next)
		}
	}
	if a.Total == 0 {
		return exitCode(exitNothing)
	}
	return nil
}

func printFactTable(w io.Writer, g *globals, a *factsAnswer) error {
	st := g.style(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range a.Hits {
		sum := ""
		switch {
		case f.Amount != nil:
			sum = f.Amount.Text
		case f.Quantity != nil:
			sum = f.Quantity.Text
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", f.Date.Date, strings.Join(partnersOf(f), " "), f.Kind, clean(sum), clean(f.Statement+f.remarks()))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return printFactCount(w, st, a)
}

// printFactQuotes prints each fact above the words that state it, the document
// and the offset that they stand at.
func printFactQuotes(w io.Writer, g *globals, a *factsAnswer) error {
	st := g.style(w)
	for _, f := range a.Hits {
		fmt.Fprintln(w, st.bold(clean(f.Statement))+clean(f.remarks()))
		fmt.Fprintln(w, st.dim("  "+strings.Join(nonEmpty(f.ID, f.Date.Date.String(), strings.Join(partnersOf(f), " "), string(f.Kind)), " · ")))
		e := f.Evidence
		if e.Exact != "" {
			fmt.Fprintf(w, "  “%s”\n", clean(e.Exact))
		}
		if e.Now != "" {
			fmt.Fprintf(w, "  now “%s”\n", clean(e.Now))
		}
		place := ""
		if e.End > e.Offset && !e.Status.Stale() {
			place = fmt.Sprintf("at %d", e.Offset)
		}
		if where := nonEmpty(clean(string(e.Document)), place); len(where) > 0 {
			fmt.Fprintln(w, st.dim("  in "+strings.Join(where, " · ")))
		}
		for _, source := range f.Sources {
			fmt.Fprintln(w, st.dim("  outside source: "+clean(source)))
		}
	}
	return printFactCount(w, st, a)
}

func printFactCount(w io.Writer, st style, a *factsAnswer) error {
	_, err := fmt.Fprintln(w, st.dim(fmt.Sprintf("%s · generation %s", count(a.Total, "fact"), a.Generation)))
	return err
}

// remarks says which rule found a fact, and what is wrong with its evidence.
func (f *factHit) remarks() string {
	text := ""
	if f.Extracted != "" {
		text = " [found by rule " + f.Extracted
		if f.Repeats != "" {
			text += ", repeats " + f.Repeats
		}
		text += "]"
	}
	if f.Evidence.Status.Stale() {
		text += " [stale: " + string(f.Evidence.Status) + "]"
	}
	return text
}

func partnersOf(f factHit) []string {
	var partners []string
	for _, p := range f.Partners {
		partners = append(partners, string(p))
	}
	return partners
}

func printFactCSV(w io.Writer, _ *globals, a *factsAnswer) error {
	return corpus.WriteFactsCSV(w, func(yield func(corpus.Fact) bool) {
		for i := range a.Hits {
			if !yield(a.Hits[i].Fact) {
				return
			}
		}
	})
}
