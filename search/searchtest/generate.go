package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// words is what generated texts consist of, the common ones first: inflected
// forms, words that fold, compounds, numbers, several scripts.
var words = strings.Fields(`the fund trust of and Japan contribution contributed contributes in trust-fund
	cooperation security cyber defence defences Sweden partner partners demining Korea 2007 1,000,000 2.49 U.S. NATO
	trusts funding Zürich O'Brien F-16 training trained cash funds mine mines summit Ukraine Київ страна страны
	日本 日本語 大阪 résumé resume AT&T C++ maritime piracy NATO's trustfund 👍 coöperation visit visits visited`)

// Records returns n entries with generated documents and facts: the same for
// the same n and seed. Some entries are facts files.
func Records(n int, seed uint64) []corpus.Record {
	g := generator{rand.New(rand.NewPCG(seed, 1))}
	records := make([]corpus.Record, n)
	for i := range records {
		if i%10 == 9 {
			records[i] = g.factsFile(i)
		} else {
			records[i] = g.document(i)
		}
	}
	return records
}

type generator struct{ *rand.Rand }

// word favours the words at the front of the list.
func (g generator) word() string {
	return words[min(g.IntN(len(words)), g.IntN(len(words)))]
}

func (g generator) text(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", ", ", ". ", "\n"}[g.IntN(6)])
		}
		b.WriteString(g.word())
	}
	return b.String()
}

// some returns a few of the values, often none.
func some[T any](g generator, most int, values ...T) []T {
	var list []T
	for _, i := range g.Perm(len(values))[:g.IntN(min(most, len(values))+1)] {
		list = append(list, values[i])
	}
	return list
}

// one returns one of the values.
func one[T any](g generator, values ...T) T { return values[g.IntN(len(values))] }

func tags(values []string) []corpus.Tag {
	var list []corpus.Tag
	for _, v := range values {
		list = append(list, corpus.Tag{Value: v, Count: 1})
	}
	return list
}

var partners = []string{"JP", "KR", "SE", "AU"}

func (g generator) document(i int) corpus.Record {
	id := corpus.ID(fmt.Sprintf("doc-%03d", i))
	about := some(g, 2, partners...)
	mentions := slices.Clone(about)
	for _, p := range some(g, 2, partners...) {
		if !slices.Contains(mentions, p) {
			mentions = append(mentions, p)
		}
	}
	d := &corpus.Document{
		ID: id, Title: g.text(1 + g.IntN(5)), Body: g.text(g.IntN(50)),
		Language:  one(g, "en", "en", "en", "", "fr", "ru", "ja"),
		Publisher: one(g, "", "NATO", "MOFA", "EDA"), Type: one(g, "", "speech", "press release"),
		Format: one(g, "text", "html"), Source: one(g, "notes", "web"), Path: fmt.Sprintf("%d.txt", i),
		Published: date(one(g, "", "", "2007", "2011-05", "2011-05-03", "2012-11-30", "1999", "2020-01-01", "199X")),
		Digest:    corpus.Digest([]byte(id)),
		Tags: corpus.Tags{
			Partners: tags(about), Mentions: tags(mentions),
			Topics: tags(some(g, 2, "human.demining", "human.women", "tech.cyber")),
			Years:  tags(some(g, 3, "1999", "2007", "2011", "2012", "1990s", "2020")),
		},
	}
	entry := corpus.Entry{
		ID: id, Source: d.Source, Path: d.Path, Digest: d.Digest, Version: "1",
		Claims: []string{d.Source}, Kind: corpus.DocumentEntry,
	}
	return corpus.Record{Entry: entry, Document: d, Facts: g.facts(id, g.IntN(3))}
}

func (g generator) factsFile(i int) corpus.Record {
	id := corpus.ID(fmt.Sprintf("facts-%03d", i))
	entry := corpus.Entry{
		ID: id, Source: "curated", Path: fmt.Sprintf("%d.yaml", i), Digest: corpus.Digest([]byte(id)), Version: "1",
		Claims: []string{"curated"}, Kind: corpus.FactsEntry,
	}
	return corpus.Record{Entry: entry, Facts: g.facts(corpus.ID(fmt.Sprintf("doc-%03d", g.IntN(i))), 1+g.IntN(4))}
}

func (g generator) facts(document corpus.ID, n int) []corpus.Fact {
	var facts []corpus.Fact
	for i := range n {
		f := corpus.Fact{
			ID: fmt.Sprintf("f%d", i), Kind: one[corpus.FactKind](g, "visit", "contribution"),
			Statement: g.text(3 + g.IntN(8)),
			Places:    some(g, 1, "Zürich", "Kabul"),
			Evidence: corpus.Evidence{
				Document: document, Exact: g.text(1 + g.IntN(6)), Offset: g.IntN(100),
				Status: one(g, corpus.AnchorExact, corpus.AnchorMoved, ""),
			},
			Extracted: one(g, "", "money@1"),
		}
		for _, p := range some(g, 2, partners...) {
			f.Partners = append(f.Partners, corpus.PartnerID(p))
		}
		f.Topics = some[corpus.TopicID](g, 2, "human.demining", "human.women", "tech.cyber")
		if text := one(g, "", "2007", "2011-05-03", "199X", "2009/2011"); text != "" {
			f.Date = corpus.FactDate{Date: date(text), Mode: corpus.ModeOn}
		}
		if g.IntN(2) == 0 {
			f.Amount = &corpus.Amount{
				Value:    decimal.New(int64(g.IntN(50)), int32(g.IntN(4))-2),
				Currency: one(g, "USD", "EUR", "JPY"), Text: "a sum",
			}
		}
		facts = append(facts, f)
	}
	return facts
}

func date(text string) corpus.Date {
	d, err := corpus.ParseDate(text)
	if err != nil {
		panic(err) // the texts above are dates
	}
	return d
}

// changed returns batches that lead to records by way of former versions, and
// of others among them that go again: what was deleted must not count.
func changed(records []corpus.Record, n int) []corpus.Batch {
	former := Records(len(records)+len(records)/5, 77)
	var mixed []corpus.Record
	var gone corpus.Batch
	for i, r := range records {
		mixed = append(mixed, r)
		if i%5 == 4 {
			other := former[len(records)+i/5]
			mixed, gone.Delete = append(mixed, other), append(gone.Delete, other.Entry.ID)
		}
	}
	return append(append(batches(former[:len(records)], n), batches(mixed, n)...), gone)
}

// batches cuts records into batches of size n.
func batches(records []corpus.Record, n int) []corpus.Batch {
	var list []corpus.Batch
	for part := range slices.Chunk(records, n) {
		list = append(list, corpus.Batch{Put: part})
	}
	return list
}
