package sample_test

import (
	"testing"

	"rapport/corpus"
	"rapport/corpus/sample"
)

func TestTheEmbeddedTaxonomyIsWhole(t *testing.T) {
	taxonomy, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		t.Fatal(err)
	}
	if got := len(taxonomy.Partners); got != 54 {
		t.Errorf("%d partners, want 38 of today and 16 of the past", got)
	}
	if g, n := len(taxonomy.Groups), len(taxonomy.Topics); g != 10 || n != 40 {
		t.Errorf("%d topics in %d groups, want 40 in 10", n, g)
	}
	for _, p := range taxonomy.Partners {
		for _, name := range []string{string(p.ID), p.Name, p.Codes[0], p.Demonyms[0]} {
			if id, ok := taxonomy.LookupPartner(name); !ok || id != p.ID {
				t.Errorf("LookupPartner(%q) = %q, %v; want %q", name, id, ok, p.ID)
			}
		}
		if len(p.Frameworks) == 0 {
			t.Errorf("%s has no framework", p.Name)
		}
	}
	for _, topic := range taxonomy.Topics {
		if id, ok := taxonomy.LookupTopic(topic.Label); !ok || id != topic.ID {
			t.Errorf("LookupTopic(%q) = %q, %v; want %q", topic.Label, id, ok, topic.ID)
		}
	}
}
