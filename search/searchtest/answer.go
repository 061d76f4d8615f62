package searchtest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// Search evaluates a plan.
func (s *snapshot) Search(ctx context.Context, p search.Plan) (*search.Found, error) {
	if err := check(p); err != nil {
		return nil, err
	}
	e := s.evaluation(p.Kind)
	n := e.compile(p.Query)
	var matched []*record
	for _, r := range e.records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if n.matches(r) {
			matched = append(matched, r)
		}
	}
	found := &search.Found{}
	for _, f := range p.Facets {
		found.Facets = append(found.Facets, facetOf(s.taxonomy, matched, p.Filters, f))
	}
	var hits []search.Hit
	for _, r := range matched {
		if passesAll(r, p.Filters, "") {
			hits = append(hits, e.hit(n, r, p))
		}
	}
	found.Total = len(hits)
	order := orderOf(p.Sort)
	slices.SortFunc(hits, func(a, b search.Hit) int { return order(a.Position, b.Position) })
	hits = e.collapse(hits, p)
	found.Folded = found.Total - len(hits)
	if p.After != nil {
		if !isSortKey(p.After.Key, p.Sort) {
			return nil, fmt.Errorf("%w: %q in the order %q", search.ErrPosition, p.After.Key, p.Sort)
		}
		hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return order(h.Position, *p.After) <= 0 })
	}
	found.Hits = hits[:min(p.Limit, len(hits))]
	return found, ctx.Err()
}

func (e *evaluation) hit(n *node, r *record, p search.Plan) search.Hit {
	h := search.Hit{Fact: r.fact, Score: e.scoreOf(n, r)}
	if r.document != nil {
		d := *r.document
		if p.Openings {
			h.Opening = strings.ToValidUTF8(d.Body[:min(len(d.Body), search.OpeningLength+utf8.UTFMax)], "")
		}
		if !p.Bodies {
			d.Body = ""
		}
		h.Document = &d
	}
	h.Position = search.Position{Key: sortKey(r, p.Sort, h.Score), Tie: r.tie}
	if p.Explain {
		h.Explain = e.explain(n, r)
	}
	return h
}

func (e *evaluation) explain(n *node, r *record) *search.Explanation {
	x := &search.Explanation{Value: e.scoreOf(n, r), What: "sum of"}
	if n.term != nil {
		x.What = fmt.Sprintf("%s: weight %.3f, occurs %d times in %d words", n.query, n.term.weight,
			n.term.frequency(r, e.ranking.Title, e.once), r.length)
		return x
	}
	for _, p := range n.parts {
		if part := e.explain(p, r); part.Value > 0 {
			x.Parts = append(x.Parts, *part)
		}
	}
	return x
}

// sortKey returns a record's place in an order as text.
func sortKey(r *record, by search.Sort, score float64) string {
	switch by {
	case search.Newest, search.Oldest:
		var date corpus.Date
		if r.fact != nil {
			date = r.fact.Date.Span()
		} else {
			date = r.document.Published
		}
		if date.IsZero() {
			return ""
		}
		return fmt.Sprintf("%08d", date.Start())
	case search.ByTitle:
		if r.document != nil {
			return strings.Join(analysis.Terms(r.document.Title), " ")
		}
		return ""
	}
	return strconv.FormatUint(math.Float64bits(score), 16)
}

// isSortKey reports whether sortKey could have returned the text.
func isSortKey(key string, by search.Sort) bool {
	base := 16
	switch by {
	case search.ByTitle:
		return true
	case search.Newest, search.Oldest:
		if key == "" {
			return true
		}
		base = 10
	}
	_, err := strconv.ParseUint(key, base, 64)
	return err == nil
}

// orderOf compares positions in an order of hits.
func orderOf(by search.Sort) func(a, b search.Position) int {
	return func(a, b search.Position) int {
		c := 0
		switch by {
		case search.Newest, search.Oldest:
			c = cmp.Compare(a.Key, b.Key)
			if by == search.Newest {
				c = -c
			}
			if (a.Key == "") != (b.Key == "") { // undated last
				c = len(b.Key) - len(a.Key)
			}
		case search.ByTitle:
			c = cmp.Compare(a.Key, b.Key)
		default:
			c = cmp.Compare(scoreIn(b), scoreIn(a))
		}
		return cmp.Or(c, cmp.Compare(a.Tie, b.Tie))
	}
}

