package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"rapport/corpus"
)

// printTotals prints what the sums of all facts found come to, as far as they
// may be added.
func printTotals(w io.Writer, g *globals, a *factsAnswer) error {
	if a.Totals == nil {
		return fmt.Errorf("%s are too many to add up; narrow them down, for instance with --partner or --year", count(a.TooMany, "fact"))
	}
	if g.JSON {
		return printJSON(w, a.Totals)
	}
	st := g.style(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range a.Totals.Sums {
		fmt.Fprintf(t, "%s\t%s %s\t%s\t%s\n", s.Currency, s.Bound, s.Value, cmp.Or(string(s.Stage), "stage not stated"), count(s.Events, "payment"))
	}
	for _, l := range a.Totals.LeftOut {
		fmt.Fprintf(t, "not added\t%d\t%s\t\n", l.Facts, l.Reason)
	}
	for _, c := range a.Totals.Contested {
		fmt.Fprintf(t, "disputed\t%s\t%s\t\n", valueOf(c), strings.Join(nonEmpty(c.Fact, naming("replaces", c.Supersedes), naming("contradicts", c.ConflictsWith)), " "))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, st.dim(fmt.Sprintf("%s · generation %s", count(a.Totals.Facts, "fact"), a.Generation)))
	return err
}

// valueOf writes a disputed value with its bound, as its source has it.
func valueOf(c corpus.Contested) string {
	switch {
	case c.Amount != nil:
		return strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Amount.Bound, c.Amount.Value, c.Amount.Currency))
	case c.Quantity != nil:
		return strings.TrimSpace(fmt.Sprintf("%s %s", c.Quantity.Bound, clean(c.Quantity.Text)))
	}
	return ""
}

// naming writes what a fact says of others, or nothing.
func naming(verb string, facts []string) string {
	if len(facts) == 0 {
		return ""
	}
	return verb + " " + strings.Join(facts, ", ")
}
