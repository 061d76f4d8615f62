package pages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// matrixView is the table of two facets crossed.
type matrixView struct {
	Of        string // "Facts" or "Documents"
	Title     string
	RowName   string
	Kinds     []SortView
	Rows      []SortView
	Columns   []SortView
	Chips     []Chip
	ClearAll  string
	Question  string
	Groups    []columnGroup
	Heads     []columnHead
	Table     []matrixRow
	Left      []string // rows without anything
	Outside   rowless  // records that no row counts
	OmitRows  int
	OmitCols  int
	OmitRange string
	Zero      bool // the table has cells of zero, which differ from nothing found
	Missing   bool // the table has a column of records that state nothing
	Exports   []Link
	Upright   bool // headings are long and stand upright
}

// rowless are the records that state no value of the rows.
type rowless struct {
	Count int
	Href  string
	Why   string
}

// columnGroup heads the columns of a decade.
type columnGroup struct {
	Text string
	Span int
}

// columnHead heads a column.
type columnHead struct{ Hidden, Text string }

// matrixRow is a row with its cells.
type matrixRow struct {
	Name, Href string
	Cells      []matrixCell
	Missing    matrixCell
	All        matrixCell
	List       []Link // the same as a list
}

// Listed reports whether the table has a cell that leads anywhere, and so a
// list of them.
func (m *matrixView) Listed() bool {
	return slices.ContainsFunc(m.Table, func(r matrixRow) bool { return len(r.List) > 0 })
}

// matrixCell is a number that leads to what it counts; absence has two forms.
type matrixCell struct {
	Count int
	Href  string
	Label string
	Class string // heat step, "z" for zero, "nf" for nothing found
}

// Matrix crosses two facets over a question.
func Matrix(ctx context.Context, v *Visit) (*View, error) {
	kind, row, column, err := v.axes()
	if err != nil {
		return nil, err
	}
	params := Address{Params: joinRanges(v.Params)}.Drop("of", "row", "column", "cursor", "sort", "limit").Params
	for name := range params {
		if field := strings.TrimPrefix(name, "-"); isFilter(field) && !applies(field, kind) {
			delete(params, name)
		}
	}
	plan, err := Plan(ctx, v.Snapshot, params, kind)
	if err != nil {
		return nil, err
	}
	m, err := v.Snapshot.Matrix(ctx, plan, row, column)
	if err != nil {
		return nil, err
	}
	read := map[[2]string]bool{}
	if kind == search.Facts && !onlyFacts(row) && !onlyFacts(column) {
		if read, err = v.documentsRead(ctx, params, row, column); err != nil {
			return nil, err
		}
	}
	here := Address{Path: "/matrix", Params: params}
	body := v.newMatrix(here, kind, m, read)
	return &View{Template: "matrix", Title: body.Title, Section: "matrix", Question: params.Get("q"),
		Skips: []Link{{"#main", "Skip to content"}}, Body: body}, nil
}

// axes reads what is crossed.
func (v *Visit) axes() (kind search.Kind, row, column string, err error) {
	kind = search.Kind(cmp.Or(v.Params.Get("of"), string(search.Facts)))
	row, column = cmp.Or(v.Params.Get("row"), search.FieldPartner), cmp.Or(v.Params.Get("column"), search.FieldYear)
	if kind != search.Facts && kind != search.Documents {
		return kind, row, column, &BadRequest{fmt.Errorf("of is %.40q, but must be facts or documents", kind)}
	}
	for _, field := range []string{row, column} {
		if !slices.Contains(search.FacetFields(kind), field) {
			return kind, row, column, &BadRequest{fmt.Errorf("%s have no facet %.40q", kind, field)}
		}
	}
	if row == column {
		return kind, row, column, &BadRequest{errors.New("row and column are the same facet")}
	}
	return kind, row, column, nil
}

func onlyFacts(field string) bool {
	return !slices.Contains(search.FacetFields(search.Documents), field)
}

// documentsRead returns the cells for which a document was read: no fact
// there is a zero, and elsewhere nothing is known.
func (v *Visit) documentsRead(ctx context.Context, params url.Values, row, column string) (map[[2]string]bool, error) {
	plan, err := Plan(ctx, v.Snapshot, params, search.Documents)
	if err != nil {
		return nil, err
	}
	m, err := v.Snapshot.Matrix(ctx, plan, row, column)
	if err != nil {
		return nil, err
	}
	read := map[[2]string]bool{}
	for i, counts := range m.Counts {
		for j, n := range counts {
			if n > 0 {
				read[[2]string{m.Rows[i], m.Columns[j]}] = true
			}
		}
	}
	return read, nil
}

func (v *Visit) newMatrix(here Address, kind search.Kind, m *search.Matrix, read map[[2]string]bool) *matrixView {
	t := v.Snapshot.Taxonomy()
	of := "Facts"
	target := "/facts"
	if kind == search.Documents {
		of, target = "Documents", "/search"
	}
	b := &matrixView{Of: of, RowName: headingOf(m.Row), Title: of + " by " + strings.ToLower(headingOf(m.Row)) + " and " + strings.ToLower(headingOf(m.Column)),
		Chips: chips(here, t), ClearAll: withoutFilters(here).Set("row", m.Row).Set("column", m.Column).Set("of", string(kind)).String(), Question: here.Params.Get("q")}
	b.choices(here, kind, m)
	columns := b.columns(t, m)
	rows := b.rows(t, m)
	answers := withPath(here, target)
	if i := slices.Index(m.Rows, corpus.None); i >= 0 && m.RowTotals[i] > 0 {
		b.Outside = rowless{m.RowTotals[i], narrow(answers, m.Row, corpus.None).String(), strings.ToLower(missingLabel(m.Row))}
	}
	for _, i := range rows {
		b.Table = append(b.Table, newMatrixRow(answers, t, m, i, columns, read))
	}
	for _, r := range b.Table {
		b.Missing = b.Missing || r.Missing.Count > 0
		for _, c := range r.Cells {
			b.Zero = b.Zero || c.Class == "z"
		}
	}
	export := Address{Path: "/matrix.csv", Params: here.Params}.Set("of", string(kind)).Set("row", m.Row).Set("column", m.Column)
	b.Exports = []Link{{export.String(), "CSV, for spreadsheets"}, {withPath(export, "/api/v1/matrix").String(), "JSON"}}
	return b
}

