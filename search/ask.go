package search

import (
	"context"
	"errors"
	"strconv"
	"time"

	"rapport/corpus"
)

// Ask answers a request from one snapshot. The question is read, names are
// resolved, synonyms added and the match mode decided; then documents and the
// facts that match the same question are found, with facets, snippets and the
// cursor of the next page.
//
// It returns a *ReadError for a question with warnings when the request is
// strict, an error that wraps ErrTooExpensive for a question beyond the
// limits, ParamErrors for a limit, filter or cursor that cannot be used, and
// the error of ctx when that is done: an answer is never partial.
func Ask(ctx context.Context, s Snapshot, r Request) (*Result, error) {
	start := time.Now()
	a, err := newAsking(ctx, s, r)
	if err != nil {
		return nil, err
	}
	for _, step := range []func() error{a.match, a.documents, a.facts, a.missing, a.snippets, a.mentions, a.unheld, a.spelling} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	a.result.Took = time.Since(start)
	return a.result, nil
}

// asking is one request on its way to a result.
type asking struct {
	ctx      context.Context
	snapshot Snapshot
	request  Request
	result   *Result

	expanded    Query // with synonyms, before the match mode
	fingerprint string
	cursor      *cursor // nil on the first page
}

// newAsking reads the question.
func newAsking(ctx context.Context, s Snapshot, r Request) (*asking, error) {
	if r.Limit < 0 || r.Limit > MaxLimit {
		return nil, paramError("limit", strconv.Itoa(r.Limit), "want 1 to "+strconv.Itoa(MaxLimit)+" hits per page")
	}
	if r.Limit == 0 {
		r.Limit = DefaultLimit
	}
	if r.Sort == "" {
		r.Sort = standardSort(r.Text)
	}
	var err error
	if r.Match, err = ParseMatch(string(r.Match)); err != nil {
		return nil, paramError("match", "", err.Error())
	}
	if r.Collapse, err = ParseCollapse(string(r.Collapse)); err != nil {
		return nil, paramError(paramCollapse, "", err.Error())
	}
	a := &asking{ctx: ctx, snapshot: s, request: r, result: &Result{Generation: s.Generation()}}
	if err := a.read(); err != nil {
		return nil, err
	}
	a.fingerprint, err = Fingerprint(a.result.Read.Query, a.request.Filters, r.Sort, r.Collapse, r.Verbatim)
	if err != nil || r.Cursor == "" {
		return a, err
	}
	words, _ := Clauses(a.expanded)
	if a.cursor, err = parseCursor(r.Cursor, a.fingerprint, effective(r.Match, len(words))); err != nil {
		return nil, err
	}
	if g := a.result.Generation; g.Pending || a.cursor.Generation != g.String() {
		a.warn("the index has changed since the page before: hits may be left out or come twice")
	}
	return a, nil
}

// read takes the question from text to an expanded query.
func (a *asking) read() error {
	read := &a.result.Read
	read.Text = a.request.Text
	query, warnings := Read(a.request.Text, a.snapshot.Taxonomy())
	if err := Check(a.request.Text, query); err != nil {
		return err
	}
	query, long := condense(a.request.Text, query)
	warnings = append(warnings, long...)
	for _, message := range a.request.Mended {
		warnings = append(warnings, Warning{Message: message})
	}
	sortWarnings(warnings)
	read.Query, read.Warnings = query, warnings
	if a.request.Strict && len(warnings) > 0 {
		return &ReadError{warnings[0]}
	}
	filters, err := ResolveFilters(a.request.Filters, a.snapshot.Taxonomy())
	if err != nil {
		return err
	}
	a.request.Filters = filters
	a.expanded = query
	if !a.request.Verbatim {
		a.expanded, read.Synonyms = Expand(query, a.snapshot.Taxonomy())
	}
	return nil
}

// warn adds a remark that concerns no place in the question.
func (a *asking) warn(message string) {
	a.result.Read.Warnings = append(a.result.Read.Warnings, Warning{Message: message})
}

// plan returns the plan for records of a kind: the question as it is to be
// evaluated and the filters on fields that such records have.
func (a *asking) plan(k Kind) Plan {
	p := Plan{Kind: k, Query: a.result.Read.Expanded, Filters: Filters{}, Sort: a.request.Sort, Explain: a.request.Explain}
	for field, f := range a.request.Filters {
		if HasField(k, field) {
			p.Filters[field] = f
		}
	}
	return p
}

// documents finds the page's documents.
func (a *asking) documents() error {
	p := a.plan(Documents)
	p.Limit = a.request.Limit + 1 // one more tells whether there is a next page
	p.Facets, p.Collapse = a.request.Facets, a.request.Collapse
	if a.request.Snippets > 0 {
		p.ForSnippets()
	}
	if a.cursor != nil {
		p.After = &a.cursor.Position
		a.result.Before = a.cursor.Before
	}
	found, err := a.snapshot.Search(a.ctx, p)
	if errors.Is(err, ErrPosition) {
		return paramError(paramCursor, a.request.Cursor, damagedCursor)
	}
	if err != nil {
		return err
	}
	if field := factsField(a.result.Read.Query); field != "" && found.Total == 0 {
		a.result.Read.Warnings = append(a.result.Read.Warnings,
			Warning{Of: Documents, Message: "“" + field + "” is a field of facts, which are listed beside: no document has one"})
	}
	a.result.Total, a.result.Folded, a.result.Hits, a.result.Facets = found.Total, found.Folded, found.Hits, found.Facets
	Label(a.snapshot.Taxonomy(), a.result.Facets)
	if len(found.Hits) > a.request.Limit {
		a.result.Hits = found.Hits[:a.request.Limit]
		next := cursor{
			Position: a.result.Hits[a.request.Limit-1].Position, Question: a.fingerprint,
			Match: a.result.Read.Match, Relaxed: a.result.Read.Relaxed, Generation: a.result.Generation.String(),
			Before: a.result.Before + a.request.Limit,
		}
		a.result.Next = next.String()
	}
	return nil
}

// factsField returns a field that facts alone have and that a question demands
// a value of, empty when there is none.
func factsField(q Query) string {
	field := ""
	switch q := q.(type) {
	case Value:
		field = q.Field
	case Range:
		field = q.Field
	case And:
		for _, c := range q.Clauses {
			if field = factsField(c); field != "" {
				return field
			}
		}
	}
	if field == "" || HasField(Documents, field) || !HasField(Facts, field) {
		return ""
	}
	return field
}

// facts finds the facts beside the documents: the same on every page.
func (a *asking) facts() error {
	p := a.plan(Facts)
	p.Limit, p.Facets = a.request.Facts, a.request.FactFacets
	if p.Sort == ByTitle {
		p.Sort = ByRelevance // facts have no title
	}
	found, err := a.snapshot.Search(a.ctx, p)
	if err != nil {
		return err
	}
	Label(a.snapshot.Taxonomy(), found.Facets)
	a.result.Facts = FactResult{Total: found.Total, Hits: found.Hits, Facets: found.Facets}
	return nil
}

// Label fills in what people read for the values of facets, and the groups of
// topics.
func Label(t *corpus.Taxonomy, facets []Facet) {
	groups := map[string]string{}
	for _, topic := range t.Topics {
		groups[string(topic.ID)] = string(topic.Group)
	}
	for _, f := range facets {
		for i := range f.Values {
			v := &f.Values[i]
			v.Label = LabelOf(t, f.Field, v.Value)
			if f.Field == FieldTopic {
				v.Parent = groups[v.Value]
			}
		}
	}
}
