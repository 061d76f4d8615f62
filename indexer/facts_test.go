package indexer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
)

// facts returns a facts file in JSON Lines, one fact for each quotation. The
// quotations are "id document words".
func facts(quotes ...string) string {
	var b strings.Builder
	for _, q := range quotes {
		parts := strings.SplitN(q, " ", 3)
		fmt.Fprintf(&b, `{"id":%q,"kind":"visit","statement":"Somebody went somewhere.","places":["Oslo"],"evidence":{"document":%q,"exact":%q}}`+"\n",
			parts[0], parts[1], parts[2])
	}
	return b.String()
}

// statuses returns "id document status" of all facts, in order of id.
func (b *bench) statuses() []string {
	var list []string
	for _, rec := range b.index.all() {
		for _, f := range rec.Facts {
			list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.ID, b.name(f.Evidence.Document), f.Evidence.Status)))
		}
	}
	slices.Sort(list)
	return list
}

// name returns the path of a document, or its ID when it is not there.
func (b *bench) name(id corpus.ID) string {
	if doc, ok, _ := b.index.Document(context.Background(), id); ok {
		return doc.Path
	}
	return string(id)
}

func (b *bench) states(want ...string) {
	b.Helper()
	if got := b.statuses(); !slices.Equal(got, want) {
		b.Errorf("facts %q, want %q", got, want)
	}
}

func (b *bench) expectFacts(r corpus.Report, added, changed, removed int, stale ...string) {
	b.Helper()
	var got []string
	for _, s := range r.Facts.Stale {
		got = append(got, s.ID+" "+s.Status)
	}
	if r.Facts.Added != added || r.Facts.Changed != changed || r.Facts.Removed != removed || !slices.Equal(got, stale) {
		b.Errorf("facts added %d, changed %d, removed %d, stale %q; want %d, %d, %d, %q",
			r.Facts.Added, r.Facts.Changed, r.Facts.Removed, got, added, changed, removed, stale)
	}
}

func TestFactsOfAFileThatChanges(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "one two three", "x.facts.jsonl": facts("f-1 a.txt one", "f-2 a.txt two")})
	b.run()
	b.write(map[string]string{"x.facts.jsonl": facts("f-2 a.txt three", "f-3 a.txt three")})
	r := b.run()
	b.expect(r, "0 1 1 0 0")
	b.expectFacts(r, 1, 1, 1)
	b.write(map[string]string{"x.facts.jsonl": facts("f-2 a.txt three") + "{\"id\":\"F 9\"}\n"})
	r = b.run()
	b.expect(r, "0 0 1 0 1")
	if s := r.Skipped[0]; s.Reason != corpus.SkipInvalid || !s.Kept || !strings.Contains(s.Detail, "x.facts.jsonl:2: ") {
		t.Errorf("skip %+v", s)
	}
	b.states("f-2 a.txt exact", "f-3 a.txt exact")
	b.remove("x.facts.jsonl")
	r = b.run()
	b.expect(r, "0 0 1 1 0")
	b.expectFacts(r, 0, 0, 2)
	b.states()
}

func TestFactIDsAreUniqueInTheIndex(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "one two three", "x.facts.jsonl": facts("f-1 a.txt one"), "y.facts.jsonl": facts("f-1 a.txt two", "f-2 a.txt two")})
	r := b.run()
	b.expect(r, "2 0 0 0 1")
	if s := r.Skipped[0]; s.Path != "docs/y.facts.jsonl" || !strings.Contains(s.Detail, "y.facts.jsonl:1:") || !strings.Contains(s.Detail, "docs/x.facts.jsonl") {
		t.Errorf("skip %+v", s)
	}
	b.write(map[string]string{"y.facts.jsonl": facts("f-2 a.txt two")})
	b.run()
	b.write(map[string]string{"y.facts.jsonl": facts("f-1 a.txt one", "f-2 a.txt two")})
	b.expect(b.run(), "0 0 2 0 1")
	b.write(map[string]string{"x.facts.jsonl": facts("f-3 a.txt one")}) // now y may have f-1
	b.expect(b.run(), "0 2 1 0 0")
	b.write(map[string]string{"x.facts.jsonl": facts("f-1 a.txt one", "f-2 a.txt two"), "y.facts.jsonl": facts("f-3 a.txt one")})
	b.expect(b.run(), "0 2 1 0 0")
	b.write(map[string]string{"x.facts.jsonl": facts("f-3 a.txt one"), "y.facts.jsonl": facts("f-1 a.txt one", "f-2 a.txt two") + "broken\n"})
	b.expect(b.run(), "0 0 1 0 2") // y is wrong and keeps f-3, so x may not have it
	b.states("f-1 a.txt exact", "f-2 a.txt exact", "f-3 a.txt exact")
	b.remove("y.facts.jsonl")
	b.expect(b.run(), "0 1 1 1 0")
	b.states("f-3 a.txt exact")
}

