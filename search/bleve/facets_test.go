package bleve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

var counted = []string{
	search.FieldPartner, search.FieldYear, search.FieldTopic, search.FieldPublisher, search.FieldLang, search.FieldPublished,
}

func randomQuery(r *rand.Rand, depth int) search.Query {
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	many := func() []search.Query {
		list := make([]search.Query, 1+r.IntN(3))
		for i := range list {
			list[i] = randomQuery(r, depth-1)
		}
		return list
	}
	n := 12
	if depth == 0 {
		n = 7
	}
	switch r.IntN(n) {
	case 0:
		return search.All{}
	case 1, 2:
		return search.Word{Text: word()}
	case 3:
		return search.Word{Text: word(), Exact: r.IntN(2) == 0, Field: []string{"", search.FieldTitle}[r.IntN(2)]}
	case 4:
		return search.Phrase{Text: word() + " " + word(), Exact: r.IntN(3) == 0}
	case 5:
		return search.Prefix{Text: []string{"tr", "min", "exer", "vis"}[r.IntN(4)]}
	case 6:
		return search.Value{Field: search.FieldPartner, Value: partners[r.IntN(len(partners))]}
	case 7, 8:
		return search.And{Clauses: many()}
	case 9:
		return search.Or{Clauses: many()}
	case 10:
		return search.Not{Clause: randomQuery(r, depth-1)}
	default:
		c := many()
		return search.AtLeast{Min: 1 + r.IntN(len(c)), Clauses: c}
	}
}

func randomFilters(r *rand.Rand) search.Filters {
	f := search.Filters{}
	withNone := func(values []string) []string { return append(append([]string{}, values...), corpus.None, "nobody") }
	if r.IntN(3) == 0 {
		f[search.FieldPartner] = search.Filter{Any: pick(r, withNone(partners), 3), Not: pick(r, withNone(partners), 1)}
	}
	if r.IntN(3) == 0 {
		f[search.FieldTopic] = search.Filter{Any: pick(r, append(withNone(topics), "human"), 2)}
	}
	if r.IntN(3) == 0 {
		from := 2000 + r.IntN(16)
		f[search.FieldYear] = search.Filter{
			Any:    pick(r, []string{"1990s", "2003", corpus.None}, 1),
			Ranges: []search.Range{{From: strconv.Itoa(from), To: strconv.Itoa(from + r.IntN(6))}},
		}
	}
	if r.IntN(4) == 0 {
		f[search.FieldPublished] = search.Filter{Ranges: []search.Range{{From: "2011-05", To: []string{"", "2011-05", "2012"}[r.IntN(3)]}}}
	}
	if r.IntN(4) == 0 {
		f[search.FieldPublisher] = search.Filter{Not: pick(r, withNone(publishers), 2)}
	}
	return f
}

// TestCountsEqualThoseOfLookingAtEveryDocument compares totals and facets of
// random questions with a model, while documents are put, replaced and
// deleted in random batches. RAPPORT_SEARCHES sets how many questions.
func TestCountsEqualThoseOfLookingAtEveryDocument(t *testing.T) {
	searches := 600
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_SEARCHES")); err == nil {
		searches = n
	}
	r := rand.New(rand.NewPCG(1, uint64(searches)))
	for done := 0; done < searches; {
		x, m := create(t), model{}
		for range 12 {
			apply(t, x, randomBatch(r, m))
			s, err := x.Acquire(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for range 25 {
				compare(t, r, s, m)
				done++
			}
			s.Release()
			if t.Failed() {
				return
			}
		}
	}
}

func randomBatch(r *rand.Rand, m model) corpus.Batch {
	var b corpus.Batch
	for range 1 + r.IntN(12) {
		id := fmt.Sprintf("d%d", r.IntN(60))
		if r.IntN(4) == 0 {
			b.Delete = append(b.Delete, corpus.ID(id))
			continue
		}
		b.Put = append(b.Put, randomRecord(r, id))
	}
	for _, id := range b.Delete {
		delete(m, id)
	}
	for _, p := range b.Put {
		m[p.Entry.ID] = p
	}
	return b
}

func compare(t *testing.T, r *rand.Rand, s search.Snapshot, m model) {
	t.Helper()
	p := search.Plan{Query: randomQuery(r, 2), Filters: randomFilters(r), Limit: r.IntN(5)}
	for _, f := range counted {
		if r.IntN(3) > 0 {
			p.Facets = append(p.Facets, search.FacetRequest{Field: f})
		}
	}
	got := find(t, s, p)
	if want := m.total(p); got.Total != want {
		t.Fatalf("%v %v: total %d, want %d", p.Query, p.Filters, got.Total, want)
	}
	if want := min(p.Limit, got.Total); len(got.Hits) != want {
		t.Errorf("%v: %d hits, want %d", p.Query, len(got.Hits), want)
	}
	for _, f := range got.Facets {
		want := m.facet(p, f.Field)
		values := f.Values
		f.Values = nil
		for _, v := range values {
			v.Parent = ""
			f.Values = append(f.Values, v)
		}
		if !reflect.DeepEqual(f, want) {
			t.Errorf("%v %v:\n got %+v\nwant %+v", p.Query, p.Filters, f, want)
		}
	}
}

