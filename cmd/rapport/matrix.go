package main

import (
	"context"
	"net/url"
	"strings"
)

// matrixCmd is rapport matrix.
type matrixCmd struct {
	Row             string   `arg:"" help:"Facet of the rows, such as partner."`
	Column          string   `arg:"" help:"Facet of the columns, such as year."`
	Query           []string `arg:"" optional:"" help:"A question; empty counts everything."`
	documentFilters `embed:""`
	Of              string `help:"What is counted: documents or facts." enum:"documents,facts" default:"documents"`
	Links           bool   `help:"Print one line per cell, with the addresses of its documents and facts."`
	CSV             bool   `help:"Print as CSV, all columns." name:"csv"`
}

// Help gives examples and exit codes.
func (matrixCmd) Help() string {
	return `Examples:
  rapport matrix partner year                      documents on each partner by the years they speak of
  rapport matrix topic published 'trust fund'      over a question
  rapport matrix partner kind --of facts           facts instead of documents
  rapport matrix partner year --csv > matrix.csv   for a spreadsheet, with all columns
  rapport matrix partner year --links              where each count is listed, in the pages that rapport serve serves

The facets are partner, year, topic, mention, published, type, publisher, format, lang and source; of facts partner,
year, topic, kind, status and currency. On a terminal a table keeps to its width, and says what it left out.

Exit status: 0 found, 1 nothing found, 2 error.`
}

// matrixAnswer is the answer of the API.
type matrixAnswer struct {
	Generation string       `json:"generation"`
	Row        string       `json:"row"`    // field
	Column     string       `json:"column"` // field
	Rows       []axis       `json:"rows"`
	Columns    []axis       `json:"columns"`
	Counts     [][]int      `json:"counts"`
	Total      int          `json:"total"`
	Links      [][]cellLink `json:"links"`
}

// cellLink says where the documents and facts of a cell are listed.
type cellLink struct {
	Documents string `json:"documents"`
	Facts     string `json:"facts"` // empty when facts have no such facet
}

// axis is the label of a row or column.
type axis struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Total int    `json:"total"`
}

// Run asks and prints.
func (c *matrixCmd) Run(ctx context.Context, g *globals, io *streams) error {
	if g.JSON && c.CSV {
		return errJSONAndCSV
	}
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"q": {strings.Join(c.Query, " ")}, "row": {c.Row}, "column": {c.Column}, "of": {c.Of}}
	if c.Links {
		params.Set("links", "true")
	}
	c.documentFilters.add(params)
	if g.JSON {
		return printFound(ctx, o, "/api/v1/matrix", params, io.out)
	}
	var a matrixAnswer
	if err := ask(ctx, o, "/api/v1/matrix", params, &a, nil); err != nil {
		return err
	}
	switch {
	case c.Links && c.CSV:
		err = writeCSV(io.out, a.cells())
	case c.Links:
		err = printCells(io.out, a.cells())
	case c.CSV:
		err = printMatrixCSV(io.out, &a)
	default:
		err = printMatrix(io.out, &a, terminalWidth(io.out), g.style(io.out))
	}
	if err != nil {
		return err
	}
	if a.Total == 0 {
		return exitCode(exitNothing)
	}
	return nil
}
