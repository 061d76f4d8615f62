package searchtest

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/search"
)

// everything is more than the records of the suite.
const everything = 10000

// testAnswers asks generated questions and compares ids, totals, scores and
// facets with those of the reference.
func testAnswers(t *testing.T, on engine) {
	p := newPair(t, on)
	for _, b := range changed(Records(300, 1), 40) {
		p.apply(t, b)
	}
	index, reference := p.snapshots(t)
	for _, k := range []search.Kind{search.Documents, search.Facts} {
		for name, q := range map[string]*rapid.Generator[search.Query]{
			"word": word(), "phrase": phrase(0), "words near": phrase(4), "prefix": prefix(), "fuzzy": fuzzy(),
			"near": near(), "either": either(), "value": value(k), "range": ranges(k), "nested": question(k, 3),
		} {
			t.Run(string(k)+" "+name, rapid.MakeCheck(func(t *rapid.T) {
				plan := search.Plan{Kind: k, Query: q.Draw(t, "question"), Sort: search.ByRelevance, Limit: everything}
				compare(t, index, reference, plan)
			}))
		}
		t.Run(string(k)+" facets", rapid.MakeCheck(func(t *rapid.T) {
			plan := search.Plan{Kind: k, Query: anything(k).Draw(t, "question"), Filters: filters(k).Draw(t, "filters"), Limit: 20, Explain: true}
			for _, f := range search.FacetFields(k) {
				plan.Facets = append(plan.Facets, facetRequest(f).Draw(t, f))
			}
			compare(t, index, reference, plan)
		}))
		t.Run(string(k)+" selecting a value gives its count", rapid.MakeCheck(func(t *rapid.T) {
			checkSelection(t, index, search.Plan{
				Kind: k, Query: anything(k).Draw(t, "question"), Filters: filters(k).Draw(t, "filters"),
			})
		}))
		t.Run(string(k)+" matrix", rapid.MakeCheck(func(t *rapid.T) { compareMatrix(t, index, reference, k) }))
	}
	t.Run("levels", rapid.MakeCheck(func(t *rapid.T) {
		clauses := rapid.SliceOfN(question(search.Documents, 0), 1, 20).Draw(t, "clauses")
		got, err := index.Levels(context.Background(), clauses)
		want, _ := reference.Levels(context.Background(), clauses)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("levels of %v: got %v, %v, want %v", clauses, got, err, want)
		}
		least := rapid.IntRange(1, len(clauses)).Draw(t, "least")
		compare(t, index, reference, search.Plan{Query: search.AtLeast{Min: least, Clauses: clauses}, Limit: everything})
	}))
	t.Run("highlights", rapid.MakeCheck(func(t *rapid.T) { compareHighlights(t, index, reference) }))
}

func facetRequest(field string) *rapid.Generator[search.FacetRequest] {
	return rapid.Custom(func(t *rapid.T) search.FacetRequest {
		r := search.FacetRequest{
			Field: field, Limit: rapid.IntRange(0, 3).Draw(t, "limit"),
			Order: rapid.SampledFrom([]search.FacetOrder{search.ByCount, search.ByValue, search.ByName}).Draw(t, "order"),
		}
		if r.Limit > 0 {
			r.Offset = rapid.IntRange(0, 2).Draw(t, "offset")
		}
		if rapid.IntRange(0, 3).Draw(t, "only") == 0 {
			r.Only = func(v string) bool { return len(v)%2 == 0 }
		}
		return r
	})
}

func find(t *rapid.T, s search.Snapshot, p search.Plan) *search.Found {
	found, err := s.Search(context.Background(), p)
	if err != nil {
		t.Fatalf("%s, filters %v: %v", show(p.Query), p.Filters, err)
	}
	return found
}

// compare evaluates a plan in both engines.
func compare(t *rapid.T, index, reference search.Snapshot, p search.Plan) {
	got, want := find(t, index, p), find(t, reference, p)
	if got.Total != want.Total || len(got.Hits) != len(want.Hits) {
		t.Fatalf("%s, filters %v: got %d hits of %d, want %d of %d\ngot  %v\nwant %v", show(p.Query), p.Filters,
			len(got.Hits), got.Total, len(want.Hits), want.Total, ids(got.Hits), ids(want.Hits))
	}
	plain := reference.(*snapshot)
	if len(want.Hits) == want.Total {
		compareHits(t, p, got.Hits, plain.scores(p, want.Hits), plain.demands)
	}
	for _, h := range got.Hits {
		checkExplained(t, p, h, plain.demands)
	}
	if len(got.Facets) != len(want.Facets) {
		t.Fatalf("%d facets, want %d", len(got.Facets), len(want.Facets))
	}
	for i := range want.Facets {
		compareFacet(t, p, got.Facets[i], want.Facets[i])
	}
}

// compareHits compares all hits of a plan with the scores that are right; the
// order among hits of one score is the engine's own.
func compareHits(t *rapid.T, p search.Plan, got []search.Hit, scores map[string]bounds, d Demands) {
	for i, h := range got {
		right, ok := scores[idOf(h)]
		if !ok {
			t.Fatalf("%s finds %s and should not", show(p.Query), idOf(h))
		}
		if !d.between(h.Score, right.low, right.high) {
			t.Fatalf("%s: %s has score %v, want %v to %v", show(p.Query), idOf(h), h.Score, right.low, right.high)
		}
		if p.Sort == search.ByRelevance && i > 0 && h.Score > got[i-1].Score {
			t.Fatalf("%s: hit %d has a higher score than the one before", show(p.Query), i)
		}
		delete(scores, idOf(h))
	}
}

