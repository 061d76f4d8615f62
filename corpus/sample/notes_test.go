package sample_test

import (
	"io/fs"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/corpus/sample"
)

func taxonomy(t *testing.T) *corpus.Taxonomy {
	t.Helper()
	tax, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// TestFactsAreSound reads every facts file as the indexer does and finds every
// quote in its note.
func TestFactsAreSound(t *testing.T) {
	tax := taxonomy(t)
	files, err := fs.Glob(sample.Notes(), "*.facts.yaml")
	if err != nil || len(files) < 23 {
		t.Fatalf("%d facts files, %v", len(files), err)
	}
	total, seen := 0, map[string]string{}
	for _, name := range files {
		note, err := fs.ReadFile(sample.Notes(), strings.TrimSuffix(name, ".facts.yaml")+".md")
		if err != nil {
			t.Fatalf("facts without a note: %v", err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(note), "---\n"), "\n---\n")
		doc := &corpus.Document{Body: body}
		f, err := sample.Notes().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for located, err := range corpus.ReadFacts(name, f, tax) {
			if err != nil {
				t.Error(err)
				continue
			}
			fact := located.Fact
			total++
			if other := seen[fact.ID]; other != "" {
				t.Errorf("%s: fact %q is in %s too", name, fact.ID, other)
			}
			seen[fact.ID] = name
			if e := corpus.Anchor(doc, fact.Evidence); e.Status != corpus.AnchorExact && e.Status != corpus.AnchorMoved {
				t.Errorf("%s: fact %q: its quote is %s in %s: %q", name, fact.ID, e.Status, name, fact.Evidence.Exact)
			}
			if len(fact.Sources) == 0 {
				t.Errorf("%s: fact %q names no outside source", name, fact.ID)
			}
			for _, id := range append(fact.ConflictsWith, fact.Supersedes...) {
				defer func() {
					if seen[id] == "" {
						t.Errorf("%s: fact %q names fact %q, which is not there", name, fact.ID, id)
					}
				}()
			}
		}
	}
	t.Logf("%d facts in %d files", total, len(files))
	if total < 345 {
		t.Errorf("%d facts, want 345 or more", total)
	}
}
