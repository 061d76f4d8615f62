package pages

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// factsView is the table of facts.
type factsView struct {
	Filters  filtersView
	Total    int
	About    string // "about Japan", when the filters say so
	Question string
	Reading  ReadingView
	Chips    []Chip
	ClearAll string
	Facts    []FactView
	Folded   int // of rules, shown with those that they repeat
	ByPeople int // of all that are found; 0 when all are of one sort
	ByRules  int
	RulesAt  string
	StatedAt string
	Sums     *SumsView
	Stale    int
	Order    string // "newest first"
	Newest   string
	Oldest   string
	Ordered  string // aria-sort of the date column
	Next     string
	First    string
	Further  bool
	Shown    string
	Exports  []Link
	Pending  bool
}

const factsOnPage = 25

// Facts answers a question with facts alone, each with its sentence.
func Facts(ctx context.Context, v *Visit) (*View, error) {
	q, err := v.question(search.Facts, factsOnPage)
	if err != nil {
		return nil, err
	}
	q.FactFacets = facetRequests(search.Facts)
	found, err := FindFacts(ctx, v.Snapshot, q.Request)
	if err != nil {
		return nil, err
	}
	t := v.Snapshot.Taxonomy()
	body := &factsView{
		Filters: newFilters(q.here, found.Facets), Total: found.Total, Question: q.Text, About: about(q.here, t),
		Reading: newReading(q.here, found.Read, q.Verbatim), Chips: chips(q.here, t), ClearAll: withoutFilters(q.here).String(),
		Further: q.Cursor != "", Shown: shownOf(found.Before, len(found.Hits), found.Total), First: q.here.Drop("cursor").String(), Exports: exports(q.here, "/facts"),
		Pending: v.Snapshot.Generation().Pending, Stale: staleCount(found.Facets),
	}
	if found.Next != "" {
		body.Next = q.here.Set("cursor", found.Next).String()
	}
	body.order(q)
	body.byRules(q.here, found.Facets)
	facts, err := v.withTitles(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	repeats, err := search.Repeats(ctx, v.Snapshot, found.Hits)
	if err != nil {
		return nil, err
	}
	body.Facts, body.Folded = foldFacts(facts, repeats)
	if body.Sums, err = v.sums(ctx, found.Plan); err != nil {
		return nil, err
	}
	return &View{
		Template: "facts", Title: count(found.Total, "fact", "facts") + body.About, Section: "facts", Question: q.Text, Wide: true,
		Skips: []Link{{"#main", "Skip to facts"}, {"#filters", "Skip to filters"}}, Body: body,
	}, nil
}

// byRules tells facts of rules from those that people stated, when there are
// both and no status was chosen.
func (b *factsView) byRules(here Address, facets []search.Facet) {
	here = here.Drop("cursor")
	found := countsOf(facets, search.FieldStatus)[search.StatusExtracted]
	if len(here.Params[search.FieldStatus])+len(here.Params["-"+search.FieldStatus]) > 0 || found == 0 || found == b.Total {
		return
	}
	b.ByPeople, b.ByRules = b.Total-found, found
	b.StatedAt = here.Add("-"+search.FieldStatus, search.StatusExtracted).String()
	b.RulesAt = here.Add(search.FieldStatus, search.StatusExtracted).String()
}

// order says how the table is sorted, and links the other order of dates.
func (b *factsView) order(q *question) {
	here := q.here.Drop("cursor")
	newest := string(search.Newest)
	if strings.TrimSpace(q.Text) == "" {
		newest = "" // the order of a question without words
	}
	b.Newest, b.Oldest = here.Set("sort", newest).String(), here.Set("sort", string(search.Oldest)).String()
	sort := q.Sort
	if sort == "" && strings.TrimSpace(q.Text) == "" {
		sort = search.Newest
	}
	switch sort {
	case search.Newest:
		b.Order, b.Ordered = "newest first", "descending"
	case search.Oldest:
		b.Order, b.Ordered = "oldest first", "ascending"
	case search.ByTitle:
		b.Order = "by statement"
	default:
		b.Order = "best match first"
	}
}

// about names the one partner or topic that facts are narrowed to.
func about(here Address, t *corpus.Taxonomy) string {
	for _, field := range []string{search.FieldPartner, search.FieldTopic} {
		if values := here.Params[field]; len(values) == 1 && values[0] != corpus.None {
			return " about " + search.LabelOf(t, field, values[0])
		}
	}
	return ""
}

// staleStatuses are the values of the status facet that stand for facts whose
// words are no longer found, in canonical order.
var staleStatuses = []string{
	string(corpus.AnchorAmbiguous), string(corpus.AnchorChanged), string(corpus.AnchorMissing), string(corpus.AnchorUnlocated),
}

func staleCount(facets []search.Facet) int {
	n := 0
	for value, c := range countsOf(facets, search.FieldStatus) {
		if slices.Contains(staleStatuses, value) {
			n += c
		}
	}
	return n
}

// statedSums returns facts that a plan finds and that state a sum, newest first
// and at most so many, and how many there are.
func statedSums(ctx context.Context, snapshot search.Snapshot, plan search.Plan, most int) (facts []corpus.Fact, all int, err error) {
	filters := maps.Clone(plan.Filters)
	if filters == nil {
		filters = search.Filters{}
	}
	f := filters[search.FieldCurrency]
	f.Not = append(slices.Clone(f.Not), corpus.None)
	filters[search.FieldCurrency] = f
	plan.Filters, plan.Limit, plan.After, plan.Facets, plan.Sort = filters, most, nil, nil, search.Newest
	found, err := snapshot.Search(ctx, plan)
	if err != nil {
		return nil, 0, err
	}
	for _, hit := range found.Hits {
		if hit.Fact != nil {
			facts = append(facts, *hit.Fact)
		}
	}
	return facts, found.Total, nil
}

// sums adds up the sums of all facts that a plan finds, and lists some. It
// returns nil when no fact states a sum.
func (v *Visit) sums(ctx context.Context, plan search.Plan) (*SumsView, error) {
	stated, all, err := statedSums(ctx, v.Snapshot, plan, statedShown)
	if err != nil || all == 0 {
		return nil, err
	}
	totals, tooMany, err := search.Totals(ctx, v.Snapshot, plan)
	if err != nil {
		return nil, err
	}
	view := &SumsView{TooMany: tooMany}
	view.list(stated, all)
	if totals != nil {
		view.add(totals)
	}
	return view, nil
}

// withTitles makes views of facts with the titles of their documents.
func (v *Visit) withTitles(ctx context.Context, hits []search.Hit) ([]FactView, error) {
	t := v.Snapshot.Taxonomy()
	var views []FactView
	var ids []corpus.ID
	for _, hit := range hits {
		if hit.Fact == nil {
			continue
		}
		views = append(views, newFact(t, hit.Fact))
		if id := hit.Fact.Evidence.Document; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	titles, err := v.titles(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range views {
		views[i].Source = titles[views[i].Document]
		if views[i].Source == "" {
			views[i].Source = string(views[i].Document)
		}
	}
	return views, nil
}

// titles returns the titles of documents without loading their text.
func (v *Visit) titles(ctx context.Context, ids []corpus.ID) (map[corpus.ID]string, error) {
	titles := map[corpus.ID]string{}
	if len(ids) == 0 {
		return titles, nil
	}
	var any search.Or
	for _, id := range ids {
		any.Clauses = append(any.Clauses, search.Value{Field: search.FieldID, Value: string(id)})
	}
	found, err := v.Snapshot.Search(ctx, search.Plan{Kind: search.Documents, Query: any, Sort: search.Newest, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	for _, hit := range found.Hits {
		titles[hit.Document.ID] = titleOf(hit.Document)
	}
	return titles, nil
}

// year returns the number of a facet value that is a year.
func year(value string) (int, bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n > 0
}
