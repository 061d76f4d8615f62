package searchtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search"
)

// testContent changes content in several ways.
func testContent(t *testing.T, on engine) {
	t.Run("batches do not matter", func(t *testing.T) { testBatches(t, on) })
	t.Run("updates and deletes", func(t *testing.T) { testUpdates(t, on) })
	t.Run("records come back whole", func(t *testing.T) { testStored(t, on) })
	t.Run("dictionary", func(t *testing.T) { testDictionary(t, on) })
}

// testBatches reaches the same content in several ways: generation, scores
// and order are the same.
func testBatches(t *testing.T, on engine) {
	records := Records(120, 3)
	other := Records(120, 4) // former versions of some, and some that go again
	whole := build(t, on, []corpus.Batch{{Put: records}})
	var small []corpus.Batch
	for _, i := range rand.New(rand.NewPCG(5, 5)).Perm(len(records)) {
		small = append(small, corpus.Batch{Put: records[i : i+1]})
	}
	edited := append(batches(other[:80], 30), batches(records, 25)...)
	extra := Records(200, 6)[150:]
	edited = append(edited, corpus.Batch{Put: extra})
	gone := corpus.Batch{}
	for _, r := range extra {
		gone.Delete = append(gone.Delete, r.Entry.ID)
	}
	edited = append(edited, gone)
	for name, list := range map[string][]corpus.Batch{"one by one, shuffled": small, "with former versions and deletes": edited} {
		s := build(t, on, list)
		if got, want := s.Generation(), whole.Generation(); got != want {
			t.Errorf("%s: generation %+v, want %+v", name, got, want)
		}
		for _, k := range []search.Kind{search.Documents, search.Facts} {
			for _, w := range words {
				p := search.Plan{Kind: k, Query: search.Or{Clauses: []search.Query{search.Word{Text: w}, search.Word{Text: "fund"}}}, Limit: everything}
				got, want := mustFind(t, s, p), mustFind(t, whole, p)
				compareOrder(t, fmt.Sprintf("%s: %s", name, p.Query), got.Hits, want.Hits, on.demands)
			}
		}
	}
}

// compareOrder compares the answers of two indexes of one content: the scores
// are the same, and hits are in the same order but for those of scores that
// are the same as far as is demanded. Hits of one score are in the same order.
func compareOrder(t *testing.T, name string, got, want []search.Hit, d Demands) {
	t.Helper()
	place := map[string]int{}
	for i, h := range want {
		place[idOf(h)] = i
	}
	if len(got) != len(want) || len(place) != len(want) {
		t.Fatalf("%s: %d hits, want %d", name, len(got), len(want))
	}
	for i, h := range got {
		at, ok := place[idOf(h)]
		switch {
		case !ok:
			t.Fatalf("%s: finds %s and should not", name, idOf(h))
		case !d.equal(h.Score, want[at].Score):
			t.Fatalf("%s: score %v of %s, want %v", name, h.Score, idOf(h), want[at].Score)
		case !d.equal(want[at].Score, want[i].Score):
			t.Fatalf("%s: in another order:\ngot  %v\nwant %v", name, ids(got), ids(want))
		case i == 0 || h.Score != got[i-1].Score:
		case want[at].Score == want[place[idOf(got[i-1])]].Score && at < place[idOf(got[i-1])]:
			t.Fatalf("%s: hits of one score in another order:\ngot  %v\nwant %v", name, ids(got), ids(want))
		}
	}
}

func build(t *testing.T, on engine, list []corpus.Batch) search.Snapshot {
	t.Helper()
	index := on.open(t, Taxonomy(t))
	t.Cleanup(func() { _ = index.Close() })
	for _, b := range list {
		if err := index.Apply(t.Context(), b); err != nil {
			t.Fatalf("apply: %v", err)
		}
	}
	return acquire(t, index)
}

func mustFind(t *testing.T, s search.Snapshot, p search.Plan) *search.Found {
	t.Helper()
	found, err := s.Search(context.Background(), p)
	if err != nil {
		t.Fatalf("%s: %v", p.Query, err)
	}
	return found
}

