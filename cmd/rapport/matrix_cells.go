package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// cells lists the cells that hold records, row by row, each with where its
// documents and facts are listed, below a row of headings.
func (a *matrixAnswer) cells() [][]string {
	list := [][]string{{a.Row, a.Column, "count", "documents", "facts"}}
	columns := a.columns()
	for _, i := range a.rows() {
		for _, j := range columns {
			if a.Counts[i][j] == 0 {
				continue
			}
			links := a.Links[i][j]
			list = append(list, []string{
				clean(a.Rows[i].Label), clean(a.Columns[j].Label), strconv.Itoa(a.Counts[i][j]), links.Documents, links.Facts,
			})
		}
	}
	return list
}

func printCells(w io.Writer, cells [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, gap, ' ', 0)
	for _, line := range cells {
		fmt.Fprintln(t, strings.TrimRight(strings.Join(line, "\t"), "\t"))
	}
	return t.Flush()
}
