package bleve_test

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/search"
	"rapport/search/bleve"
)

var (
	_ search.Engine = (*bleve.Index)(nil)
	_ indexer.Sink  = (*bleve.Index)(nil)
)

func create(t testing.TB) *bleve.Index {
	t.Helper()
	x, err := bleve.Create(t.TempDir(), bleve.Options{Taxonomy: taxonomy()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// createIn makes an index without a taxonomy, which the test closes.
func createIn(t testing.TB, dir string) *bleve.Index {
	t.Helper()
	x, err := bleve.Create(dir, bleve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func taxonomy() *corpus.Taxonomy {
	return &corpus.Taxonomy{
		Groups: []corpus.Group{{ID: "human", Label: "Human security"}, {ID: "cyber", Label: "Cyber"}},
		Topics: []corpus.Topic{
			{ID: "human.demining", Group: "human"}, {ID: "human.women", Group: "human"}, {ID: "cyber.defence", Group: "cyber"},
		},
	}
}

func document(id, title, body string) corpus.Record {
	return corpus.Record{
		Entry:    corpus.Entry{ID: corpus.ID(id), Source: "test", Path: id + ".txt", Kind: corpus.DocumentEntry, Claims: []string{"test"}},
		Document: &corpus.Document{ID: corpus.ID(id), Title: title, Body: body, Language: "en", Source: "test", Path: id + ".txt"},
	}
}

func apply(t testing.TB, x *bleve.Index, b corpus.Batch) {
	t.Helper()
	if err := x.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

func acquire(t testing.TB, x *bleve.Index) search.Snapshot {
	t.Helper()
	s, err := x.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}

func find(t testing.TB, s search.Snapshot, p search.Plan) *search.Found {
	t.Helper()
	f, err := s.Search(context.Background(), p)
	if err != nil {
		t.Fatalf("%v: %v", p.Query, err)
	}
	return f
}

func ids(f *search.Found) []string {
	list := []string{}
	for _, h := range f.Hits {
		if h.Document != nil {
			list = append(list, string(h.Document.ID))
		} else {
			list = append(list, h.Fact.ID)
		}
	}
	return list
}

func TestWhatWasPutIsFound(t *testing.T) {
	x := create(t)
	apply(t, x, corpus.Batch{Put: []corpus.Record{
		document("a", "Trust fund for Japan", "The trust fund supports demining. Who pays for it?"),
		document("b", "Cooperation", "Japan and Korea held visits to each other."),
		document("c", "", "Funds that nobody trusts."),
	}})
	s := acquire(t, x)
	for _, c := range []struct {
		q    search.Query
		want []string
	}{
		{search.Word{Text: "japan"}, []string{"a", "b"}},
		{search.Word{Text: "Visit"}, []string{"b"}},
		{search.Word{Text: "visit", Exact: true}, []string{}},
		{search.Phrase{Text: "trust fund"}, []string{"a"}},
		{search.Phrase{Text: "fund trust", Slop: 2}, []string{"a", "c"}},
		{search.Word{Text: "japan", Field: search.FieldTitle}, []string{"a"}},
		{search.And{Clauses: []search.Query{search.Word{Text: "japan"}, search.Not{Clause: search.Word{Text: "korea"}}}}, []string{"a"}},
		{search.Prefix{Text: "demin"}, []string{"a"}},
		{search.Fuzzy{Text: "japen"}, []string{"a", "b"}},
		{search.Fuzzy{Text: "visiting"}, []string{"b"}},
		{search.Near{Left: search.Word{Text: "korea"}, Right: search.Word{Text: "visits"}, Distance: 2}, []string{"b"}},
		{search.Word{Text: "WHO"}, []string{"a"}},
	} {
		f := find(t, s, search.Plan{Query: c.q, Limit: 10})
		got := ids(f)
		if len(got) != len(c.want) || f.Total != len(c.want) {
			t.Errorf("%s: %v, want %v", c.q, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.q, got, c.want)
			}
		}
		for _, id := range got {
			m, err := s.Highlights(context.Background(), corpus.ID(id), c.q)
			if err != nil || len(m) == 0 {
				t.Errorf("%s in %s: no place is shown (%v)", c.q, id, err)
			}
		}
	}
}

func TestReplacingAndDeleting(t *testing.T) {
	x := create(t)
	a := document("a", "Old", "first words")
	a.Facts = []corpus.Fact{{ID: "f1", Statement: "A fact.", Kind: "visit"}, {ID: "f2", Statement: "Another."}}
	apply(t, x, corpus.Batch{Put: []corpus.Record{a, document("b", "B", "other")}})
	first := acquire(t, x)
	if g := first.Generation(); g.Documents != 2 || g.Facts != 2 {
		t.Errorf("%+v", g)
	}
	b := document("a", "New", "second words")
	b.Facts = []corpus.Fact{{ID: "f2", Statement: "Another."}}
	apply(t, x, corpus.Batch{Put: []corpus.Record{b}, Delete: []corpus.ID{"b"}})
	second := acquire(t, x)
	if g := second.Generation(); g.Documents != 1 || g.Facts != 1 {
		t.Errorf("%+v", g)
	}
	if n := find(t, first, search.Plan{Query: search.Word{Text: "first"}}).Total; n != 1 {
		t.Errorf("the first snapshot changed: %d", n)
	}
	if n := find(t, second, search.Plan{Query: search.Word{Text: "first"}}).Total; n != 0 {
		t.Errorf("the old version is still found")
	}
	if n := find(t, second, search.Plan{Kind: search.Facts, Limit: 10}).Total; n != 1 {
		t.Errorf("%d facts", n)
	}
	fresh := create(t)
	apply(t, fresh, corpus.Batch{Put: []corpus.Record{b}})
	if got, want := second.Generation(), acquire(t, fresh).Generation(); got != want {
		t.Errorf("the same content has generations %v and %v", got, want)
	}
	if _, err := second.Document(context.Background(), "b"); !errors.Is(err, search.ErrNotFound) {
		t.Error(err)
	}
}

func TestReopening(t *testing.T) {
	dir := t.TempDir()
	x := createIn(t, dir)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "A", "words"), document("b", "B", "words")}})
	if err := x.Begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	took := time.Duration(math.MaxInt64)
	for try := 0; try < 3 && took > time.Second; try++ { // again what a busy machine held up
		began := time.Now()
		if _, err := bleve.Open(dir, bleve.Options{}); !errors.Is(err, bleve.ErrLocked) {
			t.Errorf("opened twice: %v", err)
		}
		took = min(took, time.Since(began))
	}
	if took > time.Second {
		t.Errorf("the conflict took %v", took)
	}
	s, err := x.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if n := find(t, s, search.Plan{Query: search.Word{Text: "words"}}).Total; n != 2 {
		t.Errorf("a snapshot held over Close finds %d", n)
	}
	s.Release()
	y, err := bleve.Open(dir, bleve.Options{Verify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = y.Close() }()
	if g := acquire(t, y).Generation(); !g.Pending || g.Documents != 2 {
		t.Errorf("%+v", g)
	}
	if err := y.End(context.Background()); err != nil {
		t.Fatal(err)
	}
	if g := acquire(t, y).Generation(); g.Pending {
		t.Errorf("%+v", g)
	}
}

func TestDamagedFilesAreErrors(t *testing.T) {
	dir := t.TempDir()
	x := createIn(t, dir)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "A", "some words"), document("b", "B", "more words")}})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for name, damage := range map[string]func([]byte) []byte{
			"truncated": func(b []byte) []byte { return b[:len(b)/2] },
			"empty":     func([]byte) []byte { return nil },
			"flipped": func(b []byte) []byte {
				b = append([]byte(nil), b...)
				for i := len(b) / 3; i < len(b)/2; i++ {
					b[i] ^= 0x55
				}
				return b
			},
		} {
			t.Run(f.Name()+" "+name, func(t *testing.T) {
				copied := t.TempDir()
				for _, o := range files {
					data, err := os.ReadFile(filepath.Join(dir, o.Name()))
					if err != nil {
						t.Fatal(err)
					}
					if o.Name() == f.Name() {
						data = damage(data)
					}
					if err := os.WriteFile(filepath.Join(copied, o.Name()), data, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				y, err := bleve.Open(copied, bleve.Options{Verify: true})
				if err == nil {
					// The damage may lie where nothing is: then nothing may be missing.
					defer func() { _ = y.Close() }()
					if n := find(t, acquire(t, y), search.Plan{Query: search.Word{Text: "words"}, Limit: 5}).Total; n != 2 {
						t.Fatalf("opened without an error, and %d documents are found", n)
					}
					return
				}
				if !errors.Is(err, search.ErrDamaged) {
					t.Errorf("%v is not search.ErrDamaged", err)
				}
			})
		}
	}
}

// TestADocumentOfAnotherEntryIsRefused: its entry would be looked for in vain when
// the document is replaced, and the index would hold fewer than it says.
func TestADocumentOfAnotherEntryIsRefused(t *testing.T) {
	x := create(t)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "", "text")}})
	strange := document("b", "", "text")
	strange.Document.ID = "a"
	if err := x.Apply(t.Context(), corpus.Batch{Put: []corpus.Record{strange}}); err == nil {
		t.Error("a document was put under the entry of another")
	}
	if g := acquire(t, x).Generation(); g.Documents != 1 {
		t.Errorf("%d documents, want 1", g.Documents)
	}
}
