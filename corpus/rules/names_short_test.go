package rules

import "testing"

// Short names are found with full stops in them, before what follows, and in
// capitals, but not as other words.
func TestShortNames(t *testing.T) {
	g := &gazetteer{next: map[string]*gazetteer{}}
	for _, text := range []string{"U.N.", "E.U.", "SHAPE", "Chad", "Côte"} {
		g.add(text, name{canonical: text})
	}
	for text, want := range map[string]string{
		"Aid of the U.N. reached them.": "U.N.",
		"Aid of the U.N.":               "U.N.",
		"The U.N.'s aid":                "U.N.",
		"(E.U.) funds":                  "E.U.",
		"SHAPE did it":                  "SHAPE",
		"Shape it":                      "",
		"CHAD has it":                   "Chad",
		"CÔTE has it":                   "Côte",
	} {
		got := ""
		if found := g.mentions(read(text)); len(found) > 0 {
			got = found[0].canonical
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