func scoreIn(p search.Position) float64 {
	bits, _ := strconv.ParseUint(p.Key, 16, 64)
	return math.Float64frombits(bits)
}

// facetOf counts records by the values of a field, whose own filter does not
// apply.
func facetOf(t *corpus.Taxonomy, matched []*record, filters search.Filters, f search.FacetRequest) search.Facet {
	facet := search.Facet{Field: f.Field}
	counts := map[string]int{}
	for _, r := range matched {
		if !passesAll(r, filters, f.Field) {
			continue
		}
		facet.Total++
		values := r.values(f.Field)
		if len(values) == 0 {
			facet.Missing++
		}
		for _, v := range distinctValues(values) {
			counts[v]++
		}
	}
	facet.Distinct = len(counts)
	own := filters[f.Field]
	var listed []search.FacetValue
	for value, count := range counts {
		facet.Other += count
		listed = append(listed, search.FacetValue{Value: value, Count: count})
	}
	for _, value := range append(slices.Clone(own.Any), own.Not...) {
		if !slices.ContainsFunc(listed, func(v search.FacetValue) bool { return v.Value == value }) {
			count := counts[value]
			if value == corpus.None {
				count = facet.Missing
			}
			listed = append(listed, search.FacetValue{Value: value, Count: count})
		}
	}
	slices.SortFunc(listed, func(a, b search.FacetValue) int {
		name := func(v search.FacetValue) string { return search.NameKey(t, f.Field, v.Value) }
		byName := cmp.Or(cmp.Compare(name(a), name(b)), cmp.Compare(a.Value, b.Value))
		switch f.Order {
		case search.ByValue:
			return cmp.Compare(a.Value, b.Value)
		case search.ByName:
			return byName
		}
		return cmp.Or(b.Count-a.Count, byName)
	})
	place := 0
	for _, v := range listed {
		v.Selected, v.Excluded = slices.Contains(own.Any, v.Value), slices.Contains(own.Not, v.Value)
		wanted := false
		if f.Only == nil || f.Only(v.Value) {
			wanted = place >= f.Offset && (f.Limit == 0 || place < f.Offset+f.Limit)
			place++
		}
		if wanted || v.Selected || v.Excluded {
			facet.Values = append(facet.Values, v)
			facet.Other -= counts[v.Value]
		}
	}
	return facet
}

func distinctValues(values []string) []string {
	values = slices.Clone(values)
	slices.Sort(values)
	return slices.Compact(values)
}

// Matrix crosses two facets.
func (s *snapshot) Matrix(ctx context.Context, p search.Plan, row, column string) (*search.Matrix, error) {
	e := s.evaluation(p.Kind)
	n := e.compile(p.Query)
	cells := map[[2]string]int{}
	rows, columns := map[string]int{}, map[string]int{}
	m := &search.Matrix{Row: row, Column: column}
	for _, r := range e.records {
		if !n.matches(r) || !passesAll(r, p.Filters, "") {
			continue
		}
		m.Total++
		rs, cs := orNone(r.values(row)), orNone(r.values(column))
		for _, v := range rs {
			rows[v]++
			for _, w := range cs {
				cells[[2]string{v, w}]++
			}
		}
		for _, w := range cs {
			columns[w]++
		}
	}
	m.Rows, m.Columns = names(rows), names(columns)
	for _, v := range m.Rows {
		counts := make([]int, len(m.Columns))
		for j, w := range m.Columns {
			counts[j] = cells[[2]string{v, w}]
		}
		m.Counts = append(m.Counts, counts)
		m.RowTotals = append(m.RowTotals, rows[v])
	}
	for _, w := range m.Columns {
		m.ColTotals = append(m.ColTotals, columns[w])
	}
	return m, ctx.Err()
}

func orNone(values []string) []string {
	if len(values) == 0 {
		return []string{corpus.None}
	}
	return distinctValues(values)
}

// names returns the keys in order, corpus.None last.
func names(counts map[string]int) []string {
	var list []string
	for v := range counts {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b string) int {
		if (a == corpus.None) != (b == corpus.None) {
			if a == corpus.None {
				return 1
			}
			return -1
		}
		return cmp.Compare(a, b)
	})
	return list
}