func TestLargeFactsFilesAreStoredInParts(t *testing.T) {
	b := newBench(t)
	var quotes []string
	for i := range 2*partFacts + 500 {
		quotes = append(quotes, fmt.Sprintf("f-%d a.txt word%d", i, i))
	}
	b.write(map[string]string{"a.txt": "word0 word1 word2 word3", "x.facts.jsonl": facts(quotes...)})
	r := b.run()
	b.expectFacts(Report(r), len(quotes), 0, 0, staleList(quotes[4:])...)
	b.holds("docs/a.txt", "docs/x.facts.jsonl#0", "docs/x.facts.jsonl#1", "docs/x.facts.jsonl#2")
	for _, c := range []struct {
		quotes                  []string
		added, changed, removed int
	}{
		{slices.Insert(slices.Clone(quotes), 0, "f-new a.txt word1"), 1, 0, 0},
		{quotes, 0, 0, 1},
		{quotes[1:], 0, 0, 1},
		{quotes[:partFacts], 1, 0, len(quotes) - partFacts},
		{slices.Concat(quotes[partFacts/2:], quotes[:partFacts/2]), len(quotes) - partFacts, 0, 0},
	} {
		b.write(map[string]string{"x.facts.jsonl": facts(c.quotes...)})
		r := b.run()
		if r.Facts.Added != c.added || r.Facts.Changed != c.changed || r.Facts.Removed != c.removed {
			t.Errorf("facts %d, %d, %d, want %+v", r.Facts.Added, r.Facts.Changed, r.Facts.Removed, [3]int{c.added, c.changed, c.removed})
		}
		if got := len(b.index.facts); got != len(c.quotes) {
			t.Errorf("%d facts in the index, want %d", got, len(c.quotes))
		}
		b.expect(b.run(), "0 0 2 0 0")
	}
}

// Report lets a report be compared without what does not matter.
type Report = corpus.Report

func staleList(quotes []string) []string {
	var list []string
	for _, q := range quotes {
		list = append(list, strings.Fields(q)[0]+" missing")
	}
	return list
}

func TestInterruptedFactsFileIsReadAgain(t *testing.T) {
	b := newBench(t)
	var quotes []string
	for i := range 3 * partFacts {
		quotes = append(quotes, fmt.Sprintf("f-%d a.txt word", i))
	}
	b.write(map[string]string{"a.txt": "a word", "x.facts.jsonl": facts(quotes...)})
	b.Options.Batch = 2
	cut := errors.New("cut")
	b.index.fail = func(batch corpus.Batch) error {
		for _, rec := range batch.Put {
			if rec.Entry.Path == "x.facts.jsonl#2" {
				return cut
			}
		}
		return nil
	}
	if _, err := b.try(); !errors.Is(err, cut) {
		t.Fatal(err)
	}
	if len(b.index.facts) != 2*partFacts {
		t.Fatalf("%d facts are left of the interrupted run", len(b.index.facts))
	}
	b.index.fail = nil
	b.expectFacts(b.run(), partFacts, 0, 0)
	if len(b.index.facts) != len(quotes) {
		t.Errorf("%d facts", len(b.index.facts))
	}
}

