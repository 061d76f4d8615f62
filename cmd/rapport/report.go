package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"

	"rapport/corpus"
)

// reportCmd is rapport report.
type reportCmd struct {
	Limit int `help:"How many runs to show, newest first." default:"1" placeholder:"N"`
}

// Help gives examples.
func (reportCmd) Help() string {
	return `Examples:
  rapport report              what the last run did
  rapport report --limit 5    and the four before it
  rapport report --json       with every path that was added, changed, removed or renamed

The counts that moved are those of documents by partner, topic and year.

Exit status: 0 told, 2 there is no index, or it cannot answer.`
}

// Run asks and prints.
func (c *reportCmd) Run(ctx context.Context, g *globals, std *streams) error {
	if c.Limit < 1 || c.Limit > 100 {
		return errors.New("--limit must be from 1 to 100")
	}
	o, err := open(ctx, g, std)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"limit": {strconv.Itoa(c.Limit)}}
	if g.JSON {
		return printFound(ctx, o, "/api/v1/reports", params, std.out)
	}
	var a struct {
		Reports []corpus.Report `json:"reports"`
	}
	if err := ask(ctx, o, "/api/v1/reports", params, &a); err != nil {
		return err
	}
	for i, r := range a.Reports {
		if i > 0 {
			fmt.Fprintln(std.out)
		}
		fmt.Fprintln(std.out, r.Started.Local().Format(time.DateTime))
		printReport(std.out, r)
		if r.Failed != "" { // which a run itself says as its error
			fmt.Fprintf(std.out, "  something was left undone: %s\n", clean(r.Failed))
		}
		printMoved(std.out, r)
	}
	return nil
}

// printMoved lists the counts that a run has changed most.
func printMoved(w io.Writer, r corpus.Report) {
	const most = 20
	for i, m := range r.Moved {
		if i == most {
			fmt.Fprintf(w, "  and %d more counts moved\n", len(r.Moved)-most+r.MovedOmitted)
			return
		}
		fmt.Fprintf(w, "  %s %s: %d, was %d\n", m.Facet, clean(m.Label), m.After, m.Before)
	}
}
