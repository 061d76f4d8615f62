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
	snapshot, err := s.engine.Acquire(ctx)
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
	w := csv.NewWriter(c.Response())
	head := []string{m.Row, "label"}
	for _, column := range m.Columns {
		head = append(head, plainCell(column.Value))
	}
	rows := [][]string{append(head, "all")}
	for i, row := range m.Rows {
		line := []string{plainCell(row.Value), plainCell(row.Label)}
		for _, n := range m.Counts[i] {
			line = append(line, strconv.Itoa(n))
		}
		rows = append(rows, append(line, strconv.Itoa(row.Total)))
	}
	return w.WriteAll(append(rows, []string{"#end", strconv.Itoa(len(m.Rows)), "generation " + m.Generation}))
}
