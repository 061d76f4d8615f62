package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
)

// matrixCmd is rapport matrix.
type matrixCmd struct {
	Row             string   `arg:"" help:"Facet of the rows, such as partner."`
	Column          string   `arg:"" help:"Facet of the columns, such as year."`
	Query           []string `arg:"" optional:"" help:"A question; empty counts everything."`
	documentFilters `embed:""`
	Of              string `help:"What is counted: documents or facts." enum:"documents,facts" default:"documents"`
	CSV             bool   `help:"Print as CSV." name:"csv"`
}

// matrixAnswer is the answer of the API.
type matrixAnswer struct {
	Generation string  `json:"generation"`
	Rows       []axis  `json:"rows"`
	Columns    []axis  `json:"columns"`
	Counts     [][]int `json:"counts"`
	Total      int     `json:"total"`
}

// axis is the label of a row or column.
type axis struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Total int    `json:"total"`
}

// Run asks and prints.
func (c *matrixCmd) Run(ctx context.Context, g *globals, io *streams) error {
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"q": {strings.Join(c.Query, " ")}, "row": {c.Row}, "column": {c.Column}, "of": {c.Of}}
	c.documentFilters.add(params)
	if g.JSON {
		return printFound(ctx, o, "/api/v1/matrix", params, io.out)
	}
	var a matrixAnswer
	if err := ask(ctx, o, "/api/v1/matrix", params, &a, nil); err != nil {
		return err
	}
	print := printMatrix
	if c.CSV {
		print = printMatrixCSV
	}
	if err := print(io.out, &a); err != nil {
		return err
	}
	if a.Total == 0 {
		return exitCode(exitNothing)
	}
	return nil
}

// table returns the matrix as rows of text, with totals; cells without a
// record hold empty.
func (a *matrixAnswer) table(empty string) [][]string {
	head := []string{""}
	for _, c := range a.Columns {
		head = append(head, clean(c.Label))
	}
	rows := [][]string{append(head, "total")}
	for i, r := range a.Rows {
		row := []string{clean(r.Label)}
		for _, n := range a.Counts[i] {
			if n == 0 {
				row = append(row, empty)
			} else {
				row = append(row, strconv.Itoa(n))
			}
		}
		rows = append(rows, append(row, strconv.Itoa(r.Total)))
	}
	last := []string{"total"}
	for _, c := range a.Columns {
		last = append(last, strconv.Itoa(c.Total))
	}
	return append(rows, append(last, strconv.Itoa(a.Total)))
}

func printMatrix(w io.Writer, a *matrixAnswer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range a.table("·") {
		fmt.Fprintln(t, strings.Join(row, "\t")+"\t")
	}
	return t.Flush()
}

func printMatrixCSV(w io.Writer, a *matrixAnswer) error {
	if err := csv.NewWriter(w).WriteAll(a.table("0")); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
