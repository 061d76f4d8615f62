package search_test

import (
	"fmt"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

func TestAskSuggestsABetterSpelling(t *testing.T) {
	s := snapshot(t)
	for text, want := range map[string]string{
		"trsut fund":          "trust fund",
		"Sweeden":             "Sweden",
		"cyber defance":       "cyber defence",
		`"trust fund" japn`:   `"trust fund" japan`,
		"trust fund":          "",
		"zebra":               "",
		"2007":                "",
		"F-17":                "",
		"TRSUT":               "",
		`"trsut"`:             "",
		"=trsut":              "",
		"contributoin -trsut": "contribution -trsut",
		"zzqqx jappan":        "zzqqx japan",
		"jappan zzqqx wwqq":   "japan zzqqx wwqq",
		"zzqqx trust":         "",

		"fund partner:Japn":               "fund partner:Japan",
		`fund topic:"deminng"`:            `fund topic:"Demining"`,
		"trsut fund partner:Jpan":         "trust fund partner:Japan",
		"partner:Rebublic of Korea":       "",
		"source:nots trust":               "source:notes trust",
		"partner:ZZ trust":                "",
		"partner:japan source:notes zzqq": "",
	} {
		if got := ask(t, s, search.Request{Text: text}).Read.Suggest; got != want {
			t.Errorf("%q: suggests %q, want %q", text, got, want)
		}
	}
}

func TestWhoAsksForAllWordsIsNotLedToNothing(t *testing.T) {
	r := search.Request{Text: "zzqqx jappan", Match: search.MatchAll}
	if got := ask(t, snapshot(t), r).Read.Suggest; got != "" {
		t.Errorf("suggests %q, of which no document has all words", got)
	}
}

func TestSuggest(t *testing.T) {
	s := snapshot(t)
	for _, c := range []struct {
		text, kind, want string
	}{
		{"ja", "partner", "Japan"}, {"nip", "partner", "Japan"}, {"kor", "partner", "Republic of Korea"},
		{"demin", "topic", "Demining"}, {"tech", "topic", "Technology"}, {"cyber def", "title", "Cyber defence summit"},
		{"summit", "title", "Cyber defence summit"}, {"big contrib", "term", "big contribution"}, {"ЯП", "", ""},
		{"x", "", ""}, {"", "", ""},
	} {
		list, err := search.Suggest(t.Context(), s, c.text, 10)
		if err != nil {
			t.Fatal(err)
		}
		found := c.want == "" && len(list) == 0
		for _, g := range list {
			found = found || string(g.Kind) == c.kind && g.Text == c.want
		}
		if !found {
			t.Errorf("%q: %+v, want %s %q", c.text, list, c.kind, c.want)
		}
	}
	if list, _ := search.Suggest(t.Context(), s, "de", 1); len(list) != 1 {
		t.Errorf("limit 1 gives %d", len(list))
	}
}

// TestAWordWithAnAccentIsNoMisspelledEnglish checks that the common word of another
// language is not offered for one that a document holds.
func TestAWordWithAnAccentIsNoMisspelledEnglish(t *testing.T) {
	var records []corpus.Record
	add := func(body string) {
		id := corpus.ID(fmt.Sprintf("d%d", len(records)))
		records = append(records, corpus.Record{
			Entry:    corpus.Entry{ID: id, Path: string(id), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: id, Title: "Note", Body: body},
		})
	}
	for range 30 {
		add("The development of the region.")
	}
	add("Le développement durable, et le développemant des régions.")
	s := snapshot(t, records...)
	for text, want := range map[string]string{"développement": "", "developpement": "development", "dévelopment": ""} {
		if got := ask(t, s, search.Request{Text: text}).Read.Suggest; got != want {
			t.Errorf("%q: suggests %q, want %q", text, got, want)
		}
	}
}
