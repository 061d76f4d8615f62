package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"
)

// factsCmd is rapport facts.
type factsCmd struct {
	Query       []string `arg:"" optional:"" help:"Words of the facts; empty finds all."`
	factFilters `embed:""`
	paging      `embed:""`
	CSV         bool `help:"Print as CSV, with all columns." name:"csv"`
}

// Run asks and prints.
func (c *factsCmd) Run(ctx context.Context, g *globals, io *streams) error {
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"q": {strings.Join(c.Query, " ")}}
	c.factFilters.add(params)
	c.paging.add(params)
	if g.JSON {
		return printFound(ctx, o, "/api/v1/facts", params, io.out)
	}
	var a factsAnswer
	if err := ask(ctx, o, "/api/v1/facts", params, &a, nil); err != nil {
		return err
	}
	print := printFactTable
	if c.CSV {
		print = printFactCSV
	}
	if err := print(io.out, g, &a); err != nil {
		return err
	}
	if !g.Quiet {
		printReading(io.err, &a.Query)
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
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", f.Date.EDTF, strings.Join(f.Partners, " "), f.Kind, clean(sum), clean(f.Statement))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, st.dim(fmt.Sprintf("%s · generation %s", count(a.Total, "fact"), a.Generation)))
	return err
}

func printFactCSV(w io.Writer, _ *globals, a *factsAnswer) error {
	t := csv.NewWriter(w)
	rows := [][]string{{
		"id", "kind", "date", "mode", "partners", "topics", "statement", "amount", "currency", "bound", "stage", "measure",
		"quantity", "unit", "document", "page", "offset", "status", "exact", "sources", "extracted",
	}}
	for _, f := range a.Hits {
		row := []string{f.ID, f.Kind, f.Date.EDTF, f.Date.Mode, strings.Join(f.Partners, ";"), strings.Join(f.Topics, ";"), f.Statement}
		if m := f.Amount; m != nil {
			row = append(row, m.Value.String(), m.Currency, string(m.Bound), string(m.Stage), string(m.Measure))
		} else {
			row = append(row, "", "", "", "", "")
		}
		if q := f.Quantity; q != nil {
			row = append(row, q.Value.String(), q.Unit)
		} else {
			row = append(row, "", "")
		}
		e := f.Evidence
		rows = append(rows, append(row, string(e.Document), e.Page, fmt.Sprint(e.Offset), string(e.Status), e.Exact, strings.Join(f.Sources, ";"), f.Extracted))
	}
	if err := t.WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