// testUpdates follows single documents and facts through changes.
func testUpdates(t *testing.T, on engine) {
	index := on.open(t, Taxonomy(t))
	defer func() { _ = index.Close() }()
	apply := func(b corpus.Batch) {
		t.Helper()
		if err := index.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	total := func(k search.Kind, word string) int {
		t.Helper()
		s, err := index.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Release()
		return mustFind(t, s, search.Plan{Kind: k, Query: search.Word{Text: word}}).Total
	}
	expect := func(when string, k search.Kind, word string, want int) {
		t.Helper()
		if got := total(k, word); got != want {
			t.Errorf("%s: %q finds %d %s, want %d", when, word, got, k, want)
		}
	}
	record := func(id, body string, facts ...string) corpus.Record {
		r := corpus.Record{
			Entry:    corpus.Entry{ID: corpus.ID(id), Source: "s", Path: id, Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: corpus.ID(id), Title: id, Body: body, Source: "s", Path: id},
		}
		for _, f := range facts {
			r.Facts = append(r.Facts, corpus.Fact{ID: f, Statement: f, Evidence: corpus.Evidence{Document: corpus.ID(id)}})
		}
		return r
	}
	curated := corpus.Record{
		Entry: corpus.Entry{ID: "curated", Source: "c", Path: "c.yaml", Kind: corpus.FactsEntry},
		Facts: []corpus.Fact{{ID: "curated", Statement: "curated", Evidence: corpus.Evidence{Document: "a"}}},
	}
	apply(corpus.Batch{Put: []corpus.Record{record("a", "apple", "first", "second"), record("b", "banana"), curated}})
	expect("at first", search.Documents, "apple", 1)
	expect("at first", search.Facts, "first", 1)
	expect("facts are no documents", search.Documents, "first", 0)
	expect("documents are no facts", search.Facts, "apple", 0)

	apply(corpus.Batch{Put: []corpus.Record{record("a", "avocado", "second", "third")}})
	expect("after an update", search.Documents, "apple", 0)
	expect("after an update", search.Documents, "avocado", 1)
	expect("after an update", search.Facts, "first", 0)
	expect("after an update", search.Facts, "second", 1)
	expect("after an update", search.Facts, "third", 1)
	expect("facts of another entry stay", search.Facts, "curated", 1)

	apply(corpus.Batch{Delete: []corpus.ID{"a", "unknown"}})
	expect("after a delete", search.Documents, "avocado", 0)
	expect("after a delete", search.Facts, "third", 0)
	expect("after a delete", search.Facts, "curated", 1)
	expect("after a delete", search.Documents, "banana", 1)

	apply(corpus.Batch{Put: []corpus.Record{record("a", "apple")}, Delete: []corpus.ID{"b", "curated"}})
	expect("put again", search.Documents, "apple", 1)
	expect("gone", search.Documents, "banana", 0)
	expect("gone", search.Facts, "curated", 0)
}

// testStored compares what an engine returns with what was put.
func testStored(t *testing.T, on engine) {
	records := Records(60, 7)
	for _, n := range []int{search.OpeningLength, 10 * search.OpeningLength, 100 * search.OpeningLength} {
		id := corpus.ID(fmt.Sprint("long-", n))
		records = append(records, corpus.Record{
			Entry:    corpus.Entry{ID: id, Source: "s", Path: string(id), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: id, Title: "Long", Body: strings.Repeat("日本語 ", n/10+1), Source: "s", Path: string(id)},
		})
	}
	s := build(t, on, batches(records, 20))
	facts := map[corpus.ID]int{}
	for _, r := range records {
		for _, f := range r.Facts {
			facts[f.Evidence.Document]++
		}
	}
	for _, r := range records {
		if r.Document == nil {
			continue
		}
		d, err := s.Document(t.Context(), r.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(d, r.Document) {
			t.Fatalf("got  %+v\nwant %+v", d, r.Document)
		}
		p := search.Plan{Query: search.Value{Field: search.FieldID, Value: string(d.ID)}, Limit: 2}
		for _, bodies := range []bool{true, false} {
			p.Bodies = bodies
			hits := mustFind(t, s, p).Hits
			if len(hits) != 1 || hits[0].Document.Title != d.Title || (hits[0].Document.Body == d.Body) != (bodies || d.Body == "") {
				t.Fatalf("hit for %s with bodies %v: %+v", d.ID, bodies, hits)
			}
		}
		p.Bodies, p.Openings = false, true
		if h := mustFind(t, s, p).Hits[0]; h.Document.Body != "" || !strings.HasPrefix(d.Body, h.Opening) || len(h.Opening) < min(len(d.Body), search.OpeningLength) || !utf8.ValidString(h.Opening) {
			t.Fatalf("the opening of %s, of %d bytes, is %d bytes", d.ID, len(d.Body), len(h.Opening))
		}
		p.Openings = false
		list, err := s.Facts(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != facts[d.ID] {
			t.Fatalf("%d facts of %s, want %d", len(list), d.ID, facts[d.ID])
		}
		if !slices.IsSortedFunc(list, func(a, b corpus.Fact) int { return a.Evidence.Offset - b.Evidence.Offset }) {
			t.Fatalf("facts of %s are not in order of offset", d.ID)
		}
	}
	if _, err := s.Document(t.Context(), "nowhere"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("a document that is not there: error %v", err)
	}
	if _, err := s.Highlights(t.Context(), "nowhere", search.All{}); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("highlights of a document that is not there: error %v", err)
	}
}

// testDictionary looks words and titles up.
func testDictionary(t *testing.T, on engine) {
	p := newPair(t, on)
	for _, b := range batches(Records(150, 8), 50) {
		p.apply(t, b)
	}
	index, reference := p.snapshots(t)
	for _, l := range []search.Lookup{
		{Prefix: "tr"}, {Prefix: "fund"}, {Prefix: "zz"}, {Prefix: "стр"}, {Prefix: "con"},
		{Similar: "trsut"}, {Similar: "sweeden"}, {Similar: "coperation"},
	} {
		l.Limit = everything
		got, err := index.Terms(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := reference.Terms(t.Context(), l)
		if !slices.Equal(got, want) {
			t.Errorf("%+v:\ngot  %v\nwant %v", l, got, want)
		}
	}
	title := mustFind(t, reference, search.Plan{Query: search.All{}, Limit: 1}).Hits[0].Document
	found, err := index.Terms(t.Context(), search.Lookup{Field: search.FieldTitle, Prefix: title.Title, Limit: 100})
	if err != nil || !slices.ContainsFunc(found, func(x search.Term) bool { return x.ID == title.ID && x.Text == title.Title }) {
		t.Errorf("title %q is not found: %v, %v", title.Title, found, err)
	}
}
