// Package matrix is the table of counts by two facets.
package matrix

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html style.css
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "matrix", Files: files, Show: show} }

// View is the table of two facets crossed.
type View struct {
	Back      string // the answer that is crossed, empty for all there is
	Of        string // "Facts" or "Documents"
	Title     string
	RowName   string
	Kinds     []pages.SortView
	Rows      []pages.SortView
	Columns   []pages.SortView
	Chips     []pages.Chip
	Question  string
	Groups    []columnGroup
	Heads     []columnHead
	Table     []matrixRow
	Left      []string // rows without anything
	Outside   rowless  // records that no row counts
	OmitRows  int
	OmitCols  int
	OmitRange string
	// Unselected says that the records have values besides those that filters
	// select, whose rows or columns are left out.
	Unselected bool
	Zero       bool   // the table has cells of zero, which differ from nothing found
	Widest     string // name of a row: it keeps the place of all before they arrive
	Missing    bool   // the table has a column of records that state nothing
	Exports    []pages.Link
	Upright    bool // headings are long and stand upright
}

// rowless are the records that state no value of the rows.
type rowless struct {
	Count int
	Href  string
	Why   string
}

// columnGroup heads the columns of a decade.
type columnGroup struct {
	Hidden, Text string
	Span         int
}

// columnHead heads a column. The century is hidden: there is no room for it.
type columnHead struct{ Hidden, Text string }

// matrixRow is a row with its cells.
type matrixRow struct {
	Name, Href string
	Cells      []matrixCell
	Missing    matrixCell
	All        matrixCell
	List       []pages.Link // the same as a list
}

// Listed reports whether the table has a cell that leads anywhere, and so a
// list of them.
func (m *View) Listed() bool {
	return slices.ContainsFunc(m.Table, func(r matrixRow) bool { return len(r.List) > 0 })
}

// matrixCell is a number that leads to what it counts; absence has two forms.
type matrixCell struct {
	Count int
	Href  string
	Label string
	Class string // heat step, "z" for zero, "nf" for nothing found
}

// show crosses two facets over a question.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	kind, row, column, err := axes(v)
	if err != nil {
		return nil, err
	}
	params := pages.JoinRanges(v.Params)
	if err := search.OnlyQuestion(params, kind, "of", "row", "column"); err != nil {
		return nil, err
	}
	params = pages.Address{Params: params}.Drop("of", "row", "column").Params
	m, err := cross(ctx, v, params, kind, row, column)
	if err != nil {
		return nil, err
	}
	read := map[[2]string]bool{}
	if kind == search.Facts && !onlyFacts(row) && !onlyFacts(column) {
		if read, err = documentsRead(ctx, v, params, row, column); err != nil {
			return nil, err
		}
	}
	here := pages.Address{Path: "/matrix", Params: params}
	body := newMatrix(v, here, kind, m, read)
	return &pages.View{Template: "matrix", Title: body.Title, Section: "matrix", Question: params.Get("q"),
		Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: body}, nil
}

// cross counts the records of a kind that answer the question.
func cross(ctx context.Context, v *pages.Visit, params url.Values, kind search.Kind, row, column string) (*search.Matrix, error) {
	plan, err := pages.Plan(ctx, v.Snapshot, params, kind)
	if err != nil {
		return nil, err
	}
	return v.Snapshot.Matrix(ctx, plan, row, column)
}

// axes reads what is crossed.
func axes(v *pages.Visit) (kind search.Kind, row, column string, err error) {
	kind = search.Kind(cmp.Or(v.Params.Get("of"), string(search.Facts)))
	row, column = cmp.Or(v.Params.Get("row"), search.FieldPartner), cmp.Or(v.Params.Get("column"), search.FieldYear)
	if kind != search.Facts && kind != search.Documents {
		return kind, row, column, &pages.BadRequest{Err: fmt.Errorf("of is %.40q, but must be facts or documents", kind)}
	}
	for _, field := range []string{row, column} {
		if !slices.Contains(search.FacetFields(kind), field) {
			return kind, row, column, &pages.BadRequest{Err: pages.NoFacet(kind, field)}
		}
	}
	if row == column {
		return kind, row, column, &pages.BadRequest{Err: errors.New("row and column are the same facet")}
	}
	return kind, row, column, nil
}

func onlyFacts(field string) bool {
	return !slices.Contains(search.FacetFields(search.Documents), field)
}

