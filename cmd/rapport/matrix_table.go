package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search"
	"rapport/web"
)

// Widths in a table, in characters.
const (
	headWidth = 14 // to which headings of columns are wrapped
	gap       = 2  // before a column
)

// rows returns the indices of the rows in the order of their labels, and
// columns those of the columns in the order of the API; what is not stated
// comes last.
func (a *matrixAnswer) rows() []int {
	order := numbers(len(a.Rows))
	slices.SortStableFunc(order, func(i, j int) int {
		one, two := a.Rows[i], a.Rows[j]
		if none := cmp.Compare(asInt(one.Value == corpus.None), asInt(two.Value == corpus.None)); none != 0 {
			return none
		}
		return strings.Compare(one.Label, two.Label)
	})
	return order
}

func (a *matrixAnswer) columns() []int {
	order := numbers(len(a.Columns))
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(asInt(a.Columns[i].Value == corpus.None), asInt(a.Columns[j].Value == corpus.None))
	})
	return order
}

// numbers returns 0 to n-1.
func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// row returns the cells of a row; those without a record hold empty.
func (a *matrixAnswer) row(i int, columns []int, empty string) []string {
	row := []string{clean(a.Rows[i].Label)}
	for _, j := range columns {
		cell := empty
		if n := a.Counts[i][j]; n > 0 {
			cell = strconv.Itoa(n)
		}
		row = append(row, cell)
	}
	return append(row, strconv.Itoa(a.Rows[i].Total))
}

// last returns the row of totals.
func (a *matrixAnswer) last(columns []int) []string {
	row := []string{"total"}
	for _, j := range columns {
		row = append(row, strconv.Itoa(a.Columns[j].Total))
	}
	return append(row, strconv.Itoa(a.Total))
}

func printMatrixCSV(w io.Writer, a *matrixAnswer) error {
	columns := a.columns()
	head := []string{""}
	for _, j := range columns {
		head = append(head, clean(a.Columns[j].Label))
	}
	table := [][]string{append(head, "total")}
	for _, i := range a.rows() {
		table = append(table, a.row(i, columns, "0"))
	}
	return writeCSV(w, append(table, a.last(columns)))
}

// writeCSV writes a table for spreadsheets.
func writeCSV(w io.Writer, table [][]string) error {
	for _, row := range table {
		for i, cell := range row {
			row[i] = web.PlainCell(cell)
		}
	}
	if err := csv.NewWriter(w).WriteAll(table); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// printMatrix prints a table of at most width characters, or of all columns
// when width is 0. It says how many columns are left out.
func printMatrix(w io.Writer, a *matrixAnswer, width int, st style) error {
	columns := a.columns()
	if width > 0 {
		columns = a.fit(columns, width)
	}
	t := tabwriter.NewWriter(w, 0, 0, gap, ' ', tabwriter.AlignRight)
	for _, line := range a.heads(columns) {
		fmt.Fprintln(t, strings.Join(line, "\t")+"\t")
	}
	for _, i := range a.rows() {
		fmt.Fprintln(t, strings.Join(a.row(i, columns, "·"), "\t")+"\t")
	}
	fmt.Fprintln(t, strings.Join(a.last(columns), "\t")+"\t")
	if err := t.Flush(); err != nil {
		return err
	}
	if left := len(a.Columns) - len(columns); left > 0 {
		_, err := fmt.Fprintln(w, st.dim(fmt.Sprintf("%d of %d columns are left out to fit lines of %d characters; --csv and --json print all", left, len(a.Columns), width)))
		return err
	}
	return nil
}

// heads returns the headings, wrapped into as many lines as the longest needs.
func (a *matrixAnswer) heads(columns []int) [][]string {
	wrapped := [][]string{nil}
	most := 1
	for _, j := range columns {
		lines := wrap(clean(a.Columns[j].Label), headWidth)
		wrapped, most = append(wrapped, lines), max(most, len(lines))
	}
	wrapped = append(wrapped, []string{"total"})
	table := make([][]string, most)
	for i := range table {
		for _, lines := range wrapped {
			cell := ""
			if at := i - (most - len(lines)); at >= 0 {
				cell = lines[at]
			}
			table[i] = append(table[i], cell)
		}
	}
	return table
}

// wrap breaks a text at its spaces into lines of at most width characters, as
// far as its words allow.
func wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		n := len(lines)
		if n > 0 && utf8.RuneCountInString(lines[n-1])+1+utf8.RuneCountInString(word) <= width {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// fit chooses the columns that fit into width characters, at least one: of
// years the stretch without a gap that holds the most records, of others those
// that hold the most.
func (a *matrixAnswer) fit(columns []int, width int) []int {
	room := width - a.labelWidth() - gap - len(strconv.Itoa(a.Total)) - gap
	room = min(room, width-a.labelWidth()-gap-len("total")-gap)
	var stated, none []int
	for _, j := range columns {
		if a.Columns[j].Value == corpus.None {
			none = append(none, j)
		} else {
			stated = append(stated, j)
		}
	}
	if sum(columns, a.width) <= room {
		return columns
	}
	room -= sum(none, a.width)
	if a.Column == search.FieldYear || a.Column == search.FieldPublished {
		stated = a.densest(stated, room)
	} else {
		stated = a.largest(stated, room)
	}
	return append(stated, none...)
}

// labelWidth returns the width of the column of labels.
func (a *matrixAnswer) labelWidth() int {
	widest := len("total")
	for _, r := range a.Rows {
		widest = max(widest, utf8.RuneCountInString(clean(r.Label)))
	}
	return widest + gap
}

// width returns the width of a column.
func (a *matrixAnswer) width(j int) int {
	widest := len(strconv.Itoa(a.Columns[j].Total))
	for _, line := range wrap(clean(a.Columns[j].Label), headWidth) {
		widest = max(widest, utf8.RuneCountInString(line))
	}
	return widest + gap
}

func (a *matrixAnswer) total(j int) int { return a.Columns[j].Total }

// densest returns the columns side by side that fit and hold the most, of
// equal ones the last.
func (a *matrixAnswer) densest(columns []int, room int) []int {
	best := columns[:min(1, len(columns))]
	for from, to := 0, 1; to <= len(columns); to++ {
		for from < to-1 && sum(columns[from:to], a.width) > room {
			from++
		}
		if sum(columns[from:to], a.total) >= sum(best, a.total) {
			best = columns[from:to]
		}
	}
	return slices.Clone(best)
}

// largest returns the columns that fit when those that hold the most come
// first, in the order that they had.
func (a *matrixAnswer) largest(columns []int, room int) []int {
	byTotal := slices.Clone(columns)
	slices.SortStableFunc(byTotal, func(i, j int) int { return a.total(j) - a.total(i) })
	n := 1
	for n < len(byTotal) && sum(byTotal[:n+1], a.width) <= room {
		n++
	}
	kept := byTotal[:min(n, len(byTotal))]
	return slices.DeleteFunc(slices.Clone(columns), func(j int) bool { return !slices.Contains(kept, j) })
}

// sum adds up a property of columns.
func sum(columns []int, of func(int) int) int {
	n := 0
	for _, j := range columns {
		n += of(j)
	}
	return n
}
