package bleve

import (
	"context"
	"fmt"

	"rapport/corpus"
	"rapport/search"
)

// maxCells bounds the cells of a matrix.
const maxCells = 1 << 24

// Matrix crosses two facets over the records of a plan, in one pass over the
// columns of both.
func (s *snapshot) Matrix(ctx context.Context, p search.Plan, row, column string) (m *search.Matrix, err error) {
	err = s.run(ctx, "cross two facets", func(v *view) error {
		m, err = v.matrix(ctx, p, row, column)
		return err
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (v *view) matrix(ctx context.Context, p search.Plan, row, column string) (*search.Matrix, error) {
	e := v.evaluation(ctx, p.Kind)
	question, err := e.compile(p.Query)
	if err != nil {
		return nil, err
	}
	filters, err := e.filters(p.Filters)
	if err != nil {
		return nil, err
	}
	x := &crossing{}
	if x.rows, err = e.axis(row); err != nil {
		return nil, err
	}
	if x.columns, err = e.axis(column); err != nil {
		return nil, err
	}
	if len(x.rows.totals)*len(x.columns.totals) > maxCells {
		return nil, tooExpensive("%s by %s has more than %d cells: filter, or cross facets with fewer values", row, column, maxCells)
	}
	end, err := e.turn()
	if err != nil {
		return nil, err
	}
	defer end()
	x.counts = make([]uint32, len(x.rows.totals)*len(x.columns.totals))
	for i := range v.segs {
		sel, err := e.selection(i, question, filters, &counters{})
		if err != nil {
			return nil, err
		}
		if err := x.count(e, i, sel.list()); err != nil {
			return nil, err
		}
	}
	return x.matrix(row, column), nil
}

// axis is a facet of a matrix. Number 0 is records without a value; the
// others are one more than the numbers of values.
type axis struct {
	field  string
	values *values
	totals []uint32
}

func (e *evaluation) axis(field string) (axis, error) {
	if !isKeyword(e.kind, field) {
		return axis{}, fmt.Errorf("there is no facet %q of %s", field, e.kind)
	}
	name := fieldName(e.kind, field)
	g, err := e.view.values(name)
	if err != nil {
		return axis{}, err
	}
	return axis{field: name, values: g, totals: make([]uint32, len(g.terms)+1)}, nil
}

// numbers appends the numbers of a record's values.
func (a *axis) numbers(to []uint32, c *column, i int, record uint32) []uint32 {
	if to = c.of(to, record); len(to) == 0 {
		return append(to, 0)
	}
	for j, o := range to {
		to[j] = a.values.of[i][o] + 1
	}
	return to
}

type crossing struct {
	rows, columns axis
	counts        []uint32
	total         int
}

func (x *crossing) count(e *evaluation, i int, records []uint32) error {
	byRow, err := e.view.segs[i].column(x.rows.field)
	if err != nil {
		return err
	}
	byColumn, err := e.view.segs[i].column(x.columns.field)
	if err != nil {
		return err
	}
	width := uint32(len(x.columns.totals))
	var rows, columns []uint32
	for j, r := range records {
		if j%4096 == 0 {
			if err := e.ctx.Err(); err != nil {
				return err
			}
		}
		rows = x.rows.numbers(rows[:0], byRow, i, r)
		columns = x.columns.numbers(columns[:0], byColumn, i, r)
		for _, a := range rows {
			x.rows.totals[a]++
			for _, b := range columns {
				x.counts[a*width+b]++
			}
		}
		for _, b := range columns {
			x.columns.totals[b]++
		}
	}
	x.total += len(records)
	return nil
}

// matrix keeps the rows and columns that have records, "not stated" last.
func (x *crossing) matrix(row, column string) *search.Matrix {
	m := &search.Matrix{Row: row, Column: column, Total: x.total}
	rows, columns := x.rows.present(), x.columns.present()
	for _, b := range columns {
		m.Columns = append(m.Columns, x.columns.name(b))
		m.ColTotals = append(m.ColTotals, int(x.columns.totals[b]))
	}
	for _, a := range rows {
		m.Rows = append(m.Rows, x.rows.name(a))
		m.RowTotals = append(m.RowTotals, int(x.rows.totals[a]))
		cells := make([]int, len(columns))
		for j, b := range columns {
			cells[j] = int(x.counts[a*len(x.columns.totals)+b])
		}
		m.Counts = append(m.Counts, cells)
	}
	return m
}

func (a *axis) present() []int {
	var list []int
	for n := 1; n < len(a.totals); n++ {
		if a.totals[n] > 0 {
			list = append(list, n)
		}
	}
	if a.totals[0] > 0 {
		list = append(list, 0)
	}
	return list
}

func (a *axis) name(n int) string {
	if n == 0 {
		return corpus.None
	}
	return a.values.terms[n-1]
}
