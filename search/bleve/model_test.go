package bleve_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// model answers questions by looking at every document, in the plainest way.
type model map[corpus.ID]corpus.Record

var (
	vocabulary = []string{
		"trust", "fund", "funds", "trust-fund", "support", "supports", "supported", "japan", "korea", "visit",
		"visits", "visited", "the", "and", "of", "who", "IT", "defence", "minister", "ministers", "summit", "exercise",
		"exercises", "training", "trained", "train", "mine", "mines", "demining", "Österreich", "U.S.", "A-10",
	}
	partners   = []string{"JP", "KR", "AU", "NZ", "UA", "GE"}
	topics     = []string{"human.demining", "human.women", "cyber.defence"}
	publishers = []string{"NATO", "EU", "UN"}
	dates      = []string{"", "2011", "2011-05", "2011-05-03", "2011-05-04", "2012-01", "2014"}
)

func pick(r *rand.Rand, from []string, most int) []string {
	var list []string
	for range r.IntN(most + 1) {
		if v := from[r.IntN(len(from))]; !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

func tags(values []string) []corpus.Tag {
	var list []corpus.Tag
	for _, v := range values {
		list = append(list, corpus.Tag{Value: v})
	}
	return list
}

func words(r *rand.Rand, most int) string {
	list := make([]string, r.IntN(most+1))
	for i := range list {
		list[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return strings.Join(list, " ")
}

// randomPuts returns a batch of n records, named by numbers from first on.
func randomPuts(r *rand.Rand, first, n int) (b corpus.Batch) {
	for i := range n {
		b.Put = append(b.Put, randomRecord(r, fmt.Sprintf("d%d", first+i)))
	}
	return b
}

func randomRecord(r *rand.Rand, id string) corpus.Record {
	rec := document(id, words(r, 5), words(r, 40))
	d := rec.Document
	d.Language = []string{"en", "en", "de", ""}[r.IntN(4)]
	d.Publisher = append(publishers, "")[r.IntN(len(publishers)+1)]
	d.Published, _ = corpus.ParseDate(dates[r.IntN(len(dates))])
	d.Tags.Partners = tags(pick(r, partners, 3))
	d.Tags.Topics = tags(pick(r, topics, 2))
	years := []string{"1990s"}
	for y := 2000; y < 2016; y++ {
		years = append(years, fmt.Sprint(y))
	}
	d.Tags.Years = tags(pick(r, years, 4+2*r.IntN(2)))
	for i := range r.IntN(3) {
		rec.Facts = append(rec.Facts, corpus.Fact{
			ID: fmt.Sprintf("%s-%d", id, i), Statement: words(r, 12), Kind: "visit",
			Evidence: corpus.Evidence{Document: d.ID, Exact: words(r, 3), Status: corpus.AnchorExact},
		})
	}
	return rec
}

// values returns the facet values of a document, by the definitions of the
// fields.
func (m model) values(d *corpus.Document, field string) []string {
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	switch field {
	case search.FieldPartner:
		return corpus.Values(d.Tags.Partners)
	case search.FieldYear:
		return corpus.Values(d.Tags.Years)
	case search.FieldTopic:
		list := corpus.Values(d.Tags.Topics)
		for _, t := range corpus.Values(d.Tags.Topics) {
			if g := strings.Split(t, ".")[0]; !slices.Contains(list, g) {
				list = append(list, g)
			}
		}
		return list
	case search.FieldPublisher:
		return one(d.Publisher)
	case search.FieldLang:
		return one(d.Language)
	case search.FieldPublished:
		return d.Published.Years()
	}
	return nil
}

// has reports whether a document passes one selection.
func (m model) has(d *corpus.Document, field string, f search.Filter) bool {
	values := m.values(d, field)
	holds := func(wanted []string) bool {
		for _, w := range wanted {
			if w == corpus.None && len(values) == 0 || slices.Contains(values, w) {
				return true
			}
		}
		return false
	}
	if holds(f.Not) {
		return false
	}
	if len(f.Any) == 0 && len(f.Ranges) == 0 {
		return true
	}
	if holds(f.Any) {
		return true
	}
	for _, r := range f.Ranges {
		if m.inside(d, field, r) {
			return true
		}
	}
	return false
}

func (m model) inside(d *corpus.Document, field string, r search.Range) bool {
	if field == search.FieldPublished {
		from, _ := corpus.ParseDate(r.From)
		to, _ := corpus.ParseDate(r.To)
		p := d.Published
		return !p.IsZero() && (from.IsZero() || from.Start() <= p.Start()) && (to.IsZero() || p.End() <= to.End())
	}
	for _, v := range m.values(d, field) {
		if len(v) == 4 && (r.From == "" || v >= r.From) && (r.To == "" || v <= r.To) {
			return true
		}
	}
	return false
}

// matches reports whether a document matches a query.
func (m model) matches(d *corpus.Document, q search.Query) bool {
	count := func(clauses []search.Query) int {
		n := 0
		for _, c := range clauses {
			if m.matches(d, c) {
				n++
			}
		}
		return n
	}
	switch q := q.(type) {
	case nil, search.All:
		return true
	case search.Word:
		return m.phrase(d, q.Field, q.Text, q.Exact)
	case search.Phrase:
		return m.phrase(d, q.Field, q.Text, q.Exact)
	case search.Prefix:
		for _, text := range []string{d.Title, d.Body} {
			for _, t := range allTerms(text) {
				if strings.HasPrefix(t, q.Text) {
					return true
				}
			}
		}
		return false
	case search.And:
		return count(q.Clauses) == len(q.Clauses)
	case search.Or:
		return count(q.Clauses) > 0
	case search.AtLeast:
		return count(q.Clauses) >= q.Min
	case search.Not:
		return !m.matches(d, q.Clause)
	case search.Value:
		return m.has(d, q.Field, search.Filter{Any: []string{q.Value}})
	}
	panic(fmt.Sprintf("%T", q))
}

// allTerms returns all terms of a text, joined forms included.
func allTerms(text string) []string {
	var s analysis.Scanner
	s.Reset(text)
	var list []string
	for t := (analysis.Token{}); s.Next(&t); {
		list = append(list, string(t.Term))
	}
	return list
}

func (m model) phrase(d *corpus.Document, field, text string, exact bool) bool {
	fields := []string{d.Title, d.Body}
	if field == search.FieldTitle {
		fields = fields[:1]
	}
	languages := []string{"en"}
	for _, r := range m {
		if l := r.Document.Language; l != "" && !slices.Contains(languages, l) {
			languages = append(languages, l)
		}
	}
	for _, variant := range analysis.Query(text) {
		for _, f := range fields {
			at := map[int][]string{}
			var s analysis.Scanner
			s.Reset(f)
			for t := (analysis.Token{}); s.Next(&t); {
				term := string(t.Term)
				if !exact {
					term = analysis.Stem(d.Language, term)
				}
				at[t.Position] = append(at[t.Position], term)
			}
			for p := range at {
				if stands(at, p, variant, languages, exact) {
					return true
				}
			}
		}
	}
	return false
}

func stands(at map[int][]string, p int, variant analysis.Variant, languages []string, exact bool) bool {
	for i, term := range variant {
		forms := []string{term}
		if !exact {
			forms = analysis.Stems(term, languages)
		}
		if !slices.ContainsFunc(forms, func(f string) bool { return slices.Contains(at[p+i], f) }) {
			return false
		}
	}
	return true
}

// facet counts a facet over what matches and passes all filters but its own.
func (m model) facet(p search.Plan, field string) search.Facet {
	f := search.Facet{Field: field}
	counts := map[string]int{}
	for _, r := range m {
		if !m.matches(r.Document, p.Query) || !m.passes(r.Document, p.Filters, field) {
			continue
		}
		f.Total++
		values := m.values(r.Document, field)
		if len(values) == 0 {
			f.Missing++
		}
		for _, v := range values {
			counts[v]++
		}
	}
	f.Distinct = len(counts)
	own := p.Filters[field]
	for _, v := range append(slices.Clone(own.Any), own.Not...) {
		if _, ok := counts[v]; !ok {
			counts[v] = 0
			if v == corpus.None {
				counts[v] = f.Missing
			}
		}
	}
	for v, n := range counts {
		f.Values = append(f.Values, search.FacetValue{
			Value: v, Count: n, Selected: slices.Contains(own.Any, v), Excluded: slices.Contains(own.Not, v),
		})
	}
	sort.Slice(f.Values, func(i, j int) bool {
		a, b := f.Values[i], f.Values[j]
		name := func(v search.FacetValue) string { return search.NameKey(taxonomy(), f.Field, v.Value) }
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(name(a), name(b)), cmp.Compare(a.Value, b.Value)) < 0
	})
	return f
}

func (m model) passes(d *corpus.Document, filters search.Filters, except string) bool {
	for field, f := range filters {
		if field == except {
			f = search.Filter{Not: f.Not}
		}
		if !m.has(d, field, f) {
			return false
		}
	}
	return true
}

func (m model) total(p search.Plan) int {
	n := 0
	for _, r := range m {
		if m.matches(r.Document, p.Query) && m.passes(r.Document, p.Filters, "") {
			n++
		}
	}
	return n
}
