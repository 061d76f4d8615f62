package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/search"
	"rapport/web/pages"
	"rapport/web/pages/matrix"
)

// mostFacetValues is how many values of a facet an answer holds at most.
const mostFacetValues = 1000

// facetAnswer is one facet with as many of its values as were asked for.
type facetAnswer struct {
	Name       string      `json:"name"`
	Of         search.Kind `json:"of" doc:"What is counted: documents or facts"`
	Generation string      `json:"generation"`
	Reading    *Reading    `json:"reading,omitempty" doc:"Present while the answer lacks what has not been read of the sources yet"`
	search.Facet
}

func (s *server) apiFacet(ctx context.Context, snapshot search.Snapshot, in *asked) (*facetAnswer, error) {
	kind, err := kindOf(in)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(search.FacetFields(kind), in.ID) {
		return nil, pages.NoFacet(kind, in.ID)
	}
	request, err := facetRequest(in)
	if err != nil {
		return nil, err
	}
	find := take(in, "find")
	if find != "" {
		request.Only = pages.LabelHolds(snapshot.Taxonomy(), request.Field, find)
	}
	if err := search.OnlyQuestion(in.params, kind, "of", "find", "order", "limit", "offset"); err != nil {
		return nil, err
	}
	plan, err := pages.Plan(ctx, snapshot, in.params, kind)
	if err != nil {
		return nil, err
	}
	plan.Facets = []search.FacetRequest{request}
	found, err := snapshot.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	search.Label(snapshot.Taxonomy(), found.Facets)
	facet := found.Facets[0]
	facet.Values = list(facet.Values)
	return &facetAnswer{Name: in.ID, Of: kind, Generation: snapshot.Generation().String(), Reading: incomplete(snapshot), Facet: facet}, nil
}

// facetRequest reads what is asked of the facet itself.
func facetRequest(in *asked) (search.FacetRequest, error) {
	r := search.FacetRequest{Field: in.ID, Order: search.ByCount}
	switch order := search.FacetOrder(take(in, "order")); order {
	case "", search.ByCount:
	case search.ByValue, search.ByName:
		r.Order = order
	default:
		return r, badParameter("order", string(order), "count, name or value")
	}
	var err error
	if r.Limit, err = takeWhole(in, "limit", 100, 1, mostFacetValues); err != nil {
		return r, err
	}
	r.Offset, err = takeWhole(in, "offset", 0, 0, 1<<30)
	return r, err
}

// matrixAnswer crosses two facets.
type matrixAnswer struct {
	Of         search.Kind `json:"of"`
	Generation string      `json:"generation"`
	Row        string      `json:"row"`
	Column     string      `json:"column"`
	Rows       []cellLabel `json:"rows"`
	Columns    []cellLabel `json:"columns"`
	Counts     [][]int     `json:"counts" doc:"By row, then column. A record with several values counts in several cells"`
	Total      int         `json:"total" doc:"Records that answer the question"`
	Reading    *Reading    `json:"reading,omitempty" doc:"Present while the answer lacks what has not been read of the sources yet"`
	Links      [][]links   `json:"links,omitempty" doc:"With links=true, by row, then column: where the records of a cell are listed"`
}

// links are the pages that list what a cell counts.
type links struct {
	Documents string `json:"documents,omitempty"`
	Facts     string `json:"facts,omitempty"`
}

// cellLabel is a row or a column with its total.
type cellLabel struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Total int    `json:"total" doc:"Records with the value; not the sum of the cells"`
}

func (s *server) apiMatrix(ctx context.Context, snapshot search.Snapshot, in *asked) (*matrixAnswer, error) {
	kind, err := kindOf(in)
	if err != nil {
		return nil, err
	}
	row, column := cmp.Or(take(in, "row"), search.FieldPartner), cmp.Or(take(in, "column"), search.FieldYear)
	for _, field := range []string{row, column} {
		if !slices.Contains(search.FacetFields(kind), field) {
			return nil, badParameter("row or column", field, "a facet: "+strings.Join(search.FacetFields(kind), ", "))
		}
	}
	linked, err := takeBool(in, "links", false)
	if err != nil {
		return nil, err
	}
	if err := search.OnlyQuestion(in.params, kind, "of", "row", "column", "links"); err != nil {
		return nil, err
	}
	plan, err := pages.Plan(ctx, snapshot, in.params, kind)
	if err != nil {
		return nil, err
	}
	m, err := snapshot.Matrix(ctx, plan, row, column)
	if err != nil {
		return nil, err
	}
	a := &matrixAnswer{Of: kind, Generation: snapshot.Generation().String(), Row: row, Column: column, Counts: list(m.Counts), Total: m.Total, Reading: incomplete(snapshot), Rows: []cellLabel{}, Columns: []cellLabel{}}
	for i, value := range m.Rows {
		a.Rows = append(a.Rows, cellLabel{value, search.LabelOf(snapshot.Taxonomy(), row, value), m.RowTotals[i]})
	}
	for i, value := range m.Columns {
		a.Columns = append(a.Columns, cellLabel{value, search.LabelOf(snapshot.Taxonomy(), column, value), m.ColTotals[i]})
	}
	if linked {
		a.Links = cellLinks(m, in.params)
	}
	return a, nil
}

// cellLinks returns the addresses of the cells of a matrix.
func cellLinks(m *search.Matrix, params url.Values) [][]links {
	rows := make([][]links, len(m.Rows))
	for i, row := range m.Rows {
		for _, column := range m.Columns {
			documents, facts := matrix.Cell{Row: m.Row, RowValue: row, Column: m.Column, ColumnValue: column}.Addresses(params)
			rows[i] = append(rows[i], links{documents, facts})
		}
	}
	return rows
}

// kindOf reads what is counted: documents, unless facts are asked for.
func kindOf(in *asked) (search.Kind, error) {
	switch kind := search.Kind(take(in, "of")); kind {
	case "", search.Documents:
		return search.Documents, nil
	case search.Facts:
		return kind, nil
	default:
		return "", badParameter("of", string(kind), "documents or facts")
	}
}

// take removes a parameter that is no part of a question and returns it.
func take(in *asked, name string) string {
	value := in.params.Get(name)
	in.params.Del(name)
	return value
}

func takeWhole(in *asked, name string, usual, least, most int) (int, error) {
	value := take(in, name)
	if value == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0, badParameter(name, value, fmt.Sprintf("a whole number from %d to %d", least, most))
	}
	return n, nil
}

func takeBool(in *asked, name string, usual bool) (bool, error) {
	value := take(in, name)
	if value == "" {
		return usual, nil
	}
	b, err := strconv.ParseBool(value)
	if err != nil {
		return false, badParameter(name, value, "true or false")
	}
	return b, nil
}

func badParameter(name, value, wanted string) error {
	return &pages.BadRequest{Err: fmt.Errorf("the parameter %s is %.60q, but must be %s", name, value, wanted)}
}
