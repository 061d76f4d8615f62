package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapport/search"
)

// TestEveryCountIsTheTotalItLeadsTo asks 200 random questions of the sample
// corpus, with selections, and selects every value of every facet shown.
func TestEveryCountIsTheTotalItLeadsTo(t *testing.T) {
	s, err := openSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	snapshot, err := s.engine.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	random := rand.New(rand.NewPCG(1, 2))
	words := wordsOf(t, snapshot)
	checked := 0
	for range 200 {
		text := question(random, words)
		kind := []search.Kind{search.Documents, search.Facts}[random.IntN(2)]
		read, _ := search.Read(text, snapshot.Taxonomy())
		expanded, _ := search.Expand(read, snapshot.Taxonomy())
		plan := search.Plan{Kind: kind, Query: search.Relax(expanded, search.MatchAny), Filters: search.Filters{}}
		for _, field := range search.FacetFields(kind) {
			plan.Facets = append(plan.Facets, search.FacetRequest{Field: field})
		}
		total := func() *search.Found {
			found, err := snapshot.Search(t.Context(), plan)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			return found
		}
		found := total()
		if f := found.Facets[random.IntN(len(found.Facets))]; len(f.Values) > 0 && random.IntN(2) == 0 {
			value := []string{f.Values[random.IntN(len(f.Values))].Value}
			if plan.Filters[f.Field] = (search.Filter{Any: value}); random.IntN(2) == 0 {
				plan.Filters[f.Field] = search.Filter{Not: value}
			}
			found = total()
		}
		plan.Facets = nil
		for _, f := range found.Facets {
			before, selected := plan.Filters[f.Field]
			for _, v := range f.Values {
				plan.Filters[f.Field] = search.Filter{Any: []string{v.Value}, Not: before.Not}
				if got := total().Total; got != v.Count {
					t.Errorf("%s %q with %v: %s=%s counts %d and leads to %d", kind, text, plan.Filters, f.Field, v.Value, v.Count, got)
				}
				checked++
			}
			if delete(plan.Filters, f.Field); selected {
				plan.Filters[f.Field] = before
			}
		}
	}
	t.Logf("%d counts", checked)
	if checked < 10_000 {
		t.Errorf("only %d counts were checked", checked)
	}
}

// wordsOf returns words of the corpus.
func wordsOf(t *testing.T, s search.Snapshot) []string {
	t.Helper()
	found, err := s.Search(t.Context(), search.Plan{Kind: search.Documents, Query: search.All{}, Sort: search.ByTitle, Limit: 100, Bodies: true})
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, h := range found.Hits {
		words = append(words, strings.Fields(h.Document.Body)...)
	}
	if len(words) < 1000 {
		t.Fatalf("%d words in %d documents", len(words), len(found.Hits))
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// question makes a question of a few words, sometimes with operators.
func question(random *rand.Rand, words []string) string {
	pick := func() string { return words[random.IntN(len(words))] }
	switch random.IntN(6) {
	case 0:
		return ""
	case 1:
		return pick() + " OR " + pick()
	case 2:
		return pick() + " -" + pick()
	case 3:
		return "na* " + pick()
	default:
		return pick() + " " + pick() + " " + pick()
	}
}