func TestFactsFileNamedAlone(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"in/000_seed.txt": "The minister came to Oslo.", "out/facts.yaml": `document: 000_seed
facts:
- id: s-1
  kind: visit
  statement: The minister visited Oslo.
  places: [Oslo]
  evidence: {exact: came to Oslo}
`})
	b.run(b.source("in"))
	s, err := FactsFile(b.root + "/out/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b.expect(b.run(s), "1 0 0 0 0")
	b.states("s-1 000_seed.txt exact")
	b.write(map[string]string{"in/000_seed.txt": "The minister left."})
	r := b.run(b.source("in")) // the facts file is not read
	b.expectFacts(r, 0, 0, 0, "s-1 missing")
	if _, err := FactsFile(b.root + "/out/none.yaml"); err == nil {
		t.Error("a facts file that is not there")
	}
}

func TestDoubtfulFactsAreWarnedOf(t *testing.T) {
	b := newBench(t)
	b.Taxonomy = &corpus.Taxonomy{Partners: []corpus.Partner{{ID: "NO", Name: "Norway", Frameworks: []corpus.Membership{{Since: day("2008")}}}}}
	extract := b.Extract
	b.Extract = func(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
		return func(yield func(*corpus.Document, error) bool) {
			for doc, err := range extract(ctx, item, data) {
				if doc != nil {
					doc.Published = day("2010")
				}
				yield(doc, err)
			}
		}
	}
	fact := func(id, more string) string {
		return fmt.Sprintf(`{"id":%q,"kind":"visit","statement":"Somebody went there.","places":["Oslo"],%s}`+"\n", id, more)
	}
	b.write(map[string]string{
		"a.txt": "They came to Oslo.",
		"x.facts.jsonl": fact("f-1", `"date":{"edtf":"2011","mode":"on"},"evidence":{"document":"a.txt","exact":"came to Oslo"}`) +
			fact("f-2", `"partners":["NO"],"date":{"edtf":"2007","mode":"on"},"sources":["elsewhere"]`) +
			fact("f-3", `"sources":["elsewhere"],"supersedes":["f-4","g-1"]`) +
			fact("f-4", `"sources":["elsewhere"],"supersedes":["f-3"],"conflicts_with":["f-9"]`),
		"y.facts.jsonl": fact("g-1", `"sources":["elsewhere"]`),
	})
	r := b.run()
	b.expectFacts(r, 5, 0, 0)
	want := []string{
		`x.facts.jsonl:1: fact "f-1": date "2011" is after the document's publication "2010"; is it planned or expected?`,
		`x.facts.jsonl:2: fact "f-2": NO (Norway) was no partner in 2007`,
		`x.facts.jsonl:3: fact "f-3": supersedes leads in a circle: a fact cannot supersede what supersedes it`,
		`x.facts.jsonl:4: fact "f-4": supersedes leads in a circle: a fact cannot supersede what supersedes it`,
		`x.facts.jsonl:4: fact "f-4": conflicts_with names the fact "f-9", which does not exist`,
	}
	if !slices.Equal(r.Warnings, want) {
		t.Errorf("warnings\n%s\nwant\n%s", strings.Join(r.Warnings, "\n"), strings.Join(want, "\n"))
	}
}

func day(s string) corpus.Date {
	d, err := corpus.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// A later version of the rules that finds the same facts has changed none.
func TestFactsOfALaterVersionOfRules(t *testing.T) {
	b := newBench(t)
	find := func(version, statement string) {
		b.Version = version
		b.FindFacts = func(doc *corpus.Document) ([]corpus.Fact, int) {
			return []corpus.Fact{{ID: "x-1", Kind: corpus.KindVisit, Statement: statement, Extracted: "visit@" + version,
				Evidence: corpus.Evidence{Document: doc.ID, Exact: "came to Oslo", Offset: 5, End: 17, Status: corpus.AnchorExact}}}, 0
		}
	}
	b.write(map[string]string{"a.txt": "They came to Oslo."})
	find("1", "A visit.")
	b.expectFacts(b.run(), 1, 0, 0)
	find("2", "A visit.")
	b.expectFacts(b.run(), 0, 0, 0)
	find("3", "A visit to Oslo.")
	b.expectFacts(b.run(), 0, 1, 0)
}
