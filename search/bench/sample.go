package bench

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// The numbers of documents and facts that the words of questions are chosen
// from.
const (
	sampleDocuments = 4000
	sampleFacts     = 1000
)

// sample is what some documents are made of.
type sample struct {
	documents int
	facts     int
	words     []string // by falling number of documents
	inDocs    map[string]int
	pairs     []string // of neighbours, by falling number of documents
	pairDocs  map[string]int
	statement []string // words of facts, by falling number of facts
	inFacts   map[string]int
}

// take reads the first documents of an index and its newest facts.
func take(ctx context.Context, records iter.Seq2[corpus.Record, error], from search.Snapshot) (*sample, error) {
	s := &sample{inDocs: map[string]int{}, pairDocs: map[string]int{}, inFacts: map[string]int{}}
	facts, err := from.Search(ctx, search.Plan{Kind: search.Facts, Query: search.All{}, Sort: search.Newest, Limit: sampleFacts})
	if err != nil {
		return nil, err
	}
	s.facts = len(facts.Hits)
	for _, h := range facts.Hits {
		countDistinct(s.inFacts, analysis.Terms(h.Fact.Statement))
	}
	for rec, err := range records {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if rec.Document == nil {
			continue
		}
		if s.document(rec.Document); s.documents == sampleDocuments {
			break
		}
	}
	s.words, s.pairs, s.statement = byCount(s.inDocs), byCount(s.pairDocs), byCount(s.inFacts)
	return s, nil
}

func (s *sample) document(d *corpus.Document) {
	s.documents++
	terms := analysis.Terms(d.Body)
	countDistinct(s.inDocs, terms)
	pairs := make([]string, 0, len(terms))
	for i := 1; i < len(terms); i++ {
		if isPlain(terms[i-1]) && isPlain(terms[i]) {
			pairs = append(pairs, terms[i-1]+" "+terms[i])
		}
	}
	seen := make(map[string]bool, len(pairs))
	for _, p := range pairs {
		if !seen[p] {
			seen[p] = true
			s.pairDocs[p]++
		}
	}
}

// countDistinct counts each plain word once.
func countDistinct(counts map[string]int, terms []string) {
	seen := make(map[string]bool, len(terms))
	for _, t := range terms {
		if isPlain(t) && !seen[t] {
			seen[t] = true
			counts[t]++
		}
	}
}

// isPlain reports a word of three or more of the letters a to z, which means
// itself in a question.
func isPlain(word string) bool {
	if len(word) < 3 {
		return false
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// ranked is a key with what it is sorted by: of many millions, looking that up
// for each comparison would take minutes.
type ranked struct {
	key  string
	rank float64
}

// byCount returns the keys, those with the largest count first.
func byCount(counts map[string]int) []string {
	list := make([]ranked, 0, len(counts))
	for k, n := range counts {
		list = append(list, ranked{k, float64(-n)})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.key, b.key))
	})
	return keysOf(list)
}

// nearest returns the n keys, fewer when there are not so many, whose counts come
// nearest to a share of total, seen as a ratio.
func nearest(keys []string, counts map[string]int, total int, share float64, n int) []string {
	list := make([]ranked, len(keys))
	for i, k := range keys {
		list[i] = ranked{k, math.Abs(math.Log(float64(counts[k]) / (share * float64(max(total, 1)))))}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	return keysOf(list[:min(n, len(list))])
}

func keysOf(list []ranked) []string {
	keys := make([]string, len(list))
	for i, r := range list {
		keys[i] = r.key
	}
	return keys
}
