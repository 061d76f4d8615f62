package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/corpus/corpustest"
)

// TestSeedAsCSV prints all facts as CSV and indexes that in place of the file
// that they came from: not a fact changes.
func TestSeedAsCSV(t *testing.T) {
	s := newSeedTrial(t)
	s.index()
	table := s.rapport(exitOK, nil, "facts", "--csv", "--limit", "100")
	before := s.all()
	s.write("seed.facts.csv", table)
	if err := os.Remove(filepath.Join(s.folder, "seed.facts.yaml")); err != nil {
		t.Fatal(err)
	}
	if r := s.index("--force"); len(r.Skipped) > 0 || len(r.Facts.Stale) > 0 {
		t.Fatalf("left out %+v, stale %+v", r.Skipped, r.Facts.Stale)
	}
	if after := s.all(); after != before {
		a, b := strings.Split(after, "\n"), strings.Split(before, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("line %d of the facts is %s and was %s", i, a[i], b[i])
			}
		}
		t.Errorf("the facts have %d lines and had %d", len(a), len(b))
	}
}

// all returns all facts as JSON, in the order of their ids.
func (s *seedTrial) all() string {
	s.Helper()
	var a factsAnswer
	s.rapport(exitOK, &a, "facts", "--limit", "100")
	slices.SortFunc(a.Hits, func(a, b factHit) int { return strings.Compare(a.ID, b.ID) })
	data, err := json.MarshalIndent(a.Hits, "", " ")
	if err != nil {
		s.Fatal(err)
	}
	return string(data)
}

// TestSeedReindexed indexes the document again and again in other layouts:
// no fact is lost. Then it changes two sums and cuts a sentence: exactly the
// facts of those are reported.
func TestSeedReindexed(t *testing.T) {
	s := newSeedTrial(t)
	s.index()
	paragraphs := strings.Split(s.body, "\n\n")
	slices.Reverse(paragraphs)
	for name, text := range map[string]string{
		"straight quotes": strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(s.body),
		"single newlines": strings.ReplaceAll(s.body, "\n\n", "\n"),
		"one line":        strings.Join(strings.Fields(s.body), " "),
		"header":          "Home > Topics > Partners\n\n" + s.body,
		"hard wraps":      corpustest.Wrap(s.body, 60),
		"reversed":        strings.Join(paragraphs, "\n\n"),
	} {
		s.write("seed.txt", text)
		r := s.index()
		counts, total := s.counts("status")
		if found := counts["exact"] + counts["moved"] + counts["normalised"]; found != 70 || total != 70 || len(r.Facts.Stale) > 0 {
			t.Errorf("%s: %v, stale %+v", name, counts, r.Facts.Stale)
		}
	}
	edited := strings.NewReplacer("$2.49 billion", "$3.1 billion", "571 hectares", "568 hectares").Replace(s.body)
	start := strings.Index(edited, "Japanese Foreign Minister Takeaki Matsumoto visited")
	end := start + strings.Index(edited[start:], "Secretary General.") + len("Secretary General.")
	s.write("seed.txt", edited[:start]+edited[end:])
	var got []string
	for _, f := range s.index().Facts.Stale {
		got = append(got, f.ID+" "+f.Status)
	}
	slices.Sort(got)
	want := []string{"jp2012-017 missing", "jp2012-018 missing", "jp2012-036 changed", "jp2012-056 changed"}
	if !slices.Equal(got, want) {
		t.Errorf("stale are %q, want %q", got, want)
	}
	if out := s.rapport(exitNothing, nil, "check"); strings.Count(out, "\n") != 4 || !strings.Contains(out, "$3.1 billion") {
		t.Errorf("check says\n%s", out)
	}
	if _, total := s.counts("status"); total != 70 {
		t.Errorf("%d facts are left, want all 70", total)
	}
}

// TestSeedFactsLeaveAsTheyCame checks that the facts of an answer are a facts
// file again: they name documents by id, and keep nothing that is for the
// index alone.
func TestSeedFactsLeaveAsTheyCame(t *testing.T) {
	s := newSeedTrial(t)
	s.index()
	var a struct{ Hits []json.RawMessage }
	s.rapport(exitOK, &a, "facts", "--limit", "100")
	var lines bytes.Buffer
	for _, hit := range a.Hits {
		if err := json.Compact(&lines, hit); err != nil {
			t.Fatal(err)
		}
		lines.WriteByte('\n')
	}
	read := 0
	for _, err := range corpus.ReadFacts("all.facts.jsonl", &lines, nil) {
		if err != nil {
			t.Fatal(err)
		}
		read++
	}
	if read != 70 {
		t.Errorf("%d facts, want 70", read)
	}
}

// TestSeedAndRules checks that what rules find in the seed document repeats what
// people stated, is told apart from it, and enters no sum.
func TestSeedAndRules(t *testing.T) {
	s := newSeedTrial(t)
	var report corpus.Report
	s.rapport(exitOK, &report, "index", s.folder)
	if report.Facts.Added != 75 {
		t.Fatalf("%d facts, want 75", report.Facts.Added)
	}
	var a factsAnswer
	s.rapport(exitOK, &a, "facts", "--status", "extracted")
	repeats := map[string]string{}
	for _, f := range a.Hits {
		if f.Amount != nil {
			repeats[f.Repeats] = f.Amount.Value.String() + " " + f.Amount.Currency
		} else {
			repeats[f.Repeats] = f.Quantity.Value.String() + " " + f.Quantity.Unit
		}
	}
	want := map[string]string{
		"jp2012-036": "2490000000 USD", "jp2012-037": "100 person", "jp2012-056": "571 hectare",
		"jp2012-045": "20000000 USD", "jp2012-053": "20000000 USD",
	}
	if !maps.Equal(repeats, want) {
		t.Errorf("%v, want %v", repeats, want)
	}
	if out := s.rapport(exitOK, nil, "facts", "571 hectares"); !strings.Contains(out, "[found by rule quantity@4, repeats jp2012-056]") {
		t.Errorf("the table lacks what is repeated:\n%s", out)
	}
	var totals corpus.Totals
	s.rapport(exitOK, &totals, "facts", "--totals")
	if len(totals.Sums) != 1 || totals.Sums[0].Value.String() != "20000000" ||
		!slices.Contains(totals.LeftOut, corpus.LeftOut{Reason: corpus.LeftExtracted, Facts: 3}) {
		t.Errorf("rules entered a sum: %+v", totals)
	}
}
