package bleve_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/corpus/corpustest"
	"rapport/search"
	"rapport/search/analysis"
	"rapport/search/bleve"
)

// synthetic makes passages of about a kilobyte: cut from the text files under
// RAPPORT_BENCH_TEXT when that is set, else of made-up words distributed as
// in English, the n-th most frequent about 1/n as frequent as the first.
type synthetic struct {
	rand  *rand.Rand
	zipf  *rand.Zipf
	texts []string
}

func newSynthetic(seed uint64) *synthetic {
	r := rand.New(rand.NewPCG(seed, 42))
	s := &synthetic{rand: r, zipf: rand.NewZipf(r, 1.15, 2, 120_000)}
	if dir := os.Getenv("RAPPORT_BENCH_TEXT"); dir != "" {
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".txt", ".md"}, filepath.Ext(path)) {
				return nil
			}
			data, err := os.ReadFile(path)
			for text := string(data); err == nil && len(text) > 200; {
				cut := min(1000, len(text))
				if i := strings.LastIndexByte(text[:cut], ' '); i > 0 {
					cut = i
				}
				s.texts = append(s.texts, text[:cut])
				text = text[cut:]
			}
			return nil
		})
	}
	return s
}

// syntheticWord spells a number in syllables: rare words are longer.
func syntheticWord(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 14 * 5; n > 0; n /= 14 * 5 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

func (s *synthetic) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(syntheticWord(s.zipf.Uint64()))
		if i%12 == 11 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

func (s *synthetic) body(i int) string {
	if len(s.texts) > 0 {
		return s.texts[i%len(s.texts)]
	}
	return s.words(100 + s.rand.IntN(100))
}

// frequent returns the words of a sample, the most frequent first.
func (s *synthetic) frequent() []string {
	counts := map[string]int{}
	for i := range 3000 {
		for _, w := range analysis.Terms(s.body(i * 7)) {
			counts[w]++
		}
	}
	var words []string
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return words
}

func (s *synthetic) values(prefix string, distinct, most int) []corpus.Tag {
	var list []corpus.Tag
	for range 1 + s.rand.IntN(most) {
		v := fmt.Sprintf("%s%02d", prefix, int(float64(distinct)*s.rand.Float64()*s.rand.Float64()))
		if !slices.ContainsFunc(list, func(t corpus.Tag) bool { return t.Value == v }) {
			list = append(list, corpus.Tag{Value: v, Count: 1})
		}
	}
	return list
}

func (s *synthetic) record(i int) corpus.Record {
	r := document(fmt.Sprintf("%016x", i), "", s.body(i))
	title := strings.Fields(r.Document.Body)
	r.Document.Title = strings.Join(title[:min(8, len(title))], " ")
	d := r.Document
	d.Publisher, d.Type, d.Format = fmt.Sprintf("p%02d", s.rand.IntN(20)), "speech", "text"
	year := 1940 + s.rand.IntN(80)
	d.Published, _ = corpus.ParseDate(fmt.Sprintf("%d-%02d-%02d", year, 1+s.rand.IntN(12), 1+s.rand.IntN(28)))
	d.Tags.Partners = s.values("P", 40, 3)
	d.Tags.Topics = s.values("t", 30, 3)
	d.Tags.Years = []corpus.Tag{{Value: strconv.Itoa(year)}}
	return r
}

// benchmarkIndex returns an index of passages, RAPPORT_BENCH_DOCS in number,
// which is kept in RAPPORT_BENCH_DIR when that is set.
var benchmarkIndex = sync.OnceValues(func() (*bleve.Index, error) {
	docs := 30_000
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_BENCH_DOCS")); err == nil {
		docs = n
	}
	dir := os.Getenv("RAPPORT_BENCH_DIR")
	if dir != "" {
		if x, err := bleve.Open(dir, bleve.Options{Taxonomy: taxonomy()}); err == nil {
			return x, nil
		}
	} else {
		var err error
		if dir, err = os.MkdirTemp("", "rapport-bench-"); err != nil {
			return nil, err
		}
	}
	x, err := bleve.Create(dir, bleve.Options{Taxonomy: taxonomy()})
	if err != nil {
		return nil, err
	}
	s := newSynthetic(1)
	began, busy, raw := time.Now(), corpustest.ProcessorTime(), 0
	for i := 0; i < docs; {
		var b corpus.Batch
		for ; i < docs && len(b.Put) < 1000; i++ {
			r := s.record(i)
			raw += len(r.Document.Body) + len(r.Document.Title)
			b.Put = append(b.Put, r)
		}
		if err := x.Apply(context.Background(), b); err != nil {
			return nil, err
		}
	}
	took, busy := time.Since(began), corpustest.ProcessorTime()-busy
	time.Sleep(2 * time.Second) // files that were merged are deleted in the background
	size := int64(0)
	_ = filepath.Walk(dir, func(_ string, f os.FileInfo, err error) error {
		if err == nil && !f.IsDir() {
			size += f.Size()
		}
		return nil
	})
	fmt.Printf("# %d passages, %d MB: %.0f docs/s, %.0f docs per CPU-second, index %.2f times the text\n", docs, raw>>20,
		float64(docs)/took.Seconds(), float64(docs)/busy.Seconds(), float64(size)/float64(raw))
	return x, nil
})

