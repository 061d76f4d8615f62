package main

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"rapport/search"
	"rapport/web"
)

// matrixCmd is rapport matrix.
type matrixCmd struct {
	Row             string   `arg:"" help:"Facet of the rows, such as partner."`
	Column          string   `arg:"" help:"Facet of the columns, such as year."`
	Query           []string `arg:"" optional:"" help:"A question; empty counts everything."`
	documentFilters `embed:""`
	factOnly        `embed:""`
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
  rapport matrix partner year --of facts --kind visit
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
	Reading    *web.Reading `json:"reading"`
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
	if err := c.filter(params); err != nil {
		return err
	}
	if g.JSON {
		return printFound(ctx, o, "/api/v1/matrix", params, io.out)
	}
	var a matrixAnswer
	if err := ask(ctx, o, "/api/v1/matrix", params, &a); err != nil {
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
	if !g.Quiet {
		printIncomplete(io.err, a.Reading)
	}
	if a.Total == 0 {
		return exitCode(exitNothing)
	}
	return nil
}

// filter adds the filters. It refuses those that what is counted does not have:
// left out, they would not be missed.
func (c *matrixCmd) filter(params url.Values) error {
	documents, facts := url.Values{}, url.Values{}
	c.documentOnly.add(documents)
	c.factOnly.add(facts)
	if c.Of == string(search.Documents) && len(facts) > 0 {
		return fmt.Errorf("%s: documents have no such filter; count facts with --of facts", flagsOf(facts))
	}
	if c.Of == string(search.Facts) && len(documents) > 0 {
		return fmt.Errorf("%s: facts have no such filter; count documents, or leave it out", flagsOf(documents))
	}
	c.documentFilters.add(params)
	c.factOnly.add(params)
	return nil
}

// flagsOf names the flags that parameters came from.
func flagsOf(params url.Values) string {
	var flags []string
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if field, not := strings.CutPrefix(name, "-"); not {
			flags = append(flags, "--not-"+field)
		} else {
			flags = append(flags, "--"+name)
		}
	}
	return strings.Join(flags, ", ")
}
