package rules

import (
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"rapport/corpus"
)

// goldTaxonomy returns the names that the tests use.
func goldTaxonomy(t testing.TB) *corpus.Taxonomy { return readNames(t, "testdata/names.yaml") }

// readNames reads the names of a file.
func readNames(t testing.TB, file string) *corpus.Taxonomy {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var names struct {
		Partners map[string]struct {
			Name              string
			Aliases, Demonyms []string
		}
		Organisations [][]string
		Offices       []string
	}
	if err := yaml.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	tax := &corpus.Taxonomy{Offices: names.Offices}
	for id, p := range names.Partners {
		tax.Partners = append(tax.Partners, corpus.Partner{ID: corpus.PartnerID(id), Name: p.Name, Aliases: p.Aliases, Demonyms: p.Demonyms})
	}
	for _, words := range names.Organisations {
		tax.Organisations = append(tax.Organisations, corpus.Organisation{Name: words[0], Aliases: words[1:]})
	}
	return tax
}

// Short names that are words in small letters, too, must be written as they are.
func TestShortNamesAreWrittenAsTheyAre(t *testing.T) {
	g := newGazetteer(&corpus.Taxonomy{
		Partners:      []corpus.Partner{{ID: "RU", Name: "Ruri"}},
		Organisations: []corpus.Organisation{{Name: "Allied Command", Aliases: []string{"ACT"}}, {Name: "Allied Powers", Aliases: []string{"SHAPE"}}, {Name: "Children's Fund", Aliases: []string{"UNICEF"}}},
	})
	for text, want := range map[string]string{
		"The Act gave $5 million.": "", "The ACT gave $5 million.": "Allied Command", "Shape the future": "", "At SHAPE they met": "Allied Powers",
		"Unicef said so": "Children's Fund", "RURI AND OTHERS": "Ruri", "Ruri came": "Ruri", "RuRi came": "", "Allied command of all": "Allied Command",
	} {
		got := ""
		for _, m := range g.mentions(read(text)) {
			got += m.canonical
		}
		if got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
