package searchtest

import (
	"testing"
	"testing/fstest"

	"rapport/corpus"
)

const partnersFile = `
title: Test
partners:
- {id: JP, name: Japan, aliases: [Nippon], demonyms: [Japanese]}
- {id: KR, name: Republic of Korea, aliases: [ROK, South Korea], demonyms: [Korean]}
- {id: SE, name: Sweden, demonyms: [Swedish]}
- {id: AU, name: Australia, demonyms: [Australian]}
`

const topicsFile = `
groups:
- {id: human, label: Human security}
- {id: tech, label: Technology}
topics:
- {id: human.demining, label: Demining, group: human, triggers: [demining, mines]}
- {id: human.women, label: "Women, peace and security", group: human, triggers: [women]}
- {id: tech.cyber, label: Cyber defence, group: tech, triggers: [cyber defence]}
`

const synonymsFile = `
synonyms:
- [cash, funds]
- [UXO, unexploded ordnance]
`

// Taxonomy returns the taxonomy of the suite: four partners, three topics in
// two groups, and two sets of synonyms.
func Taxonomy(t testing.TB) *corpus.Taxonomy {
	t.Helper()
	taxonomy, err := corpus.ParseTaxonomy(fstest.MapFS{
		"partners.yaml": {Data: []byte(partnersFile)},
		"topics.yaml":   {Data: []byte(topicsFile)},
		"synonyms.yaml": {Data: []byte(synonymsFile)},
	})
	if err != nil {
		t.Fatalf("taxonomy of the suite: %v", err)
	}
	return taxonomy
}
