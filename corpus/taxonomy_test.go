package corpus_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rapport/corpus"
)

// riverFiles is a taxonomy of another field: rivers that documents are about,
// and fish as topics.
var riverFiles = map[string]string{
	"partners.yaml": `title: Rivers
partners:
- id: rhine
  name: Rhine
  aliases: [Rhein, Rhin]
  demonyms: [Rhenish]
- id: congo
  name: Congo
  aliases: [Congo River]
  unless: ["@states"]
  confirm: [rapids]
- id: niger
  name: Niger
  aliases: [Niger River]
- id: don
  name: Don
  personal_name: true
others: [Democratic Republic of the Congo, Republic of the Congo, Republic of Niger]
cues:
  states: [Kinshasa, Brazzaville]
given_names: [Mister]
name_followers: [Delta]
`,
	"topics.yaml": `groups:
- {id: fish, label: Fish}
topics:
- id: fish.salmon
  label: Salmon
  group: fish
  aliases: [Salmo salar]
  triggers: [salmon, smolt]
  weak: [ladder]
  not: [salmon pink]
- id: dams
  label: Dams
  triggers: [dam]
spellings: {samlon: salmon}
`,
	"synonyms.yaml": `synonyms:
- [ladder, fish pass]
`,
	"organisations.yaml": `organisations:
- {name: Rhine Commission, aliases: [CCNR]}
offices: [Commissioner]
numbered: [RhR]
`,
}

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// changed returns the rivers with old replaced by new in one file.
func changed(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	files := folder(riverFiles)
	text := riverFiles[file]
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	files[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
	return files
}

func TestAnotherTaxonomyWorksByDataAlone(t *testing.T) {
	taxonomy, err := corpus.ParseTaxonomy(folder(riverFiles))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, mentions, topics string }{
		{"Salmon return to the Rhine.", "rhine", "fish.salmon"},
		{"A samlon in the Rhein; many dams.", "rhine", "fish.salmon dams"},
		{"Salmon pink and a fish ladder", "", ""},
		{"The Democratic Republic of the Congo", "", ""},
		{"The Republic of the Congo and the Congo River", "congo", ""},
		{"Congo, Brazzaville", "", ""},
		{"The rapids of the Congo below Kinshasa", "congo", ""},
		{"Nigeria and Niger", "niger", ""},
		{"Don Quijote met Mister Don at the Don.", "don", ""},
		{"the Don Delta", "don", ""},
		{"Japan and Georgia", "", ""},
	} {
		tags := taxonomy.Tag(&corpus.Document{Body: c.text})
		if got := strings.Join(corpus.Values(tags.Mentions), " "); got != c.mentions {
			t.Errorf("%q names %q, want %q", c.text, got, c.mentions)
		}
		if got := strings.Join(corpus.Values(tags.Topics), " "); got != c.topics {
			t.Errorf("%q has topics %q, want %q", c.text, got, c.topics)
		}
	}
	if id, ok := taxonomy.LookupTopic("salmo  SALAR"); !ok || id != "fish.salmon" {
		t.Errorf("LookupTopic = %q, %v", id, ok)
	}
	if id, ok := taxonomy.LookupTopic("Fish"); !ok || id != "fish" {
		t.Errorf("LookupTopic of a group = %q, %v", id, ok)
	}
	if got := taxonomy.Synonyms("CCNR"); len(got) != 1 || got[0] != "Rhine Commission" {
		t.Errorf("Synonyms = %q", got)
	}
	if got := taxonomy.NearestPartners("Rhien"); len(got) != 1 || got[0] != "Rhine" {
		t.Errorf("NearestPartners = %q", got)
	}
	if got := corpus.Values(taxonomy.Tag(&corpus.Document{Body: "RhR 2010 and STANAG 2011"}).Years); !slices.Equal(got, []string{"2011"}) {
		t.Errorf("years %q: want that behind a word that this taxonomy does not have", got)
	}
	if got := taxonomy.GroupOf("fish.salmon"); got != "fish" {
		t.Errorf("GroupOf = %q", got)
	}
}

