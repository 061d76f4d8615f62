package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/corpus/corpustest"
)

// seedTrial is a data directory with a document and the facts of
// seed-facts.yaml, as a user has them.
type seedTrial struct {
	*testing.T
	folder, data string
	body         string
}

func newSeedTrial(t *testing.T) *seedTrial {
	root := os.Getenv("RAPPORT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared") // beside the repository
	}
	read := func(path string) []byte {
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Skipf("test data are not there: %v", err)
		}
		return data
	}
	s := &seedTrial{T: t, folder: t.TempDir(), data: t.TempDir(), body: string(read("corpora/seed/000_3682da9770485475.txt"))}
	facts, _, err := corpustest.ConvertSeed(read("knowledge/seed-facts.yaml"), "", "seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	s.write("seed.facts.yaml", string(facts))
	s.write("seed.txt", s.body)
	return s
}

func (s *seedTrial) write(name, content string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
}

// rapport runs a command and reads its answer in JSON, nil for none.
func (s *seedTrial) rapport(want int, answer any, args ...string) string {
	s.Helper()
	args = append(args, "--data", s.data)
	if answer != nil {
		args = append(args, "--json")
	}
	var out, messages bytes.Buffer
	if code := run(context.Background(), args, streams{strings.NewReader(""), &out, &messages}); code != want {
		s.Fatalf("rapport %s: exit %d, want %d: %s%s", strings.Join(args, " "), code, want, &out, &messages)
	}
	if answer != nil {
		if err := json.Unmarshal(out.Bytes(), answer); err != nil {
			s.Fatalf("rapport %s: %v", strings.Join(args, " "), err)
		}
	}
	return out.String()
}

// index makes the index agree with the folder.
func (s *seedTrial) index(args ...string) corpus.Report {
	s.Helper()
	var report corpus.Report
	s.rapport(exitOK, &report, append([]string{"index", s.folder, "--no-rules"}, args...)...)
	return report
}

// counts returns a facet of the facts that a question finds, and their total.
func (s *seedTrial) counts(field string, args ...string) (map[string]int, int) {
	s.Helper()
	var a factsAnswer
	s.rapport(exitOK, &a, append([]string{"facts"}, args...)...)
	counts := map[string]int{corpus.None: a.Facets[field].Missing}
	for _, v := range a.Facets[field].Values {
		counts[v.Value] = v.Count
	}
	return counts, a.Total
}