// choices links the other ways to cross.
func (b *matrixView) choices(here Address, kind search.Kind, m *search.Matrix) {
	with := func(of, row, column string) string {
		return here.Set("of", blankIf(of, string(search.Facts))).Set("row", blankIf(row, search.FieldPartner)).
			Set("column", blankIf(column, search.FieldYear)).String()
	}
	for _, k := range []search.Kind{search.Facts, search.Documents} {
		row, column := m.Row, m.Column
		if !slices.Contains(search.FacetFields(k), row) {
			row = search.FieldPartner
		}
		if !slices.Contains(search.FacetFields(k), column) {
			column = search.FieldYear
		}
		if row == column {
			row, column = search.FieldPartner, search.FieldYear
		}
		text := "Facts"
		if k == search.Documents {
			text = "Documents"
		}
		b.Kinds = append(b.Kinds, SortView{with(string(k), row, column), text, k == kind})
	}
	fields := []string{search.FieldPartner, search.FieldTopic, search.FieldYear}
	if kind == search.Facts {
		fields = append(fields, search.FieldKind)
	} else {
		fields = append(fields, search.FieldType, search.FieldPublished)
	}
	for _, field := range fields {
		if field != m.Column {
			b.Rows = append(b.Rows, SortView{with(string(kind), field, m.Column), headingOf(field), field == m.Row})
		}
		if field != m.Row {
			b.Columns = append(b.Columns, SortView{with(string(kind), m.Row, field), headingOf(field), field == m.Column})
		}
	}
}

func blankIf(value, usual string) string {
	if value == usual {
		return ""
	}
	return value
}

func newMatrixRow(here Address, t *corpus.Taxonomy, m *search.Matrix, i int, columns []int, read map[[2]string]bool) matrixRow {
	value := m.Rows[i]
	name := display(m.Row, value, search.LabelOf(t, m.Row, value))
	of := narrow(here, m.Row, value)
	row := matrixRow{Name: name, Href: of.String(), All: matrixCell{Count: m.RowTotals[i], Href: of.String(), Label: number(m.RowTotals[i]) + ", " + name + ", all"}}
	switch m.Row {
	case search.FieldPartner:
		row.Href = "/partners/" + url.PathEscape(value)
	case search.FieldTopic:
		row.Href = "/topics/" + url.PathEscape(value)
	}
	for _, j := range columns {
		column := m.Columns[j]
		head := display(m.Column, column, search.LabelOf(t, m.Column, column))
		cell := newMatrixCell(m.Counts[i][j], read[[2]string{value, column}])
		if cell.Count > 0 {
			cell.Href = narrow(of, m.Column, column).String()
			cell.Label = number(cell.Count) + ", " + name + " " + head
			row.List = append(row.List, Link{cell.Href, head + " (" + number(cell.Count) + ")"})
		}
		row.Cells = append(row.Cells, cell)
	}
	if j := slices.Index(m.Columns, corpus.None); j >= 0 && m.Counts[i][j] > 0 {
		row.Missing = matrixCell{Count: m.Counts[i][j], Href: narrow(of, m.Column, corpus.None).String(), Label: number(m.Counts[i][j]) + ", " + name + ", " + missingLabel(m.Column)}
	}
	return row
}

// Cell is a place in a table of two facets.
type Cell struct{ Row, RowValue, Column, ColumnValue string }

// Addresses returns where the documents and the facts of a cell are listed,
// of the answer that the parameters ask for. The facts are left out when they
// have no such facet.
func (c Cell) Addresses(params url.Values) (documents, facts string) {
	at := func(kind search.Kind, path string) string {
		for _, field := range []string{c.Row, c.Column} {
			if !slices.Contains(search.FacetFields(kind), field) {
				return ""
			}
		}
		here := Address{Path: path, Params: params}
		return narrow(narrow(here, c.Row, c.RowValue), c.Column, c.ColumnValue).String()
	}
	return at(search.Documents, "/search"), at(search.Facts, "/facts")
}

// narrow selects one value of a facet. When others are selected there already
// a record must have one of them and the value too: that goes into the
// question.
func narrow(here Address, field, value string) Address {
	selected := here.Params[field]
	if len(selected) == 0 || len(selected) == 1 && selected[0] == value {
		return here.Set(field, value)
	}
	return here.Set("q", strings.TrimSpace(here.Params.Get("q")+" "+search.Value{Field: field, Value: value}.String()))
}

func newMatrixCell(n int, read bool) matrixCell {
	c := matrixCell{Count: n}
	switch {
	case n == 0 && read:
		c.Class = "z"
	case n == 0:
		c.Class = "nf"
	case n <= 2:
		c.Class = "a" + strconv.Itoa(n)
	case n <= 4:
		c.Class = "a3"
	case n <= 8:
		c.Class = "a4"
	default:
		c.Class = "a5"
	}
	return c
}
