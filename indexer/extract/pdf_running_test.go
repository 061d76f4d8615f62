package extract

import (
	"fmt"
	"strings"
	"testing"
)

// joinedPages returns the lines of all pages in one line, after running lines
// were dropped.
func joinedPages(pages [][]string) string {
	dropRunning(pages)
	var all []string
	for _, p := range pages {
		all = append(all, strings.Join(p, "/"))
	}
	return strings.Join(all, " | ")
}

func TestRunningHeadersAreDroppedOnce(t *testing.T) {
	var pages [][]string
	for i := range 5 {
		pages = append(pages, []string{"", "Annual report", fmt.Sprintf("text %c", 'a'+i), fmt.Sprintf("Page %d", i+1), ""})
	}
	if s := joinedPages(pages); s != "Annual report/text a/Page 1 | text b | text c | text d | text e" {
		t.Errorf("pages %s", s)
	}
	few := [][]string{{"Same", "a"}, {"Same", "b"}, {"Same", "c"}}
	dropRunning(few)
	if len(few[2]) != 2 {
		t.Error("three pages are too few to tell a header")
	}
}

// Numbers that count pages, from whatever number on, are dropped with all pages
// in them; others stay.
func TestRunningLinesAreToldByTheirNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		line func(page int) string
		want string
	}{
		"numbers of pages":        {func(i int) string { return fmt.Sprint(i + 17) }, "a | b | c | d | e"},
		"numbers between dashes":  {func(i int) string { return fmt.Sprintf("- %d -", i+1) }, "a | b | c | d | e"},
		"a page of so many":       {func(i int) string { return fmt.Sprintf("Report 2024, %d/5", i+1) }, "a/Report 2024, 1/5 | b | c | d | e"},
		"sums below tables":       {func(i int) string { return fmt.Sprintf("Total %d", 1000+i*i) }, "a/Total 1000 | b/Total 1001 | c/Total 1004 | d/Total 1009 | e/Total 1016"},
		"rows of numbers":         {func(i int) string { return fmt.Sprintf("%d.%d %d.1", i*7, i, 90-i) }, "a/0.0 90.1 | b/7.1 89.1 | c/14.2 88.1 | d/21.3 87.1 | e/28.4 86.1"},
		"very long numbers":       {func(i int) string { return fmt.Sprintf("9999999999999999999999%d x", i) }, "a/99999999999999999999990 x | b/99999999999999999999991 x | c/99999999999999999999992 x | d/99999999999999999999993 x | e/99999999999999999999994 x"},
		"a sum that often is one": {func(i int) string { return fmt.Sprintf("Total %d", map[bool]int{true: 5, false: 0}[i == 2]) }, "a/Total 0 | b | c/Total 5 | d | e"},
	} {
		var pages [][]string
		for i := range 5 {
			pages = append(pages, []string{string(rune('a' + i)), c.line(i)})
		}
		if got := joinedPages(pages); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
