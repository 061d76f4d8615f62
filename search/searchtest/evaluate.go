package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"rapport/corpus"
	"rapport/search"
)

// evaluation is one question over the records of a kind.
type evaluation struct {
	records   []*record
	ranking   search.Ranking
	average   float64 // length of a record
	languages []string
	once      bool // places of a Near, and of a phrase with moves, count as one
}

func (s *snapshot) evaluation(k search.Kind) *evaluation {
	e := &evaluation{records: s.of(k), ranking: s.ranking, languages: []string{"en"}, once: s.once}
	total := 0
	for _, r := range e.records {
		total += r.length
	}
	if len(e.records) > 0 {
		e.average = float64(total) / float64(len(e.records))
	}
	for _, r := range s.of(search.Documents) {
		if l := r.document.Language; l != "" && !slices.Contains(e.languages, l) {
			e.languages = append(e.languages, l)
		}
	}
	return e
}

// node is a question with its terms looked up.
type node struct {
	query search.Query
	term  *term // nil unless it matches words
	parts []*node
}

// compile prepares a question.
func (e *evaluation) compile(q search.Query) *node {
	n := &node{query: q}
	switch q := q.(type) {
	case search.Word, search.Phrase, search.Near, search.Prefix, search.Fuzzy, search.Either:
		n.term = e.newTerm(q)
	case search.And:
		n.parts = e.compileAll(q.Clauses)
	case search.Or:
		n.parts = e.compileAll(q.Clauses)
	case search.AtLeast:
		n.parts = e.compileAll(q.Clauses)
	case search.Not:
		n.parts = e.compileAll([]search.Query{q.Clause})
	}
	return n
}

func (e *evaluation) compileAll(queries []search.Query) []*node {
	var nodes []*node
	for _, q := range queries {
		nodes = append(nodes, e.compile(q))
	}
	return nodes
}

// matches reports whether a record matches.
func (n *node) matches(r *record) bool {
	if n.term != nil {
		return len(n.term.spans(r)) > 0
	}
	held := 0
	for _, p := range n.parts {
		if p.matches(r) {
			held++
		}
	}
	switch q := n.query.(type) {
	case nil, search.All:
		return true
	case search.Value:
		return hasValue(r, q.Field, q.Value)
	case search.Range:
		return inRange(r, q)
	case search.And:
		return held == len(n.parts)
	case search.Or:
		return held > 0
	case search.AtLeast:
		return held >= q.Min
	case search.Not:
		return held == 0
	}
	return false
}

// scoreOf adds up the terms of the parts of a question that a record matches.
func (e *evaluation) scoreOf(n *node, r *record) float64 {
	if n.term != nil {
		return e.score(n.term, r)
	}
	if _, not := n.query.(search.Not); not || !n.matches(r) {
		return 0
	}
	sum := 0.0
	for _, p := range n.parts {
		sum += e.scoreOf(p, r)
	}
	return sum
}

func hasValue(r *record, field, value string) bool {
	values := r.values(field)
	if value == corpus.None {
		return len(values) == 0
	}
	return slices.Contains(values, value)
}

// inRange reports whether a record has a value in a range.
func inRange(r *record, q search.Range) bool {
	switch q.Field {
	case search.FieldPublished:
		return r.document != nil && datesWithin(r.document.Published, q)
	case search.FieldYear:
		return slices.ContainsFunc(r.values(q.Field), func(v string) bool { return yearWithin(v, q) })
	case search.FieldAmount:
		return r.fact != nil && r.fact.Amount != nil && amountWithin(r.fact.Amount.Value, q)
	}
	return false
}

// yearWithin compares a year. Decades are values of their own and in no range.
func yearWithin(value string, q search.Range) bool {
	year, err := strconv.Atoi(value)
	if err != nil {
		return false
	}
	if from, err := strconv.Atoi(q.From); err == nil && (year < from || q.FromExcluded && year == from) {
		return false
	}
	if to, err := strconv.Atoi(q.To); err == nil && (year > to || q.ToExcluded && year == to) {
		return false
	}
	return true
}

func datesWithin(d corpus.Date, q search.Range) bool {
	if d.IsZero() {
		return false
	}
	if from, err := corpus.ParseDate(q.From); err == nil && !from.IsZero() {
		if d.Start() < from.Start() || q.FromExcluded && d.Start() <= from.End() {
			return false
		}
	}
	if to, err := corpus.ParseDate(q.To); err == nil && !to.IsZero() {
		if d.End() > to.End() || q.ToExcluded && d.End() >= to.Start() {
			return false
		}
	}
	return true
}

func amountWithin(amount decimal.Decimal, q search.Range) bool {
	if from, err := decimal.NewFromString(q.From); err == nil {
		if c := amount.Cmp(from); c < 0 || q.FromExcluded && c == 0 {
			return false
		}
	}
	if to, err := decimal.NewFromString(q.To); err == nil {
		if c := amount.Cmp(to); c > 0 || q.ToExcluded && c == 0 {
			return false
		}
	}
	return true
}

// passes reports whether a record passes a filter in a field.
func passes(r *record, field string, f search.Filter) bool {
	if hasAny(r, field, f.Not, f.NotRanges) {
		return false
	}
	return len(f.Any)+len(f.Ranges) == 0 || hasAny(r, field, f.Any, f.Ranges)
}

// hasAny reports whether a record has one of some values or lies in one of
// some ranges.
func hasAny(r *record, field string, values []string, ranges []search.Range) bool {
	return slices.ContainsFunc(values, func(v string) bool { return hasValue(r, field, v) }) ||
		slices.ContainsFunc(ranges, func(q search.Range) bool {
			q.Field = field
			return inRange(r, q)
		})
}

// passesAll reports whether a record passes all filters, but for what is
// selected in a field.
func passesAll(r *record, filters search.Filters, but string) bool {
	for field, f := range filters {
		if field == but {
			f = f.Excluded()
		}
		if !passes(r, field, f) {
			return false
		}
	}
	return true
}

// Levels counts documents by how many of the clauses they match.
func (s *snapshot) Levels(ctx context.Context, clauses []search.Query) ([]int, error) {
	e := s.evaluation(search.Documents)
	nodes := e.compileAll(clauses)
	levels := make([]int, len(clauses))
	for _, r := range e.records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		held := 0
		for _, n := range nodes {
			if n.matches(r) {
				levels[held]++
				held++
			}
		}
	}
	return levels, ctx.Err()
}

// check returns an error for a plan that no engine can run.
func check(p search.Plan) error {
	if p.Limit < 0 {
		return fmt.Errorf("limit %d is below 0", p.Limit)
	}
	return nil
}