// TestScoresDependOnContentAlone indexes the same documents in different
// batches, with others put and deleted in between.
func TestScoresDependOnContentAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var records []corpus.Record
	for i := range 80 {
		records = append(records, randomRecord(r, fmt.Sprintf("d%d", i)))
	}
	var engines []*bleve.Index
	for _, size := range []int{80, 1, 7} {
		x := create(t)
		order := r.Perm(len(records))
		for i := 0; i < len(order); i += size {
			var b corpus.Batch
			for _, j := range order[i:min(i+size, len(order))] {
				b.Put = append(b.Put, records[j])
			}
			b.Put = append(b.Put, randomRecord(r, fmt.Sprintf("gone%d", i)))
			apply(t, x, b)
			apply(t, x, corpus.Batch{Delete: []corpus.ID{corpus.ID(fmt.Sprintf("gone%d", i))}})
		}
		engines = append(engines, x)
	}
	for range 100 {
		p := search.Plan{Query: randomQuery(r, 2), Limit: 20, Sort: []search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.ByTitle}[r.IntN(4)]}
		first := find(t, acquire(t, engines[0]), p)
		for _, x := range engines[1:] {
			again := find(t, acquire(t, x), p)
			for i := range again.Hits {
				a, b := first.Hits[i], again.Hits[i]
				if a.Document.ID != b.Document.ID || a.Position != b.Position {
					t.Fatalf("%v by %s, hit %d: %s %v and %s %v", p.Query, p.Sort, i, a.Document.ID, a.Position, b.Document.ID, b.Position)
				}
			}
		}
	}
	a, b := acquire(t, engines[0]).Generation(), acquire(t, engines[1]).Generation()
	if a != b {
		t.Errorf("generations %v and %v", a, b)
	}
}

// TestAPageCostsTheSameAtAnyDepth counts what a page allocates at the beginning
// of all hits and near their end.
func TestAPageCostsTheSameAtAnyDepth(t *testing.T) {
	x := create(t)
	var b corpus.Batch
	for i := range 3000 {
		b.Put = append(b.Put, document(fmt.Sprintf("d%04d", i), fmt.Sprintf("Note %d", i*7919%3000), "the same words"))
	}
	apply(t, x, b)
	if _, _, err := bleve.Prepare(x); err != nil { // so that nothing else allocates
		t.Fatal(err)
	}
	s := acquire(t, x)
	for _, order := range []search.Sort{search.ByRelevance, search.Newest, search.ByTitle} {
		p := search.Plan{Query: search.Word{Text: "words"}, Sort: order, Limit: 2990}
		all := find(t, s, p).Hits
		p.Limit = 5
		first := testing.AllocsPerRun(10, func() { find(t, s, p) })
		p.After = &all[len(all)-1].Position
		deep := testing.AllocsPerRun(10, func() { find(t, s, p) })
		if deep > first*1.2+10 {
			t.Errorf("by %s: the first page makes %.0f allocations, one behind hit %d makes %.0f", order, first, len(all), deep)
		}
	}
}

// TestPagesJoinWithoutGapOrRepetition walks through all hits page by page.
func TestPagesJoinWithoutGapOrRepetition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	x, m := create(t), model{}
	for range 10 {
		apply(t, x, randomBatch(r, m))
	}
	s := acquire(t, x)
	for _, order := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.ByTitle} {
		for _, q := range []search.Query{search.All{}, search.Word{Text: "trust"}, search.Or{Clauses: []search.Query{search.Word{Text: "the"}, search.Word{Text: "fund"}}}} {
			whole := ids(find(t, s, search.Plan{Query: q, Sort: order, Limit: 1000}))
			var joined []string
			p := search.Plan{Query: q, Sort: order, Limit: 3}
			for {
				f := find(t, s, p)
				if len(f.Hits) == 0 {
					break
				}
				joined = append(joined, ids(f)...)
				p.After = &f.Hits[len(f.Hits)-1].Position
			}
			if !reflect.DeepEqual(whole, joined) {
				t.Errorf("%v by %s: %v in one, %v in pages", q, order, whole, joined)
			}
		}
	}
}
