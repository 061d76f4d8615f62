package rules

import (
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"rapport/corpus"
)

// goldTaxonomy returns the names that the tests use: of each partner the name
// and its demonym, of each organisation the name and its aliases.
func goldTaxonomy(t testing.TB) *corpus.Taxonomy {
	data, err := os.ReadFile("testdata/names.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var names struct {
		Partners      map[string][]string
		Organisations [][]string
		Offices       []string
	}
	if err := yaml.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	tax := &corpus.Taxonomy{Offices: names.Offices}
	for id, words := range names.Partners {
		tax.Partners = append(tax.Partners, corpus.Partner{ID: corpus.PartnerID(id), Name: words[0], Demonyms: words[1:]})
	}
	for _, words := range names.Organisations {
		tax.Organisations = append(tax.Organisations, corpus.Organisation{Name: words[0], Aliases: words[1:]})
	}
	return tax
}
