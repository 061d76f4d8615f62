package bleve_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

// TestFlippedBytesNeverCrash changes bytes of segments and asks without having
// verified them. An answer may be wrong then, and that is what verifying is
// for; but nothing may crash, and an error must say that the index is damaged.
func TestFlippedBytesNeverCrash(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(11, 11))
	x := createIn(t, dir)
	apply(t, x, randomPuts(r, 0, 200))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	segments, err := filepath.Glob(filepath.Join(dir, "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal("there is no segment", err)
	}
	damaged := 0
	for range 40 {
		copied := t.TempDir()
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(copied, filepath.Base(segments[r.IntN(len(segments))]))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(200) {
			data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if askDamaged(t, r, copied) {
			damaged++
		}
	}
	if damaged == 0 {
		t.Error("no damage was noticed at all")
	}
}

// askDamaged opens an index and asks it. It reports whether damage was noticed.
func askDamaged(t *testing.T, r *rand.Rand, dir string) bool {
	x, err := bleve.Open(dir, bleve.Options{})
	if err != nil {
		if !errors.Is(err, search.ErrDamaged) && !errors.Is(err, search.ErrLayout) {
			t.Errorf("open: %v", err)
		}
		return true
	}
	defer func() { _ = x.Close() }()
	s, err := x.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	noticed := false
	for range 10 {
		p := search.Plan{Query: randomQuery(r, 2), Limit: 5, Facets: []search.FacetRequest{{Field: search.FieldPartner}, {Field: search.FieldYear}}}
		if _, err := s.Search(context.Background(), p); err != nil {
			if !errors.Is(err, search.ErrDamaged) {
				t.Errorf("%v: %v", p.Query, err)
			}
			noticed = true
		}
	}
	return noticed
}

// TestLengthsThatCannotBeAreRefused changes the numbers at the end of a segment,
// one at a time, into very large ones. Opening must neither succeed nor take
// memory for what cannot be there.
func TestLengthsThatCannotBeAreRefused(t *testing.T) {
	dir := t.TempDir()
	x := createIn(t, dir)
	apply(t, x, corpus.Batch{Put: []corpus.Record{document("a", "Title", "body")}})
	names, err := x.Files()
	if err := errors.Join(err, x.Close()); err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	path := filepath.Join(dir, names[0])
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const end = 40 // bytes that say where things are
	for at := len(whole) - end; at < len(whole)-4; at += 4 {
		for _, high := range []byte{0x01, 0x7f, 0xff} {
			changed := slices.Clone(whole)
			changed[at], changed[at+1] = high, 0xff
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			x, err := bleve.Open(dir, bleve.Options{})
			if err == nil {
				s := acquire(t, x)
				_, err = s.Search(t.Context(), search.Plan{Query: search.Word{Text: "body"}, Facets: threeFacets})
				_ = x.Close()
			}
			runtime.ReadMemStats(&after)
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 64<<20 {
				t.Errorf("%#x at %d from the end: took %d MB (%v)", high, len(whole)-at, taken>>20, err)
			}
			if err != nil && !errors.Is(err, search.ErrDamaged) {
				t.Errorf("%#x at %d from the end: %v", high, len(whole)-at, err)
			}
		}
	}
}
