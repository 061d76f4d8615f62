package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/search"
)

// kinship knows which documents of a state are alike. It is found when first
// asked for.
type kinship struct {
	records []*record
	once    sync.Once
	groups  map[string]map[corpus.ID][]string // by field and document: ids of its group
}

// withKin returns the records, the documents with what tells their kin.
func withKin(records []*record) []*record {
	k := &kinship{records: slices.Clone(records)}
	for i, r := range records {
		if r.document != nil {
			copied := *r
			copied.kinship = k
			k.records[i] = &copied
		}
	}
	return k.records
}

// of returns the IDs of the group that a document belongs to.
func (k *kinship) of(r *record, field string) []string {
	k.once.Do(func() {
		k.groups = map[string]map[corpus.ID][]string{
			search.FieldSame: k.find((*corpus.Likeness).Same), search.FieldNear: k.find((*corpus.Likeness).Near),
		}
	})
	return k.groups[field][r.document.ID]
}

// find compares every pair. What is alike through others is alike.
func (k *kinship) find(alike func(a, b *corpus.Likeness) bool) map[corpus.ID][]string {
	groups := map[corpus.ID][]string{}
	for _, r := range k.records {
		if r.document == nil || groups[r.document.ID] != nil {
			continue
		}
		group := spread(k.records, r, alike)
		var ids []string
		for _, member := range group {
			ids = append(ids, string(member.document.ID))
		}
		for _, member := range group {
			groups[member.document.ID] = ids
		}
	}
	return groups
}

// spread returns a document and all that are alike, through others or not.
func spread(records []*record, from *record, alike func(a, b *corpus.Likeness) bool) []*record {
	group := []*record{from}
	for i := 0; i < len(group); i++ {
		for _, r := range records {
			if r.document != nil && !slices.Contains(group, r) && alike(&group[i].likeness, &r.likeness) {
				group = append(group, r)
			}
		}
	}
	return group
}

// collapse keeps the first hit of each group, of hits in order.
func (e *evaluation) collapse(hits []search.Hit, p search.Plan) []search.Hit {
	if p.Kind == search.Facts || p.Collapse == "" || p.Collapse == search.CollapseNone {
		return hits
	}
	groups := map[string]string{} // a document's group by ID
	for _, r := range e.records {
		groups[string(r.document.ID)] = fmt.Sprint(r.values(p.Collapse.Field()))
	}
	var first []search.Hit
	at := map[string]int{}
	for _, h := range hits {
		group := groups[idOf(h)]
		if i, ok := at[group]; ok {
			first[i].Folded++
			continue
		}
		at[group] = len(first)
		first = append(first, h)
	}
	return first
}

// kindred returns records with families: the same bytes, nearly the same text,
// the same text at another time, and editions of one work.
func kindred(families int, seed uint64) []corpus.Record {
	g := generator{rand.New(rand.NewPCG(seed, 1))}
	var records []corpus.Record
	for family := range families {
		body := strings.Fields(g.text(60))
		for range 1 + g.IntN(5) {
			r := g.document(len(records))
			d := r.Document
			text := slices.Clone(body)
			for range one(g, 0, 0, 1, 2, 6, 20) {
				text[g.IntN(len(text))] = one(g, "altered", "changed", "Norway")
			}
			d.Body = strings.Join(text, one(g, " ", "\n"))
			d.Published = date(one(g, "", "2011-05-03", "2011-05-06", "2020-01-01"))
			d.URL = one(g, "", "http://e.org/a", fmt.Sprintf("https://e.org/%d/", family))
			d.Digest = one(g, corpus.Digest([]byte(d.Body)), corpus.Digest([]byte(fmt.Sprint(family, g.IntN(2)))))
			records = append(records, r)
		}
	}
	return records
}

