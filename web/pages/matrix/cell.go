package matrix

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/search"
	"rapport/web/pages"
)

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
		here := pages.Address{Path: path, Params: params}
		return narrow(narrow(here, c.Row, c.RowValue), c.Column, c.ColumnValue).String()
	}
	return at(search.Documents, "/search"), at(search.Facts, "/facts")
}

// narrow selects one value of a facet. When others are selected there already
// a record must have one of them and the value too: that goes into the
// question.
func narrow(here pages.Address, field, value string) pages.Address {
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
