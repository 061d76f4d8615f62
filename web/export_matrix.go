package web

import (
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// matrixCSV serves two facets crossed as a table for spreadsheets.
func (s *server) matrixCSV(c echo.Context) error {
	ctx := c.Request().Context()
	snapshot, err := s.acquireWhole(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Release()
	m, err := s.apiMatrix(ctx, snapshot, &asked{params: c.QueryParams()})
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="rapport-matrix.csv"`)
	h.Set("X-Rapport-Generation", m.Generation)
	c.Response().WriteHeader(http.StatusOK)
	table := m.table()
	if m.Links != nil {
		table = m.cells()
	}
	return csv.NewWriter(c.Response()).WriteAll(append(table, []string{"#end", strconv.Itoa(len(table) - 1), "generation " + m.Generation}))
}

// table lists the counts by row, with the values of the columns above them.
func (m *matrixAnswer) table() [][]string {
	head := []string{m.Row, "label"}
	for _, column := range m.Columns {
		head = append(head, PlainCell(column.Value))
	}
	rows := [][]string{append(head, "all")}
	for i, row := range m.Rows {
		line := []string{PlainCell(row.Value), PlainCell(row.Label)}
		for _, n := range m.Counts[i] {
			line = append(line, strconv.Itoa(n))
		}
		rows = append(rows, append(line, strconv.Itoa(row.Total)))
	}
	return rows
}

// cells lists the cells that hold records, each with its links.
func (m *matrixAnswer) cells() [][]string {
	rows := [][]string{{m.Row, m.Row + " label", m.Column, m.Column + " label", "count", "documents", "facts"}}
	for i, row := range m.Rows {
		for j, column := range m.Columns {
			if n := m.Counts[i][j]; n > 0 {
				rows = append(rows, []string{
					PlainCell(row.Value), PlainCell(row.Label), PlainCell(column.Value), PlainCell(column.Label),
					strconv.Itoa(n), m.Links[i][j].Documents, m.Links[i][j].Facts,
				})
			}
		}
	}
	return rows
}
