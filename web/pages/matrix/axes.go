package matrix

import (
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// Limits of a table that can still be read.
const (
	mostColumns = 39
	mostUpright = 32 // columns with long headings, whose rows tend to have long ones, too
	mostRows    = 100
)

// selected reports whether a value of a facet is one that the filters select,
// or they select none. Records with a selected value have others besides, which
// somebody who compares a few partners or years did not ask for.
func selected(t *corpus.Taxonomy, params url.Values, field, value string) bool {
	for _, s := range params[field] {
		from, to, isRange := strings.Cut(s, "..")
		switch {
		case s == value, field == search.FieldTopic && s == pages.GroupOf(t, value):
			return true
		case isRange && isYearOrDecade(value) && !strings.HasSuffix(value, "s"):
			if value >= yearOf(from) && (to == "" || value <= yearOf(to)) {
				return true
			}
		}
	}
	return len(params[field]) == 0
}

// yearOf returns the year of a date.
func yearOf(date string) string { return date[:min(4, len(date))] }

// columns chooses the columns, in order, and heads them.
func (b *View) columns(t *corpus.Taxonomy, m *search.Matrix, params url.Values) []int {
	var chosen []int
	years := m.Column == search.FieldYear || m.Column == search.FieldPublished
	for j, value := range m.Columns {
		isYear := isYearOrDecade(value)
		switch {
		case value == corpus.None, years && !isYear, m.Column == search.FieldTopic && pages.GroupOf(t, value) != "" && len(params[m.Column]) == 0:
		case selected(t, params, m.Column, value):
			chosen = append(chosen, j)
		default:
			b.Unselected = true
		}
	}
	if years {
		slices.SortFunc(chosen, func(a, b int) int { return strings.Compare(yearKey(m.Columns[a]), yearKey(m.Columns[b])) })
		if len(chosen) > mostColumns {
			b.OmitCols = len(chosen) - mostColumns
			chosen = densest(chosen, m.ColTotals)
			b.OmitRange = "before " + m.Columns[chosen[0]] + " and after " + m.Columns[chosen[len(chosen)-1]]
		}
	} else {
		slices.SortStableFunc(chosen, func(a, b int) int { return m.ColTotals[b] - m.ColTotals[a] })
		if len(chosen) > mostUpright {
			b.OmitCols = len(chosen) - mostUpright
			chosen = chosen[:mostUpright]
		}
		b.Upright = true
	}
	for _, j := range chosen {
		value := m.Columns[j]
		if !years {
			b.Heads = append(b.Heads, columnHead{Text: pages.Display(m.Column, value, search.LabelOf(t, m.Column, value))})
			continue
		}
		decade := value[:3] + "0s"
		if n := len(b.Groups); n > 0 && b.Groups[n-1].Text == decade {
			b.Groups[n-1].Span++
		} else {
			b.Groups = append(b.Groups, columnGroup{Text: decade, Span: 1})
		}
		b.Heads = append(b.Heads, columnHead{value[:2], value[2:]})
	}
	for i, g := range b.Groups {
		if g.Span == 1 { // a column is too narrow for all of it
			b.Groups[i].Hidden, b.Groups[i].Text = g.Text[:2], g.Text[2:]
		}
	}
	return chosen
}

// isYearOrDecade reports whether a value is "2007" or "1990s".
func isYearOrDecade(value string) bool {
	_, ok := pages.Year(strings.TrimSuffix(value, "s"))
	return ok && len(strings.TrimSuffix(value, "s")) == 4
}

// yearKey sorts a decade behind its years.
func yearKey(value string) string {
	if decade, ok := strings.CutSuffix(value, "0s"); ok {
		return decade + "~"
	}
	return value
}

// densest returns the mostColumns columns side by side that hold the most.
func densest(columns, totals []int) []int {
	sum := 0
	for _, j := range columns[:mostColumns] {
		sum += totals[j]
	}
	best, start := sum, 0
	for i := mostColumns; i < len(columns); i++ {
		sum += totals[columns[i]] - totals[columns[i-mostColumns]]
		if sum >= best {
			best, start = sum, i-mostColumns+1
		}
	}
	return columns[start : start+mostColumns]
}

// rows chooses the rows: by name, those without anything left out and named.
func (b *View) rows(t *corpus.Taxonomy, m *search.Matrix, params url.Values) []int {
	var chosen []int
	found := map[string]bool{}
	for i, value := range m.Rows {
		found[value] = m.RowTotals[i] > 0
		switch {
		case value == corpus.None || m.RowTotals[i] == 0:
		case selected(t, params, m.Row, value):
			chosen = append(chosen, i)
		default:
			b.Unselected = true
		}
	}
	if len(chosen) > mostRows {
		slices.SortStableFunc(chosen, func(a, b int) int { return m.RowTotals[b] - m.RowTotals[a] })
		b.OmitRows = len(chosen) - mostRows
		chosen = chosen[:mostRows]
	}
	name := func(i int) string { return search.LabelOf(t, m.Row, m.Rows[i]) }
	slices.SortFunc(chosen, func(a, b int) int { return strings.Compare(name(a), name(b)) })
	if m.Row == search.FieldPartner {
		for _, p := range t.Partners {
			if !found[string(p.ID)] && selected(t, params, m.Row, string(p.ID)) {
				b.Left = append(b.Left, p.Name)
			}
		}
		slices.Sort(b.Left)
	}
	return chosen
}