func TestDigestIsThatOfTheFiles(t *testing.T) {
	parse := func(f fstest.MapFS) string {
		taxonomy, err := corpus.ParseTaxonomy(f)
		if err != nil {
			t.Fatal(err)
		}
		return taxonomy.Digest()
	}
	a := parse(folder(riverFiles))
	if b := parse(folder(riverFiles)); a != b {
		t.Errorf("digests %s and %s of the same files", a, b)
	}
	for _, file := range []string{"partners.yaml", "topics.yaml", "synonyms.yaml", "organisations.yaml"} {
		f := folder(riverFiles)
		f[file].Data = append(f[file].Data, '\n')
		if parse(f) == a {
			t.Errorf("a change of %s leaves the digest", file)
		}
	}
	extra := folder(riverFiles)
	extra["README.md"] = &fstest.MapFile{Data: []byte("about")}
	if parse(extra) != a {
		t.Error("a file that is no part of the taxonomy changes the digest")
	}
}

func TestBrokenTaxonomies(t *testing.T) {
	const partners, topics = "partners.yaml", "topics.yaml"
	cases := []struct{ file, old, new, want string }{
		{partners, "  aliases: [Rhein, Rhin]", "  alias: [Rhein]", `partners.yaml:5: unknown key "alias"; did you mean "aliases"?`},
		{partners, "title: Rivers", "titel: Rivers", `partners.yaml:1: unknown key "titel"; did you mean "title"?`},
		{partners, "title: Rivers", "colour: blue", `partners.yaml:1: unknown key "colour"; expected one of title, partners, others, cues, given_names, name_followers`},
		{partners, "id: congo", "id: rhine", `partners.yaml:7: the id "rhine" is that of line 3 already`},
		{partners, "id: congo", "id: none", `partners.yaml:7: the id "none" is reserved for "not stated"; choose another`},
		{partners, "id: congo", "id: NONE", `partners.yaml:7: the id "NONE" is reserved for "not stated"; choose another`},
		{partners, "id: congo", "id: the congo", `partners.yaml:7: the id "the congo" is not made of letters, digits and single dots, hyphens or underscores between them`},
		{partners, "- id: congo\n  name", "- name", `partners.yaml:7: a partner has no id`},
		{partners, "  name: Congo\n", "", `partners.yaml:7: partner "congo" has no name`},
		{partners, "[Congo River]", "[Rhin]", `partners.yaml:7: "Rhin" of partner "congo" belongs to partner "rhine" already`},
		{partners, "[Congo River]", "[RHÍN]", `partners.yaml:7: "RHÍN" of partner "congo" belongs to partner "rhine" already`},
		{partners, "[Congo River]", "[None]", `partners.yaml:7: the name "None" of partner "congo" is reserved for "not stated"`},
		{partners, "[Congo River]", "Congo River", `partners.yaml:9: expected a list, found "Congo R..."`},
		{partners, "name: Congo", "name: [Congo]", `partners.yaml:8: expected a text, found a list`},
		{partners, "personal_name: true", "personal_name: perhaps", `partners.yaml:17: expected true or false, found "perhaps"`},
		{partners, `"@states"`, `"@stats"`, `partners.yaml:7: partner "congo" names the cue list "stats", which is not there; the lists are: states`},
		{partners, "  demonyms: [Rhenish]", "  frameworks: [{framework: A, since: soon}]", `partners.yaml:6: since: `},
		{partners, "  demonyms: [Rhenish]", "  frameworks: [{framework: A, since: \"2001\", until: \"1999\"}]", `partners.yaml:6: until 1999 is before since 2001`},
		{partners, "  demonyms: [Rhenish]", "  frameworks: [{since: \"2001\"}]", `partners.yaml:6: a framework of partner "rhine" has no name`},
		{partners, "title: Rivers", "title: Rivers\ntitle: Streams", `partners.yaml:2: mapping key "title" already defined at line 1`},
		{partners, "title: Rivers", "title: [Rivers", `partners.yaml:`},
		{partners, "title: Rivers", "title: Rivers\n---\na: b", `partners.yaml:`},
		{topics, "group: fish", "group: fisch", `topics.yaml:6: topic "fish.salmon" is in group "fisch", which is not there; did you mean "fish"?`},
		{topics, "group: fish", "group: birds", `topics.yaml:6: topic "fish.salmon" is in group "birds", which is not there; the groups are: fish`},
		{topics, "id: dams", "id: fish", `topics.yaml:11: the id "fish" is that of line 2 already`},
		{topics, "id: dams", "id: none", `topics.yaml:11: the id "none" is reserved for "not stated"; choose another`},
		{topics, "  triggers: [dam]\n", "", `topics.yaml:11: topic "dams" has no triggers, so that no document could have it`},
		{topics, "[dam]", `["..."]`, `topics.yaml:11: topic "dams" has a trigger without a word: "..."`},
		{topics, "  label: Dams\n", "", `topics.yaml:11: topic "dams" has no label`},
		{topics, ", label: Fish}", "}", `topics.yaml:2: group "fish" has no label`},
		{topics, "weak: [ladder]", "weak_triggers: [ladder]", `topics.yaml:9: unknown key "weak_triggers"; expected one of id, label, group, aliases, triggers, weak, not`},
		{"synonyms.yaml", "[ladder, fish pass]", "[ladder]", `synonyms.yaml:2: a set of synonyms needs two terms or more`},
		{"synonyms.yaml", "fish pass", `"-"`, `synonyms.yaml:2: "-" holds no word`},
		{"synonyms.yaml", "[ladder, fish pass]", "ladder", `synonyms.yaml:2: expected a list, found "ladder"`},
		{"organisations.yaml", "name: Rhine Commission, ", "", `organisations.yaml:2: an organisation has no name`},
		{"organisations.yaml", "name: Rhine", "nane: Rhine", `organisations.yaml:2: unknown key "nane"; did you mean "name"?`},
		{"organisations.yaml", "numbered: [RhR]", "numbered: [RhR, two words]", `organisations.yaml:4: "two words" is not one word`},
	}
	for _, c := range cases {
		_, err := corpus.ParseTaxonomy(changed(t, c.file, c.old, c.new))
		var fault *corpus.TaxonomyError
		switch {
		case err == nil:
			t.Errorf("%q in %s is accepted; want %q", c.new, c.file, c.want)
		case !errors.As(err, &fault):
			t.Errorf("%q in %s: %T is no TaxonomyError", c.new, c.file, err)
		case err.Error() != c.want && !(strings.HasSuffix(c.want, ":") || strings.HasSuffix(c.want, ": ")) || !strings.HasPrefix(err.Error(), c.want):
			t.Errorf("%q in %s:\n got %s\nwant %s", c.new, c.file, err, c.want)
		}
	}
}