// checkExplained checks that an explanation accounts for the score of a hit.
func checkExplained(t *rapid.T, p search.Plan, h search.Hit, d Demands) {
	switch {
	case h.Explain == nil && p.Explain && h.Score > 0:
		t.Fatalf("%s: the score of %s is not explained", show(p.Query), idOf(h))
	case h.Explain == nil:
		return
	case !d.equal(h.Explain.Value, h.Score):
		t.Fatalf("%s: %s has score %v, explained as %v", show(p.Query), idOf(h), h.Score, h.Explain.Value)
	}
	var add func(x search.Explanation)
	add = func(x search.Explanation) {
		sum, product := 0.0, 1.0
		for _, part := range x.Parts {
			add(part)
			sum += part.Value
			product *= part.Value
		}
		if x.Product {
			sum = product
		}
		if len(x.Parts) > 0 && !d.equal(sum, x.Value) {
			t.Fatalf("%s: the parts of %q give %v and not %v", show(p.Query), x.What, sum, x.Value)
		}
	}
	add(*h.Explain)
}

func compareFacet(t *rapid.T, p search.Plan, got, want search.Facet) {
	for i := range got.Values { // labels are not the engine's
		got.Values[i].Label, got.Values[i].Parent = "", ""
	}
	if len(got.Values) == 0 && len(want.Values) == 0 {
		got.Values, want.Values = nil, nil
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s, filters %v, facet %s:\ngot  %+v\nwant %+v", show(p.Query), p.Filters, want.Field, got, want)
	}
}

// idOf names a hit. Facts of different entries may share an ID, so their
// document counts too.
func idOf(h search.Hit) string {
	if h.Document != nil {
		return string(h.Document.ID)
	}
	return string(h.Fact.Evidence.Document) + "/" + h.Fact.ID + "/" + h.Fact.Statement
}

func ids(hits []search.Hit) []string {
	var list []string
	for _, h := range hits {
		list = append(list, idOf(h))
	}
	return list
}

// checkSelection selects the values of a facet one by one: each count is the
// total that selecting the value alone in that facet gives, beside what is
// excluded in it.
func checkSelection(t *rapid.T, s search.Snapshot, p search.Plan) {
	field := rapid.SampledFrom(search.FacetFields(p.Kind)).Draw(t, "facet")
	p.Facets = []search.FacetRequest{{Field: field}}
	facet := find(t, s, p).Facets[0]
	values := append(facet.Values, search.FacetValue{Value: corpus.None, Count: facet.Missing})
	for _, v := range values {
		narrowed := search.Filters{}
		for k, f := range p.Filters {
			narrowed[k] = f
		}
		alone := p.Filters[field].Excluded()
		alone.Any = []string{v.Value}
		narrowed[field] = alone
		if total := find(t, s, search.Plan{Kind: p.Kind, Query: p.Query, Filters: narrowed}).Total; total != v.Count {
			t.Fatalf("%s, filters %v: %s=%s shows %d and gives %d", show(p.Query), p.Filters, field, v.Value, v.Count, total)
		}
	}
}

func compareMatrix(t *rapid.T, index, reference search.Snapshot, k search.Kind) {
	p := search.Plan{Kind: k, Query: anything(k).Draw(t, "question"), Filters: filters(k).Draw(t, "filters")}
	row := rapid.SampledFrom(search.FacetFields(k)).Draw(t, "row")
	column := rapid.SampledFrom(search.FacetFields(k)).Draw(t, "column")
	got, err := index.Matrix(context.Background(), p, row, column)
	want, _ := reference.Matrix(context.Background(), p, row, column)
	if err != nil {
		t.Fatal(err)
	}
	if got.Total == 0 && want.Total == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s, filters %v, %s by %s:\ngot  %+v\nwant %+v", show(p.Query), p.Filters, row, column, *got, *want)
	}
}

// compareHighlights compares the places of the words of a question in a
// document that it finds.
func compareHighlights(t *rapid.T, index, reference search.Snapshot) {
	q := rapid.OneOf(word(), phrase(0), prefix(), fuzzy(), near(), either()).Draw(t, "question")
	hits := find(t, index, search.Plan{Query: q, Limit: 5}).Hits
	if len(hits) == 0 {
		return
	}
	id := rapid.SampledFrom(hits).Draw(t, "hit").Document.ID
	got, err := index.Highlights(context.Background(), id, q)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := reference.Highlights(context.Background(), id, q)
	for _, in := range []bool{true, false} {
		g, w := inTitle(got, in), inTitle(want, in)
		if !slices.IsSortedFunc(g, func(a, b search.Match) int { return cmp.Compare(a.Offset, b.Offset) }) {
			t.Fatalf("%s in %s: highlights are not in order: %+v", show(q), id, g)
		}
		if !slices.Equal(merged(g), merged(w)) {
			t.Fatalf("%s in %s:\ngot  %+v\nwant %+v", show(q), id, g, w)
		}
	}
}

// merged joins matches that overlap: whether a word that stands in two pairs
// is listed twice is the engine's own.
func merged(matches []search.Match) []search.Match {
	slices.SortFunc(matches, func(a, b search.Match) int {
		return cmp.Or(cmp.Compare(a.Clause, b.Clause), cmp.Compare(a.Offset, b.Offset))
	})
	var list []search.Match
	for _, m := range matches {
		if n := len(list); n > 0 && list[n-1].Clause == m.Clause && m.Offset < list[n-1].End {
			list[n-1].End = max(list[n-1].End, m.End)
		} else {
			list = append(list, m)
		}
	}
	return list
}

func inTitle(matches []search.Match, title bool) []search.Match {
	var list []search.Match
	for _, m := range matches {
		if m.InTitle == title {
			list = append(list, m)
		}
	}
	return list
}
