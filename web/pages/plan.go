package pages

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// read understands a question without answering it. Filters play no part in
// that.
func read(ctx context.Context, snapshot search.Snapshot, r search.Request) (search.Reading, error) {
	r.Filters, r.Facets, r.FactFacets, r.Cursor = nil, nil, nil, ""
	r.Facts, r.Snippets, r.Limit = 0, 0, 1
	result, err := search.Ask(ctx, snapshot, r)
	if err != nil {
		return search.Reading{}, err
	}
	return result.Read, nil
}

// ReadQuestion returns what the engine evaluates for the question in params.
func ReadQuestion(ctx context.Context, snapshot search.Snapshot, params url.Values) (search.Query, error) {
	plan, err := Plan(ctx, snapshot, params, search.Documents)
	return plan.Query, err
}

// Plan returns what the engine evaluates for the question and filters in
// params, over records of a kind. Filters that such records do not have are
// left out. The plan asks for no hits.
func Plan(ctx context.Context, snapshot search.Snapshot, params url.Values, kind search.Kind) (search.Plan, error) {
	request, err := search.ParseParams(params, snapshot.Taxonomy())
	if err != nil {
		return search.Plan{}, &BadRequest{err}
	}
	reading, err := read(ctx, snapshot, request)
	if err != nil {
		return search.Plan{}, err
	}
	return newPlan(request, reading, kind), nil
}

func newPlan(r search.Request, reading search.Reading, kind search.Kind) search.Plan {
	plan := search.Plan{Kind: kind, Query: reading.Expanded, Filters: search.Filters{}, Sort: r.Sort}
	if plan.Query == nil {
		plan.Query = search.All{}
	}
	for field, filter := range r.Filters {
		if Applies(field, kind) {
			plan.Filters[field] = filter
		}
	}
	if plan.Sort == "" {
		plan.Sort = search.ByRelevance
		if strings.TrimSpace(r.Text) == "" {
			plan.Sort = search.Newest
		}
	}
	return plan
}

// Applies reports whether records of a kind have a field to filter by.
func Applies(field string, kind search.Kind) bool {
	return search.HasField(kind, field)
}

// FactsFound is the answer to a question about facts.
type FactsFound struct {
	Read   search.Reading
	Total  int
	Before int // facts on the pages before
	Hits   []search.Hit
	Facets []search.Facet
	Next   string      // cursor of the next page, empty on the last
	Plan   search.Plan // what the engine evaluated
}

// FindFacts answers a question with facts.
func FindFacts(ctx context.Context, snapshot search.Snapshot, r search.Request) (*FactsFound, error) {
	reading, err := read(ctx, snapshot, r)
	if err != nil {
		return nil, err
	}
	reading.Warnings = slices.DeleteFunc(reading.Warnings, func(w search.Warning) bool { return w.Of == search.Documents })
	plan := newPlan(r, reading, search.Facts)
	plan.Facets, plan.Explain = r.FactFacets, r.Explain
	limit := r.Limit
	if limit == 0 {
		limit = search.DefaultLimit
	}
	plan.Limit = limit + 1 // one more tells whether there is a next page
	generation := snapshot.Generation().String()
	question, err := search.Fingerprint(plan.Query, plan.Filters, plan.Sort, search.CollapseNone, r.Verbatim)
	if err != nil {
		return nil, err
	}
	from, err := parseFactCursor(r.Cursor, question)
	if err != nil {
		return nil, err
	}
	if from != nil {
		plan.After = &from.Position
		if from.Generation != generation {
			reading.Warnings = append(reading.Warnings, search.Warning{Message: "the index has changed since the page before: facts may be left out or come twice"})
		}
	}
	found, err := snapshot.Search(ctx, plan)
	if errors.Is(err, search.ErrPosition) {
		return nil, errFactCursor
	}
	if err != nil {
		return nil, err
	}
	answer := &FactsFound{Read: reading, Total: found.Total, Hits: found.Hits, Facets: found.Facets, Plan: plan}
	if from != nil {
		answer.Before = from.Before
	}
	search.Label(snapshot.Taxonomy(), answer.Facets)
	if len(answer.Hits) > limit {
		answer.Hits = answer.Hits[:limit]
		answer.Next = factCursor{answer.Hits[limit-1].Position, question, generation, answer.Before + limit}.String()
	}
	return answer, nil
}

// factCursor is a place in a list of facts, and the state of the index that
// the list is from.
type factCursor struct {
	Position   search.Position `json:"p"`
	Question   string          `json:"f"` // its fingerprint; not "q", as cursors of documents have it
	Generation string          `json:"g"`
	Before     int             `json:"n"` // facts on the pages before
}

// String returns the opaque text of the cursor, which is safe in URLs.
func (c factCursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// errFactCursor is what to say of a cursor that leads nowhere.
var errFactCursor = &BadRequest{errors.New("the cursor cannot be read; begin again without it")}

// parseFactCursor reads the text of a cursor and checks that it belongs to the
// question with this fingerprint; nil for the first page.
func parseFactCursor(text, question string) (*factCursor, error) {
	if text == "" {
		return nil, nil
	}
	var c factCursor
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Question == "" || c.Before < 0 {
		return nil, errFactCursor
	}
	if c.Question != question {
		return nil, &BadRequest{errors.New("the cursor belongs to another question, filter or order; begin again without it")}
	}
	return &c, nil
}

// LabelHolds returns a test for values whose label, or the value itself,
// holds the words; accents and case aside.
func LabelHolds(t *corpus.Taxonomy, field, words string) func(value string) bool {
	wanted := fold(words)
	return func(value string) bool {
		return strings.Contains(fold(search.LabelOf(t, field, value)), wanted) || strings.Contains(fold(value), wanted)
	}
}