// documentsRead returns the cells for which a document was read: no fact
// there is a zero, and elsewhere nothing is known.
func documentsRead(ctx context.Context, v *pages.Visit, params url.Values, row, column string) (map[[2]string]bool, error) {
	m, err := cross(ctx, v, params, search.Documents, row, column)
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

func newMatrix(v *pages.Visit, here pages.Address, kind search.Kind, m *search.Matrix, read map[[2]string]bool) *View {
	t := v.Snapshot.Taxonomy()
	of := "Facts"
	target := "/facts"
	if kind == search.Documents {
		of, target = "Documents", "/search"
	}
	b := &View{Of: of, RowName: pages.HeadingOf(m.Row), Title: of + " by " + strings.ToLower(pages.HeadingOf(m.Row)) + " and " + strings.ToLower(pages.HeadingOf(m.Column)),
		Chips: pages.Chips(crossing(here, kind, m.Row, m.Column), t), Question: here.Params.Get("q")}
	b.choices(here, kind, m)
	columns := b.columns(t, m, here.Params)
	rows := b.rows(t, m, here.Params)
	answers := here.Under(target)
	if len(b.Chips) > 0 || b.Question != "" {
		b.Back = answers.String()
	}
	if i := slices.Index(m.Rows, corpus.None); i >= 0 && m.RowTotals[i] > 0 {
		b.Outside = rowless{m.RowTotals[i], narrow(answers, m.Row, corpus.None).String(), strings.ToLower(pages.MissingLabel(m.Row))}
	}
	for _, i := range rows {
		b.Table = append(b.Table, newMatrixRow(answers, t, m, i, columns, read))
	}
	for _, r := range b.Table {
		b.Missing = b.Missing || r.Missing.Count > 0
		if utf8.RuneCountInString(r.Name) > utf8.RuneCountInString(b.Widest) {
			b.Widest = r.Name
		}
		for _, c := range r.Cells {
			b.Zero = b.Zero || c.Class == "z"
		}
	}
	export := pages.Address{Path: "/matrix.csv", Params: here.Params}.Set("of", string(kind)).Set("row", m.Row).Set("column", m.Column)
	b.Exports = []pages.Link{{Href: export.String(), Text: "CSV, for spreadsheets"}, {Href: export.Under("/api/v1/matrix").String(), Text: "JSON"}}
	return b
}

// choices links the other ways to cross.
func (b *View) choices(here pages.Address, kind search.Kind, m *search.Matrix) {
	with := func(of search.Kind, row, column string) string {
		return crossing(here.Of(of), of, row, column).String()
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
		b.Kinds = append(b.Kinds, pages.SortView{Href: with(k, row, column), Text: text, Now: k == kind})
	}
	fields := []string{search.FieldPartner, search.FieldTopic, search.FieldYear}
	if kind == search.Facts {
		fields = append(fields, search.FieldKind)
	} else {
		fields = append(fields, search.FieldType, search.FieldPublished)
	}
	for _, field := range fields {
		if field != m.Column {
			b.Rows = append(b.Rows, pages.SortView{Href: with(kind, field, m.Column), Text: pages.HeadingOf(field), Now: field == m.Row})
		}
		if field != m.Row {
			b.Columns = append(b.Columns, pages.SortView{Href: with(kind, m.Row, field), Text: pages.HeadingOf(field), Now: field == m.Column})
		}
	}
}

// crossing returns the address at which the records of a kind are crossed; what
// is crossed unasked is not in it.
func crossing(here pages.Address, of search.Kind, row, column string) pages.Address {
	return here.Set("of", blankIf(string(of), string(search.Facts))).Set("row", blankIf(row, search.FieldPartner)).
		Set("column", blankIf(column, search.FieldYear))
}

func blankIf(value, usual string) string {
	if value == usual {
		return ""
	}
	return value
}

func newMatrixRow(here pages.Address, t *corpus.Taxonomy, m *search.Matrix, i int, columns []int, read map[[2]string]bool) matrixRow {
	value := m.Rows[i]
	name := pages.Display(m.Row, value, search.LabelOf(t, m.Row, value))
	of := narrow(here, m.Row, value)
	row := matrixRow{Name: name, Href: of.String(), All: matrixCell{Count: m.RowTotals[i], Href: of.String(), Label: pages.Number(m.RowTotals[i]) + ", " + name + ", all"}}
	switch m.Row {
	case search.FieldPartner:
		row.Href = "/partners/" + url.PathEscape(value)
	case search.FieldTopic:
		row.Href = "/topics/" + url.PathEscape(value)
	}
	for _, j := range columns {
		column := m.Columns[j]
		head := pages.Display(m.Column, column, search.LabelOf(t, m.Column, column))
		cell := newMatrixCell(m.Counts[i][j], read[[2]string{value, column}])
		if cell.Count > 0 {
			cell.Href = narrow(of, m.Column, column).String()
			cell.Label = pages.Number(cell.Count) + ", " + name + " " + head
			row.List = append(row.List, pages.Link{Href: cell.Href, Text: head + " (" + pages.Number(cell.Count) + ")"})
		}
		row.Cells = append(row.Cells, cell)
	}
	if j := slices.Index(m.Columns, corpus.None); j >= 0 && m.Counts[i][j] > 0 {
		row.Missing = matrixCell{Count: m.Counts[i][j], Href: narrow(of, m.Column, corpus.None).String(), Label: pages.Number(m.Counts[i][j]) + ", " + name + ", " + pages.MissingLabel(m.Column)}
	}
	return row
}
