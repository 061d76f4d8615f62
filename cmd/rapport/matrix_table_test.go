package main

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// yearMatrix is one of partners by year, of which the recent ones hold more.
func yearMatrix() *matrixAnswer {
	a := &matrixAnswer{Column: "year", Total: 900}
	for i := range 30 {
		a.Columns = append(a.Columns, axis{fmt.Sprint(1990 + i), fmt.Sprint(1990 + i), 10 + i%25})
	}
	a.Columns = append(a.Columns, axis{"none", "not stated", 7})
	for _, name := range []string{"Zealand", "Japan"} {
		a.Rows = append(a.Rows, axis{name, name, 40})
		a.Counts = append(a.Counts, make([]int, len(a.Columns)))
	}
	a.Counts[1][0] = 3
	return a
}

func TestMatrixFitsTheTerminal(t *testing.T) {
	for _, width := range []int{20, 40, 80, 120, 500} {
		var out strings.Builder
		if err := printMatrix(&out, yearMatrix(), width, style{}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		head := strings.Fields(strings.TrimSuffix(strings.TrimSpace(lines[0]), "total"))
		years := len(head) - 2 // "not stated"
		note := fmt.Sprintf("%d of 31 columns are left out to fit lines of %d characters; --csv and --json print all", 30-years, width)
		if width == 500 {
			note = lines[len(lines)-1] // the row of totals
		}
		if got := lines[len(lines)-1]; got != note || (years == 30) != (width == 500) || years < 1 {
			t.Errorf("width %d: %d years, and %q", width, years, got)
		}
		for _, line := range lines[:4] {
			if n := utf8.RuneCountInString(line); n > max(width, 36) { // one column is always printed
				t.Errorf("width %d: a line of %d characters: %q", width, n, line)
			}
		}
		if width == 80 && (!strings.Contains(lines[0], "2007  2008  2009  2010  2011  2012  2013  2014  not stated") || !strings.HasPrefix(strings.TrimSpace(lines[1]), "Japan")) {
			t.Errorf("the fullest years should be there, and rows in order:\n%s", out.String())
		}
	}
}

func TestMatrixOfTopicsKeepsTheLargestInOrder(t *testing.T) {
	a := &matrixAnswer{Column: "topic", Total: 9, Rows: []axis{{"JP", "Japan", 9}}, Counts: [][]int{{1, 5, 4}},
		Columns: []axis{{"a", "Small", 1}, {"b", "Education and training of officers", 5}, {"c", "Trade", 4}}}
	var out strings.Builder
	if err := printMatrix(&out, a, 38, style{}); err != nil {
		t.Fatal(err)
	}
	want := `         Education              
       and training              
        of officers  Trade  total
 Japan            5      4      9
`
	if got := out.String(); strings.Contains(got, "Small") || !strings.Contains(squeeze(got), squeeze(want)) {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestMatrixCSVHasAllColumns(t *testing.T) {
	var out strings.Builder
	if err := printMatrixCSV(&out, yearMatrix()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if strings.Count(lines[0], ",") != 32 || !strings.HasPrefix(lines[1], "Japan,3,0,") || !strings.HasPrefix(lines[3], "total,10,11,") {
		t.Errorf("%s", out.String())
	}
}

// What a document calls its publisher is no formula of a spreadsheet.
func TestMatrixCSVHoldsNoFormulas(t *testing.T) {
	a := yearMatrix()
	a.Rows[0].Label, a.Columns[0].Label = "=1+1", "@SUM(A1)"
	var out strings.Builder
	if err := printMatrixCSV(&out, a); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.HasPrefix(got, ",'@SUM(A1),1991,") || !strings.Contains(got, "\n'=1+1,0,") {
		t.Errorf("%s", got)
	}
}
