package sample_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rapport/corpus"
)

// schema is the part of a JSON Schema that names keys.
type schema struct {
	Properties           map[string]schema `json:"properties"`
	Items                *schema           `json:"items"`
	AdditionalProperties any               `json:"additionalProperties"`
}

// TestSchemasKnowTheKeysOfTheCode gives every object of the schemas a key that
// nobody knows, and compares what the error expects with the schema.
func TestSchemasKnowTheKeysOfTheCode(t *testing.T) {
	const stranger = "qqqqqqqqqqqqqqqqqq"
	for _, name := range []string{"partners", "topics", "synonyms", "organisations"} {
		data, err := os.ReadFile("taxonomy/" + name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		var top schema
		if err := json.Unmarshal(data, &top); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		check := func(s schema, text string) {
			files := fstest.MapFS{"partners.yaml": {Data: []byte("partners: []\n")}, "topics.yaml": {Data: []byte("topics: []\n")}}
			files[name+".yaml"] = &fstest.MapFile{Data: []byte(text)}
			_, err := corpus.ParseTaxonomy(files)
			if err == nil {
				t.Errorf("%s: the key %s is accepted in %q", name, stranger, text)
				return
			}
			_, list, _ := strings.Cut(err.Error(), "expected one of ")
			got := strings.Split(list, ", ")
			slices.Sort(got)
			if want := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, want) {
				t.Errorf("%s: the code knows %v, the schema %v", name, got, want)
			}
		}
		var walk func(s schema, text func(inner string) string)
		walk = func(s schema, text func(string) string) {
			if len(s.Properties) == 0 {
				return
			}
			if s.AdditionalProperties != false {
				t.Errorf("%s: the schema allows unknown keys in %v", name, slices.Sorted(maps.Keys(s.Properties)))
			}
			check(s, text(stranger+": 1"))
			for key, property := range s.Properties {
				if property.Items != nil {
					walk(*property.Items, func(inner string) string { return text(key + ": [{" + inner + "}]") })
				}
			}
		}
		walk(top, func(inner string) string { return "{" + inner + "}\n" })
	}
}
