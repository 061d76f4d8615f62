package search_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/searchtest"
)

// note is a document of the tests, with its title and body.
type note struct{ id, title, body string }

var notes = []note{
	{"japan", "Japan and the trust fund", "Japan gave 20 million to the trust fund. The fund pays for demining in Ukraine."},
	{"sweden", "Sweden", "Sweden trains with partners. A trust grows. Nippon is far away."},
	{"korea", "Republic of Korea", "The Republic of Korea sent a delegation to the summit on cyber defence."},
	{"cyber", "Cyber defence summit", "Partners met to speak about cyber defence and contributions."},
	{"uxo", "Unexploded ordnance", "Unexploded ordnance was cleared with a contribution from Japan."},
}

func snapshot(t testing.TB, records ...corpus.Record) search.Snapshot {
	t.Helper()
	taxonomy := searchtest.Taxonomy(t)
	if records == nil {
		for _, n := range notes {
			d := &corpus.Document{ID: corpus.ID(n.id), Title: n.title, Body: n.body, Language: "en", Source: "notes", Path: n.id}
			d.Tags = taxonomy.Tag(d)
			f := corpus.Fact{ID: "f1", Kind: "visit", Statement: "Fact about " + n.title, Evidence: corpus.Evidence{Document: d.ID}}
			for _, p := range corpus.Values(d.Tags.Partners) {
				f.Partners = append(f.Partners, corpus.PartnerID(p))
			}
			records = append(records, corpus.Record{
				Entry:    corpus.Entry{ID: d.ID, Source: "notes", Path: n.id, Kind: corpus.DocumentEntry},
				Document: d, Facts: []corpus.Fact{f},
			})
		}
	}
	e := searchtest.NewReference(taxonomy)
	if err := e.Apply(t.Context(), corpus.Batch{Put: records}); err != nil {
		t.Fatal(err)
	}
	s, err := e.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(t testing.TB, s search.Snapshot, r search.Request) *search.Result {
	t.Helper()
	result, err := search.Ask(t.Context(), s, r)
	if err != nil {
		t.Fatalf("%q: %v", r.Text, err)
	}
	return result
}

func idsOf(hits []search.Hit) []string {
	var ids []string
	for _, h := range hits {
		ids = append(ids, string(h.Document.ID))
	}
	slices.Sort(ids)
	return ids
}

func TestAskMatchModes(t *testing.T) {
	s := snapshot(t)
	for _, c := range []struct {
		text    string
		mode    search.MatchMode
		match   search.MatchMode
		relaxed bool
		ids     string
	}{
		{"trust fund", "", "all", false, "japan"},
		{"trust fund Sweden", "", "2of3", true, "japan sweden"},
		{"trust fund Sweden", "all", "all", false, ""},
		{"trust fund Sweden", "any", "any", false, "japan sweden"},
		{"trust fund Sweden", "2of3", "2of3", true, "japan sweden"},
		{"trust zebra", "auto", "1of2", true, "japan sweden"},
		{"trust zebra", "1of2", "1of2", true, "japan sweden"},
		{"zebra giraffe", "auto", "all", false, ""},
		{"trust", "", "all", false, "japan sweden"},
		{"", "", "all", false, "cyber japan korea sweden uxo"},
		{`"trust fund" zebra`, "", "1of2", true, "japan"},
		{"trust -demining", "", "all", false, "sweden"},
	} {
		r := ask(t, s, search.Request{Text: c.text, Match: c.mode})
		got := strings.Join(idsOf(r.Hits), " ")
		if r.Read.Match != c.match || r.Read.Relaxed != c.relaxed || got != c.ids || r.Total != len(r.Hits) {
			t.Errorf("%q match %q: got match %s, relaxed %v, %d: %s; want %s, %v: %s",
				c.text, c.mode, r.Read.Match, r.Read.Relaxed, r.Total, got, c.match, c.relaxed, c.ids)
		}
	}
}

func TestAskSaysWhichWordsAHitLacks(t *testing.T) {
	r := ask(t, snapshot(t), search.Request{Text: "trust fund Sweden"})
	lacks := map[string]string{}
	for _, h := range r.Hits {
		lacks[string(h.Document.ID)] = strings.Join(h.Missing, " ")
	}
	if lacks["japan"] != "Sweden" || lacks["sweden"] != "fund" {
		t.Errorf("missing words: %v", lacks)
	}
}

// Relaxation is decided before filters: a filter that leaves no document with
// all words does not change the match mode.
func TestAskDecidesRelaxationBeforeFilters(t *testing.T) {
	r := ask(t, snapshot(t), search.Request{
		Text: "trust fund", Filters: search.Filters{search.FieldPartner: {Any: []string{"SE"}}},
	})
	if r.Read.Match != search.MatchAll || r.Total != 0 {
		t.Errorf("match %s, total %d, want all and 0", r.Read.Match, r.Total)
	}
}

func TestAskUsesSynonymsAndNames(t *testing.T) {
	s := snapshot(t)
	for _, c := range []struct {
		text     string
		verbatim bool
		ids      string
	}{
		{"UXO", false, "uxo"}, {"UXO", true, ""}, {"ROK", false, "korea"}, {"ROK", true, ""},
		{"partner:Nippon", true, "japan uxo"},
	} {
		r := ask(t, s, search.Request{Text: c.text, Verbatim: c.verbatim})
		if got := strings.Join(idsOf(r.Hits), " "); got != c.ids {
			t.Errorf("%q, verbatim %v: got %q, want %q", c.text, c.verbatim, got, c.ids)
		}
		if expanded := len(r.Read.Synonyms) > 0; expanded == c.verbatim {
			t.Errorf("%q, verbatim %v: synonyms %v", c.text, c.verbatim, r.Read.Synonyms)
		}
	}
}

func TestAskFiltersDocumentsAndFactsAlike(t *testing.T) {
	s := snapshot(t)
	r := ask(t, s, search.Request{
		Filters: search.Filters{search.FieldPartner: {Any: []string{"Nippon"}}, search.FieldSource: {Any: []string{"notes"}}},
		Facets:  []search.FacetRequest{{Field: search.FieldPartner}}, FactFacets: []search.FacetRequest{{Field: search.FieldTopic}},
		Facts: 5,
	})
	if r.Total == 0 || r.Facts.Total != r.Total || len(r.Facts.Hits) != r.Facts.Total {
		t.Errorf("%d documents, %d facts, %d shown", r.Total, r.Facts.Total, len(r.Facts.Hits))
	}
	for _, v := range r.Facets[0].Values {
		if v.Value == "JP" && (v.Label != "Japan" || !v.Selected || v.Count != r.Total) {
			t.Errorf("facet value %+v", v)
		}
	}
	if len(r.Facts.Facets) != 1 {
		t.Fatalf("%d facets of facts", len(r.Facts.Facets))
	}
	for _, v := range r.Facts.Facets[0].Values {
		if v.Value == "human.demining" && v.Parent != "human" {
			t.Errorf("topic %+v has no group", v)
		}
	}
}

func TestAskCountsMentions(t *testing.T) {
	s := snapshot(t)
	filtered := ask(t, s, search.Request{Filters: search.Filters{search.FieldPartner: {Any: []string{"JP"}}}})
	typed := ask(t, s, search.Request{Text: "partner:JP"})
	want := ask(t, s, search.Request{Filters: search.Filters{search.FieldMention: {Any: []string{"JP"}}}}).Total
	if filtered.Total >= want || filtered.Read.Mentions != want || typed.Read.Mentions != want {
		t.Errorf("about %d; mentions %d and %d, want %d", filtered.Total, filtered.Read.Mentions, typed.Read.Mentions, want)
	}
	if n := ask(t, s, search.Request{Text: "Japan"}).Read.Mentions; n != 0 {
		t.Errorf("%d mentions without a partner", n)
	}
}

func TestAskSaysWhichFieldsAreThoseOfFacts(t *testing.T) {
	s := snapshot(t)
	for text, want := range map[string]string{
		"kind:visit": "“kind”", "japan kind:visit": "“kind”", "amount>=1m": "“amount”", "kind:visit OR japan": "", "-kind:visit": "", "partner:JP": "",
	} {
		var remarks []string
		for _, w := range ask(t, s, search.Request{Text: text}).Read.Warnings {
			remarks = append(remarks, strings.Fields(w.Message)[0])
		}
		if got := strings.Join(remarks, " "); got != want {
			t.Errorf("%q: remarks on %q, want %q", text, got, want)
		}
	}
}

func TestAskStrict(t *testing.T) {
	var read *search.ReadError
	_, err := search.Ask(t.Context(), snapshot(t), search.Request{Text: `fund "trust`, Strict: true})
	if !errors.As(err, &read) || read.Position < 0 || read.Message == "" {
		t.Errorf("error %v", err)
	}
	if _, err := search.Ask(t.Context(), snapshot(t), search.Request{Text: `fund "trust"`, Strict: true}); err != nil {
		t.Error(err)
	}
}

func TestAskRefusesBadRequests(t *testing.T) {
	s := snapshot(t)
	first := ask(t, s, search.Request{Text: "trust fund Sweden", Limit: 1})
	if first.Next == "" {
		t.Fatal("no cursor")
	}
	cursor := first.Next
	for name, r := range map[string]search.Request{
		"limit":            {Limit: search.MaxLimit + 1},
		"negative limit":   {Limit: -1},
		"match":            {Match: "most"},
		"damaged cursor":   {Text: "trust fund Sweden", Cursor: cursor[:len(cursor)-5]},
		"no place":         {Text: "trust fund Sweden", Cursor: misplaced(t, cursor)},
		"nonsense":         {Text: "trust fund Sweden", Cursor: "%%%"},
		"other question":   {Text: "trust fund Japan", Cursor: cursor},
		"other filter":     {Text: "trust fund Sweden", Cursor: cursor, Filters: search.Filters{search.FieldLang: {Any: []string{"en"}}}},
		"other order":      {Text: "trust fund Sweden", Cursor: cursor, Sort: search.ByTitle},
		"other match mode": {Text: "trust fund Sweden", Cursor: cursor, Match: search.MatchAny},
	} {
		var bad search.ParamErrors
		if _, err := search.Ask(t.Context(), s, r); !errors.As(err, &bad) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for _, mode := range []search.MatchMode{"", "auto", "2of3"} {
		next := ask(t, s, search.Request{Text: "trust fund Sweden", Limit: 1, Cursor: cursor, Match: mode})
		if next.Total != first.Total || !next.Read.Relaxed || next.Next != "" || next.Hits[0].Document.ID == first.Hits[0].Document.ID {
			t.Errorf("second page in mode %q: %+v", mode, next)
		}
	}
}

// misplaced returns the cursor with a place that no list of hits has.
func misplaced(t *testing.T, cursor string) string {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]any
	if err := json.Unmarshal(data, &parts); err != nil {
		t.Fatal(err)
	}
	parts["p"] = map[string]any{"k": "NaN", "t": 1}
	if data, err = json.Marshal(parts); err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// A mode written for more words than the question has leads through all pages.
func TestAskPagesOfAShortQuestion(t *testing.T) {
	s := snapshot(t, searchtest.Records(20, 3)...)
	r := search.Request{Text: "fund", Match: "2of3", Limit: 1}
	first := ask(t, s, r)
	if first.Next == "" {
		t.Fatalf("%d hits are too few for the test", first.Total)
	}
	r.Cursor = first.Next
	if next := ask(t, s, r); next.Total != first.Total || next.Before != 1 {
		t.Errorf("second page: %d hits, %d before", next.Total, next.Before)
	}
}

// A page that follows one of another state of the index says so, and one of the
// same state says nothing.
func TestAskSaysThatTheIndexMovedBetweenPages(t *testing.T) {
	e := searchtest.NewReference(searchtest.Taxonomy(t))
	r := search.Request{Text: "fund", Limit: 1}
	var remarks [2]int
	for i, batch := range [][]corpus.Record{searchtest.Records(20, 3), searchtest.Records(30, 3)[20:]} {
		if err := e.Apply(t.Context(), corpus.Batch{Put: batch}); err != nil {
			t.Fatal(err)
		}
		s, err := e.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			r.Cursor = ask(t, s, r).Next
		}
		page := ask(t, s, r)
		if page.Before != 1 {
			t.Errorf("%d hits before the second page", page.Before)
		}
		remarks[i] = len(page.Read.Warnings)
	}
	if remarks != [2]int{0, 1} {
		t.Errorf("%d remarks on a page of the same index, %d on one that moved", remarks[0], remarks[1])
	}
}

func TestAskHonoursTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := search.Ask(ctx, snapshot(t), search.Request{Text: "trust"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Walking the pages gives every hit once, whatever the question, and counts of
// facets are true under the pinned match mode.
func TestAskPagesAndCounts(t *testing.T) {
	s := snapshot(t, searchtest.Records(80, 21)...)
	word := rapid.SampledFrom([]string{"fund", "trust", "Japan", "summit", "résumé", "F-16", "cyber", "zebra", "visits"})
	rapid.Check(t, func(t *rapid.T) {
		r := search.Request{
			Text:  strings.Join(rapid.SliceOfN(word, 0, 4).Draw(t, "words"), " "),
			Limit: rapid.IntRange(3, 30).Draw(t, "limit"),
			Sort:  rapid.SampledFrom([]search.Sort{"", search.Newest, search.Oldest, search.ByTitle}).Draw(t, "sort"),
		}
		r.Facets = []search.FacetRequest{{Field: search.FieldPartner}}
		first := mustAsk(t, s, r)
		seen := map[corpus.ID]bool{}
		for page := first; ; page = mustAsk(t, s, r) {
			for _, h := range page.Hits {
				if seen[h.Document.ID] {
					t.Fatalf("%q: %s comes twice", r.Text, h.Document.ID)
				}
				seen[h.Document.ID] = true
			}
			if page.Total != first.Total || page.Read.Match != first.Read.Match || page.Read.Relaxed != first.Read.Relaxed {
				t.Fatalf("%q: a later page is of another question", r.Text)
			}
			if r.Cursor = page.Next; r.Cursor == "" {
				break
			}
		}
		if len(seen) != first.Total {
			t.Fatalf("%q: %d hits on the pages, total %d", r.Text, len(seen), first.Total)
		}
		for _, v := range first.Facets[0].Values {
			r.Match, r.Cursor = first.Read.Match, ""
			r.Filters = search.Filters{search.FieldPartner: {Any: []string{v.Value}}}
			if got := mustAsk(t, s, r).Total; got != v.Count {
				t.Fatalf("%q: partner %s shows %d and gives %d", r.Text, v.Value, v.Count, got)
			}
		}
	})
}

func mustAsk(t *rapid.T, s search.Snapshot, r search.Request) *search.Result {
	result, err := search.Ask(context.Background(), s, r)
	if err != nil {
		t.Fatalf("%q: %v", r.Text, err)
	}
	return result
}
