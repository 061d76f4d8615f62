package bleve_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/bleve"
)

var updateRelevance = flag.Bool("update-relevance", false, "write testdata/relevance.txt anew")

// TestRelevance measures two test collections and compares with
// testdata/relevance.txt, so that every change of ranking shows as a diff.
// After a change that is meant, run with -update-relevance.
func TestRelevance(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	const golden = "testdata/relevance.txt"
	got := "collection match ndcg@10 map mrr recall@100\n"
	got += measure(t, "cranfield", search.MatchAny, search.MatchAuto)
	got += measure(t, "scifact", search.MatchAny)
	if *updateRelevance {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the ranking changed:\n%swas\n%s", got, want)
	}
}

// measure indexes a collection and returns a line per match mode.
func measure(t *testing.T, name string, modes ...search.MatchMode) string {
	t.Helper()
	dir := filepath.Join(sharedFolder(t), "ir", name)
	x, err := bleve.Create(t.TempDir(), bleve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	if err := x.Apply(t.Context(), corpus.Batch{Put: collection(t, filepath.Join(dir, "docs.jsonl.gz"))}); err != nil {
		t.Fatal(err)
	}
	queries, err := search.ReadQueries(unzip(t, filepath.Join(dir, "queries.jsonl.gz")))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	relevant, err := search.ReadJudgements(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := x.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	lines := ""
	for _, mode := range modes {
		e, err := search.Evaluate(t.Context(), s, queries, relevant, mode)
		if err != nil {
			t.Fatal(err)
		}
		lines += fmt.Sprintf("%s %s %.4f %.4f %.4f %.4f\n", name, mode, e.NDCG, e.MAP, e.MRR, e.Recall)
	}
	return lines
}

// sharedFolder finds the folder of test data that is not part of the project.
func sharedFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("RAPPORT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "ir")); err != nil {
		t.Skip("the test collections are not there; RAPPORT_SHARED names the folder that holds ir/")
	}
	return dir
}

func unzip(t *testing.T, path string) io.Reader {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func collection(t *testing.T, path string) []corpus.Record {
	t.Helper()
	var records []corpus.Record
	lines := bufio.NewScanner(unzip(t, path))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var d struct {
			ID    corpus.ID `json:"_id"`
			Title string    `json:"title"`
			Text  string    `json:"text"`
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		records = append(records, corpus.Record{
			Entry:    corpus.Entry{ID: d.ID, Source: "ir", Path: string(d.ID), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: d.ID, Title: d.Title, Body: d.Text, Language: "en", Source: "ir", Path: string(d.ID)},
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return records
}