// testCollapse compares what is collapsed, and what is found by kinship, with
// what comparing all pairs gives.
func testCollapse(t *testing.T, on engine) {
	p := newPair(t, on)
	records := kindred(60, 21)
	former := kindred(60, 22) // is replaced
	for _, b := range append(batches(former[:len(former)/2], 17), batches(records, 13)...) {
		p.apply(t, b)
	}
	p.apply(t, corpus.Batch{Delete: []corpus.ID{records[3].Entry.ID, records[40].Entry.ID}})
	index, reference := p.snapshots(t)
	folded := map[search.Collapse]int{}
	for _, c := range []search.Collapse{search.CollapseSame, search.CollapseNear} {
		all := search.Plan{Query: search.All{}, Collapse: c, Limit: everything}
		folded[c] = mustFind(t, index, all).Folded
	}
	if folded[search.CollapseSame] == 0 || folded[search.CollapseNear] <= folded[search.CollapseSame] {
		t.Errorf("folded by way: %v: the content tells nothing", folded)
	}
	t.Run("lists", rapid.MakeCheck(func(t *rapid.T) { compareCollapsed(t, index, reference) }))
	t.Run("kinship", rapid.MakeCheck(func(t *rapid.T) {
		field := rapid.SampledFrom([]string{search.FieldSame, search.FieldNear, search.FieldWork}).Draw(t, "field")
		value := string(rapid.SampledFrom(records).Draw(t, "document").Document.ID)
		if field == search.FieldWork {
			value = rapid.SampledFrom([]string{"//e.org/a", "//e.org/3", "//e.org/4", "nothing", corpus.None}).Draw(t, "work")
		}
		compare(t, index, reference, search.Plan{Query: search.Value{Field: field, Value: value}, Limit: everything})
		f := filters(search.Documents).Draw(t, "filters")
		f[field] = search.Filter{Any: []string{value}}
		if rapid.Bool().Draw(t, "excluded") {
			f[field] = search.Filter{Not: []string{value}}
		}
		compare(t, index, reference, search.Plan{Query: question(search.Documents, 1).Draw(t, "question"), Filters: f, Limit: everything})
	}))
}

// compareCollapsed reads a collapsed list page by page. Which of two hits of
// one score comes first is the engine's own.
func compareCollapsed(t *rapid.T, index, reference search.Snapshot) {
	p := search.Plan{
		Query: question(search.Documents, 1).Draw(t, "question"), Filters: filters(search.Documents).Draw(t, "filters"),
		Sort:     rapid.SampledFrom([]search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.ByTitle}).Draw(t, "sort"),
		Collapse: rapid.SampledFrom([]search.Collapse{search.CollapseNone, search.CollapseSame, search.CollapseNear}).Draw(t, "collapse"),
		Facets:   []search.FacetRequest{{Field: search.FieldPartner}}, Limit: everything,
	}
	want := find(t, reference, p)
	open := p
	open.Collapse = ""
	whole := find(t, index, open)
	p.Limit = rapid.IntRange(1, 9).Draw(t, "limit")
	var got []search.Hit
	for {
		page := find(t, index, p)
		if page.Total != whole.Total || page.Total != want.Total || page.Folded != want.Folded {
			t.Fatalf("collapse %s: %d found and %d folded, want %d and %d", p.Collapse, page.Total, page.Folded, want.Total, want.Folded)
		}
		compareFacet(t, p, page.Facets[0], whole.Facets[0])
		got = append(got, page.Hits...)
		if len(page.Hits) < p.Limit {
			break
		}
		p.After = &page.Hits[len(page.Hits)-1].Position
	}
	if len(got) != len(want.Hits) || len(got) != want.Total-want.Folded {
		t.Fatalf("collapse %s: %d hits on all pages, want %d", p.Collapse, len(got), len(want.Hits))
	}
	// Each hit is the first of its group among all hits, and says how many of
	// them it stands for.
	place := map[string]int{}
	for i, h := range whole.Hits {
		place[idOf(h)] = i
	}
	for i, h := range got {
		if i > 0 && place[idOf(got[i-1])] >= place[idOf(h)] {
			t.Fatalf("collapse %s: hit %d is out of order", p.Collapse, i)
		}
		behind := 0
		if field := p.Collapse.Field(); p.Collapse != search.CollapseNone {
			group := find(t, reference, search.Plan{Query: search.Value{Field: field, Value: idOf(h)}, Limit: everything})
			for _, member := range group.Hits {
				if at, found := place[idOf(member)]; found && idOf(member) != idOf(h) {
					if behind++; at < place[idOf(h)] {
						t.Fatalf("collapse %s: %s is listed and %s comes before it", p.Collapse, idOf(h), idOf(member))
					}
				}
			}
		}
		if h.Folded != behind {
			t.Fatalf("collapse %s: %s stands for %d others, want %d", p.Collapse, idOf(h), h.Folded, behind)
		}
	}
}