func TestAllFaultsAreReported(t *testing.T) {
	files := changed(t, "topics.yaml", "group: fish", "group: birds")
	files["partners.yaml"] = &fstest.MapFile{Data: []byte("partners:\n- id: a\n- id: none\n  name: B\n")}
	files["synonyms.yaml"] = &fstest.MapFile{Data: []byte("synonym: []\n")}
	_, err := corpus.ParseTaxonomy(files)
	if err == nil {
		t.Fatal("accepted")
	}
	want := `partners.yaml:2: partner "a" has no name
partners.yaml:3: the id "none" is reserved for "not stated"; choose another
synonyms.yaml:1: unknown key "synonym"; did you mean "synonyms"?
topics.yaml:6: topic "fish.salmon" is in group "birds", which is not there; the groups are: fish`
	if err.Error() != want {
		t.Errorf("got\n%s\nwant\n%s", err, want)
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	_, err := corpus.ParseTaxonomy(fstest.MapFS{})
	want := "partners.yaml: is missing; a taxonomy is a folder with partners.yaml and topics.yaml\n" +
		"topics.yaml: is missing; a taxonomy is a folder with partners.yaml and topics.yaml"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func FuzzParseTaxonomy(f *testing.F) {
	f.Add(riverFiles["partners.yaml"], riverFiles["topics.yaml"])
	f.Add("partners: [", "topics: {}")
	f.Add("a: &a [*a]", "groups: [{id: a, label: b}]")
	f.Fuzz(func(t *testing.T, partners, topics string) {
		taxonomy, err := corpus.ParseTaxonomy(folder(map[string]string{"partners.yaml": partners, "topics.yaml": topics}))
		if err != nil {
			return
		}
		doc := &corpus.Document{Title: partners, Body: topics}
		checkTags(t, doc, taxonomy.Tag(doc))
	})
}
