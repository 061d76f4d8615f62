package bleve_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// TestSearchingWhileWriting has eight searchers ask while one writer puts and
// deletes. Every answer must agree with itself and with its generation.
func TestSearchingWhileWriting(t *testing.T) {
	x := create(t)
	ctx, stop := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for ctx.Err() == nil {
				searchOnce(t, r, x)
			}
		}()
	}
	r, m := rand.New(rand.NewPCG(5, 5)), model{}
	for range 40 {
		apply(t, x, randomBatch(r, m))
	}
	stop()
	wait.Wait()
}

func searchOnce(t *testing.T, r *rand.Rand, x *bleve.Index) {
	ctx := context.Background()
	s, err := x.Acquire(ctx)
	if err != nil {
		t.Error(err)
		return
	}
	defer s.Release()
	p := search.Plan{Query: randomQuery(r, 2), Filters: randomFilters(r), Limit: 5, Bodies: r.IntN(2) == 0, Facets: []search.FacetRequest{{Field: search.FieldPublisher}, {Field: search.FieldYear}}}
	f, err := s.Search(ctx, p)
	if err != nil {
		t.Error(err)
		return
	}
	again, err := s.Search(ctx, p)
	if err != nil || again.Total != f.Total {
		t.Errorf("%v: %d and then %d hits in one snapshot (%v)", p.Query, f.Total, again.Total, err)
	}
	whole, err := s.Search(ctx, search.Plan{Query: search.All{}, Facets: p.Facets[:1]})
	if err != nil || whole.Total != s.Generation().Documents {
		t.Errorf("%d documents of %d (%v)", whole.Total, s.Generation().Documents, err)
		return
	}
	sum := whole.Facets[0].Missing
	for _, v := range whole.Facets[0].Values {
		sum += v.Count
	}
	if sum != whole.Total {
		t.Errorf("the publishers of %d documents are %d", whole.Total, sum)
	}
	for _, h := range f.Hits {
		if _, err := s.Highlights(ctx, h.Document.ID, p.Query); err != nil {
			t.Error(err)
		}
	}
}

// TestACopyTakenWhileWritingOpens takes copies of the folder between batches,
// as a crash would leave it, and opens them.
func TestACopyTakenWhileWritingOpens(t *testing.T) {
	dir := t.TempDir()
	x, err := bleve.Create(dir, bleve.Options{Taxonomy: taxonomy()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	r, m := rand.New(rand.NewPCG(9, 9)), model{}
	for range 12 {
		apply(t, x, randomBatch(r, m))
		want := acquire(t, x).Generation()
		y, err := bleve.Open(copyAtRest(t, dir), bleve.Options{Taxonomy: taxonomy(), Verify: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := acquire(t, y).Generation(); got != want {
			t.Errorf("generation %v, want %v", got, want)
		}
		if err := y.Close(); err != nil {
			t.Error(err)
		}
	}
}

// copyAtRest copies a folder at a moment in which nothing is written to it: what
// is copied while a merge writes is no state that a crash could leave.
func copyAtRest(t *testing.T, dir string) string {
	t.Helper()
	for range 1000 {
		copied := t.TempDir()
		before := listing(t, dir)
		if err := os.CopyFS(copied, os.DirFS(dir)); err == nil && slices.Equal(before, listing(t, dir)) {
			return copied
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the folder is never at rest")
	return ""
}

// listing returns names, sizes and times of the files of a folder.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			list = append(list, fmt.Sprint(e.Name(), info.Size(), info.ModTime()))
		}
	}
	return list
}

func TestAnotherLayoutIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := bleve.CreateWithSchema(dir, 999); err != nil {
		t.Fatal(err)
	}
	if _, err := bleve.Open(dir, bleve.Options{}); !errors.Is(err, search.ErrLayout) {
		t.Errorf("opened an index of another layout: %v", err)
	}
	if _, err := bleve.Open(filepath.Join(dir, "nowhere"), bleve.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opened an index that is not there: %v", err)
	}
}

// TestAFailedBatchIsNotSeen takes the folder away from under the index, as a
// full or broken disk would.
func TestAFailedBatchIsNotSeen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := createIn(t, dir)
	defer func() { _ = x.Close() }()
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "A", "words")}})
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if err := x.Apply(context.Background(), corpus.Batch{Put: []corpus.Record{document("b", "B", "words")}}); err == nil {
		t.Fatal("a batch was written without a folder")
	}
	if n := find(t, acquire(t, x), search.Plan{Query: search.Word{Text: "words"}}).Total; n != 1 {
		t.Errorf("%d documents after a failed batch", n)
	}
	if err := x.Apply(context.Background(), corpus.Batch{}); !errors.Is(err, bleve.ErrFailed) {
		t.Errorf("writing goes on after a failure: %v", err)
	}
}

func TestQuestionsThatAreTooExpensive(t *testing.T) {
	x := create(t)
	var b corpus.Batch
	for i := range 30 {
		text := ""
		for j := range 1000 {
			text += fmt.Sprintf("word%dx%d ", i, j)
		}
		b.Put = append(b.Put, document(fmt.Sprint(i), "", text))
	}
	apply(t, x, b)
	s := acquire(t, x)
	for _, q := range []search.Query{search.Prefix{Text: "w"}, search.Prefix{Text: "word"}} {
		if _, err := s.Search(context.Background(), search.Plan{Query: q}); !errors.Is(err, search.ErrTooExpensive) {
			t.Errorf("%s: %v", q, err)
		}
	}
	b = corpus.Batch{}
	for i := range 3100 {
		b.Put = append(b.Put, document(fmt.Sprintf("same%d", i), "", "the same words"))
	}
	apply(t, x, b)
	s = acquire(t, x)
	long := strings.TrimSpace(strings.Repeat("same ", 1000))
	var fuzzy search.Or
	for i := range 60 {
		fuzzy.Clauses = append(fuzzy.Clauses, search.Fuzzy{Text: fmt.Sprintf("word%d", i)})
	}
	for name, q := range map[string]search.Query{
		"long phrase": search.Phrase{Text: long}, "with moves": search.Phrase{Text: long[:len("same ")*300-1], Slop: 3},
		"near":             search.Near{Left: search.Phrase{Text: long[:len("same ")*500-1]}, Right: search.Phrase{Text: long[:len("same ")*500-1]}, Distance: 9},
		"many fuzzy words": fuzzy,
	} {
		if _, err := s.Search(context.Background(), search.Plan{Query: q}); !errors.Is(err, search.ErrTooExpensive) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Search(ctx, search.Plan{Query: search.Word{Text: "word"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that was called off: %v", err)
	}
}
