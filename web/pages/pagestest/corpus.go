package pagestest

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// Taxonomy returns a few partners and topics.
func Taxonomy() *corpus.Taxonomy {
	t, err := corpus.ParseTaxonomy(fstest.MapFS{
		"partners.yaml": {Data: []byte(`title: Partnerships
partners:
  - {id: JP, name: Japan, official: State of Japan, demonyms: [Japanese]}
  - {id: TJ, name: Tajikistan}
  - {id: KR, name: Republic of Korea, aliases: [South Korea, ROK]}
  - {id: MN, name: Mongolia}
`)},
		"topics.yaml": {Data: []byte(`groups:
  - {id: human, label: Human security}
  - {id: political, label: Political dialogue}
topics:
  - {id: human.funds, label: Trust funds, group: human, triggers: [trust fund]}
  - {id: human.demining, label: Demining, group: human, triggers: [demining, mines]}
  - {id: political.visits, label: Visits, group: political, triggers: [visited]}
`)},
		"synonyms.yaml": {Data: []byte("synonyms:\n  - [demining, mine clearance]\n")},
	})
	if err != nil {
		panic(err)
	}
	return t
}

const loan = "The trust fund paid for literacy. Japan gave 20 million dollars in February 2012, and visited Tokyo in 2007."

// Documents returns a small corpus with what pages must get right, and what
// documents must not be able to do.
func Documents() []corpus.Document {
	day := func(s string) corpus.Date {
		d, err := corpus.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	list := []corpus.Document{
		{ID: "japan", Title: "Cooperation with Japan", Publisher: "Press office", Type: "topic page", Language: "en", URL: "https://example.org/japan",
			Body:  "Opening words about partners.\n\n" + loan + "\n\nPractical cooperation\n\nA trust fund helped demining in Tajikistan in 2005.",
			Pages: []corpus.Page{{Label: "1", Title: "Practical cooperation", Level: 1, Offset: 31 + len(loan) + 2}}},
		{ID: "pledge", Title: "A pledge", Publisher: "Press office", Type: "press release", Language: "en", Published: day("2012-02-21"),
			Body: "Japan pledged money to the trust fund in 2012. Mine clearance goes on."},
		{ID: "tajikistan", Title: "Demining in Tajikistan", Type: "report", Language: "en", Published: day("2004"),
			Body: "Demining removed 1,250 mines from Tajikistan in 2004.\nSee also the trust fund of 2003."},
		{ID: "korea", Title: "Talks in Seoul", Publisher: "Agency", Type: "press release", Language: "fr", Published: day("2013-04"),
			Body: "South Korea signed an agreement in 2012 after dialogue in the 1990s."},
		{ID: "bare", Title: "Nothing stated", Body: "Words without a year or a place.",
			Lacks: []string{"corrupt: page 3 of 8 <cannot> be read"}},
	}
	for i := range 26 {
		list = append(list, corpus.Document{ID: corpus.ID(fmt.Sprintf("note-%02d", i)), Title: fmt.Sprintf("Note %02d", i), Type: "note",
			Language: "en", Published: day(fmt.Sprintf("20%02d-03-01", i)), Body: fmt.Sprintf("Note on cooperation in 20%02d. Mongolia took part.", i)})
	}
	return list
}

// Hostile returns documents that try to run scripts and to break the page.
func Hostile() []corpus.Document {
	return []corpus.Document{
		{ID: "hostile", Title: "<script>alert(\"title\")</script>\u202egnol " + strings.Repeat("long title ", 90_000),
			Publisher: `"><img src=x onerror=alert("publisher")>`, Type: `<svg onload=alert("type")>`, Language: "en", URL: `javascript:alert("url")`,
			Author: `'-alert("author")-'`, Path: `../<b>&.html`,
			Body:  "cooperation </article><script>alert(\"body\")</script> \u202e reversed\n\n{{.Secret}} ${1} " + strings.Repeat("x", 40_000),
			Pages: []corpus.Page{{Label: `"><script>alert("label")</script>`, Title: `</title><script>alert("section")</script>`, Level: 1}}},
		{ID: "wide", Title: strings.Repeat("Titelwort", 40), Publisher: strings.Repeat("Verlag", 30), Type: strings.Repeat("art", 40), Language: "en",
			Author: strings.Repeat("Name", 40), Path: strings.Repeat("folder/", 30) + strings.Repeat("file", 30) + ".txt", URL: "https://example.org/" + strings.Repeat("path", 60),
			Body:  wideQuote + " is cooperation. " + strings.Repeat("W", 3000),
			Pages: []corpus.Page{{Label: strings.Repeat("9", 60), Title: strings.Repeat("Abschnitt", 30), Level: 1}}},
		{ID: corpus.NewID("test", "folder/changed.txt"), Path: "folder/changed.txt", Title: "A <changed> note", Body: "Words that were changed."},
		{ID: `odd id?&#/"<>`, Title: "Odd identifier", Body: "cooperation under an odd name", URL: "data:text/html,<script>alert(1)</script>"},
	}
}

// Facts returns what is stated in the documents, in all standings.
func Facts() []corpus.Fact {
	on := func(s string) corpus.FactDate {
		d, err := corpus.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return corpus.FactDate{Date: d, Mode: "on"}
	}
	quote := "gave 20 million dollars in February 2012"
	at := 31 + strings.Index(loan, quote)
	return []corpus.Fact{
		{ID: "gift", Kind: "contribution", Statement: "Japan gave $20 million to the trust fund.", Partners: []corpus.PartnerID{"JP"}, Topics: []corpus.TopicID{"human.funds"},
			Date: on("2012-02"), Event: "ev-gift", Amount: &corpus.Amount{Value: decimal.New(20, 6), Currency: "USD", Text: "$20 million", Stage: "disbursed", Measure: "single-transaction"},
			Evidence: corpus.Evidence{Document: "japan", Exact: quote, Offset: at, End: at + len(quote), Status: corpus.AnchorExact, Page: "1"}},
		{ID: "pledge", Kind: "contribution", Statement: "Japan pledged $20 million to the trust fund.", Partners: []corpus.PartnerID{"JP"},
			Date: on("2012-02-21"), Event: "ev-gift", Amount: &corpus.Amount{Value: decimal.New(20, 6), Currency: "USD", Text: "$20 million", Stage: "pledged", Measure: "single-transaction"},
			Evidence: corpus.Evidence{Document: "pledge", Exact: "Japan pledged money", Offset: 0, End: 19, Status: corpus.AnchorExact}},
		{ID: "mines", Kind: "outcome", Statement: `1,250 mines were removed <script>alert("fact")</script>.`, Partners: []corpus.PartnerID{"TJ"}, Topics: []corpus.TopicID{"human.demining"},
			Date: on("2004"), Sources: []string{"javascript:alert(1)", "https://example.org/source"},
			Evidence: corpus.Evidence{Document: "tajikistan", Exact: "removed 1,300 mines", Status: corpus.AnchorChanged, Now: "removed 1,250 mines"}},
		{ID: "talks", Kind: "dialogue", Statement: "Talks were held in the 1990s.", Partners: []corpus.PartnerID{"KR"}, Date: on("199X"),
			Evidence: corpus.Evidence{Document: "korea", Exact: "dialogue in the 1990s", Offset: 46, End: 67, Status: corpus.AnchorExact}},
		{ID: "undated", Kind: "policy", Statement: "Nothing is known of the date."},
	}
}

// wideQuote is a word that no line can hold.
var wideQuote = strings.Repeat("Donaudampfschiff", 20)

// wideFact is as wide as facts get: long words, and a sum of many digits.
func wideFact() corpus.Fact {
	return corpus.Fact{ID: "wide-" + strings.Repeat("9", 60), Kind: "contribution", Partners: []corpus.PartnerID{"MN"}, Statement: strings.Repeat("Wort", 60) + " came to a sum.",
		Amount: &corpus.Amount{Value: decimal.RequireFromString("123456789012345678901234567890.12"), Currency: "USD", Text: strings.Repeat("1", 80), Stage: "pledged",
			Measure: "single-transaction"},
		Sources:  []string{"https://example.org/" + strings.Repeat("s", 200), strings.Repeat("Quelle", 40)},
		Evidence: corpus.Evidence{Document: "wide", Exact: wideQuote, End: len(wideQuote), Status: corpus.AnchorExact}}
}

// Records returns documents as an indexer would put them, with their facts.
func Records(taxonomy *corpus.Taxonomy, list []corpus.Document) []corpus.Record {
	byDocument := map[corpus.ID][]corpus.Fact{}
	for _, f := range append(Facts(), wideFact()) {
		byDocument[f.Evidence.Document] = append(byDocument[f.Evidence.Document], f)
	}
	var records []corpus.Record
	for _, d := range list {
		if d.Path == "" {
			d.Path = string(d.ID) + ".txt"
		}
		records = append(records, corpus.Record{Document: &d, Facts: byDocument[d.ID]})
	}
	loose := corpus.Entry{ID: "loose", Source: "test", Path: "loose.facts.yaml", Kind: corpus.FactsEntry}
	return Complete(taxonomy, append(records, corpus.Record{Entry: loose, Facts: byDocument[""]}))
}

// Complete fills in what an indexer finds out about documents.
func Complete(taxonomy *corpus.Taxonomy, records []corpus.Record) []corpus.Record {
	for i, r := range records {
		if d := r.Document; d != nil {
			d.Source, d.Format, d.Digest = "test", "text", corpus.Digest([]byte(d.Body))
			d.Tags = taxonomy.Tag(d)
			records[i].Entry = corpus.Entry{ID: d.ID, Source: "test", Path: d.Path, Digest: d.Digest, Kind: corpus.DocumentEntry, Claims: []string{"test"}}
		}
	}
	return records
}

// SkippedFiles are files that could not be read.
func SkippedFiles() []corpus.Skip {
	return []corpus.Skip{{Path: "test/<script>.pdf", Reason: corpus.SkipEncrypted}}
}

// Indexed is when the corpus was indexed.
func Indexed() time.Time { return time.Date(2026, 11, 24, 4, 10, 0, 0, time.UTC) }

// Reports returns what the last run of the indexer did.
func Reports(context.Context, int) ([]corpus.Report, error) {
	return []corpus.Report{{Started: Indexed().Add(-time.Minute), Seconds: 1.5, Sources: []string{"test"}, Added: 2,
		Changed: 1,
		Paths:   corpus.Changes{Added: []string{"test/a", "test/<b>"}, Changed: []string{"test/folder/changed.txt"}},
		Moved:   []corpus.Moved{{Facet: "partner", Value: "JP", Label: "Japan", Before: 3, After: 1}}}}, nil
}