// questions returns questions of a class. Common words are in about one of
// twenty passages.
func questions(class string) []search.Query {
	frequent := newSynthetic(1).frequent()
	word := func(rank int) search.Query { return search.Word{Text: frequent[rank]} }
	var list []search.Query
	for i := range 20 {
		common, other, rare := 120+5*i, 300+11*i, 4000+50*i
		switch class {
		case "rare":
			list = append(list, word(rare))
		case "common":
			list = append(list, word(common))
		case "and":
			list = append(list, search.And{Clauses: []search.Query{word(common), word(other)}})
		case "or":
			list = append(list, search.Or{Clauses: []search.Query{word(common), word(common + 1), word(other)}})
		case "phrase":
			list = append(list, search.Phrase{Text: frequent[i%5] + " " + frequent[common]})
		case "near":
			list = append(list, search.Near{Left: word(common), Right: word(other), Distance: 8})
		case "prefix":
			list = append(list, search.Prefix{Text: first(frequent[other], 4)})
		case "fuzzy":
			list = append(list, search.Fuzzy{Text: frequent[other]})
		case "all":
			list = append(list, search.All{})
		}
	}
	return list
}

func first(word string, n int) string { return word[:min(n, len(word))] }

var threeFacets = []search.FacetRequest{
	{Field: search.FieldPartner, Limit: 10}, {Field: search.FieldYear, Limit: 10}, {Field: search.FieldTopic, Limit: 10},
}

// BenchmarkSearch measures questions by class, without facets, with three,
// and with three of which one value each is selected.
func BenchmarkSearch(b *testing.B) {
	x, err := benchmarkIndex()
	if err != nil {
		b.Fatal(err)
	}
	selected := search.Filters{
		search.FieldPartner: {Any: []string{"P01", "P02"}}, search.FieldYear: {Ranges: []search.Range{{From: "1960", To: "1999"}}},
		search.FieldTopic: {Any: []string{"t01", "t03", "t04"}},
	}
	for _, class := range []string{"rare", "common", "and", "or", "phrase", "near", "prefix", "fuzzy", "all"} {
		list := questions(class)
		for _, variant := range []struct {
			name string
			plan search.Plan
		}{
			{"plain", search.Plan{Limit: 10}},
			{"facets", search.Plan{Limit: 10, Facets: threeFacets}},
			{"selected", search.Plan{Limit: 10, Facets: threeFacets, Filters: selected}},
		} {
			b.Run(class+"/"+variant.name, func(b *testing.B) {
				s, err := x.Acquire(context.Background())
				if err != nil {
					b.Fatal(err)
				}
				defer s.Release()
				var took []time.Duration
				hits := 0
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					p := variant.plan
					p.Query = list[i%len(list)]
					began := time.Now()
					f, err := s.Search(context.Background(), p)
					if err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
					hits += f.Total
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
				b.ReportMetric(float64(hits)/float64(len(took)), "hits")
			})
		}
	}
}
