package main

import (
	"bytes"
	"context"
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

// seedTrial is a data directory with a document and the facts of
// seed-facts.yaml, as a user has them.
type seedTrial struct {
	*testing.T
	folder, data string
	body         string
}

func newSeedTrial(t *testing.T) *seedTrial {
	root := os.Getenv("RAPPORT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared") // beside the repository
	}
	read := func(path string) []byte {
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Skipf("test data are not there: %v", err)
		}
		return data
	}
	s := &seedTrial{T: t, folder: t.TempDir(), data: t.TempDir(), body: string(read("corpora/seed/000_3682da9770485475.txt"))}
	facts, _, err := corpustest.ConvertSeed(read("knowledge/seed-facts.yaml"), "", "seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	s.write("seed.facts.yaml", string(facts))
	s.write("seed.txt", s.body)
	return s
}

func (s *seedTrial) write(name, content string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
}

// rapport runs a command and reads its answer in JSON, nil for none.
func (s *seedTrial) rapport(want int, answer any, args ...string) string {
	s.Helper()
	args = append(args, "--data", s.data)
	if answer != nil {
		args = append(args, "--json")
	}
	var out, messages bytes.Buffer
	if code := run(context.Background(), args, streams{strings.NewReader(""), &out, &messages}); code != want {
		s.Fatalf("rapport %s: exit %d, want %d: %s%s", strings.Join(args, " "), code, want, &out, &messages)
	}
	if answer != nil {
		if err := json.Unmarshal(out.Bytes(), answer); err != nil {
			s.Fatalf("rapport %s: %v", strings.Join(args, " "), err)
		}
	}
	return out.String()
}

// index makes the index agree with the folder.
func (s *seedTrial) index(args ...string) corpus.Report {
	s.Helper()
	var report corpus.Report
	s.rapport(exitOK, &report, append([]string{"index", s.folder, "--no-rules"}, args...)...)
	return report
}

// counts returns a facet of the facts that a question finds, and their total.
func (s *seedTrial) counts(field string, args ...string) (map[string]int, int) {
	s.Helper()
	var a factsAnswer
	s.rapport(exitOK, &a, append([]string{"facts"}, args...)...)
	counts := map[string]int{corpus.None: a.Facets[field].Missing}
	for _, v := range a.Facets[field].Values {
		counts[v.Value] = v.Count
	}
	return counts, a.Total
}

func TestSeedFromFileToAnswer(t *testing.T) {
	s := newSeedTrial(t)
	if r := s.index(); r.Facts.Added != 70 || len(r.Facts.Stale) > 0 || len(r.Skipped) > 0 {
		t.Fatalf("facts %+v, left out %+v", r.Facts, r.Skipped)
	}
	for _, c := range []struct {
		field string
		want  map[string]int
	}{
		{"status", map[string]int{"exact": 70, corpus.None: 0}},
		{"partner", map[string]int{"JP": 62, "AZ": 3, "TJ": 1, "AF": 1, "SE": 1, corpus.None: 6}},
		// 48 have no year: 44 none at all, 4 a decade.
		{"year", map[string]int{"2005": 1, "2007": 4, "2009": 5, "2011": 11, "2012": 1, "1990s": 4, corpus.None: 44}},
		{"currency", map[string]int{"USD": 3, corpus.None: 67}},
	} {
		counts, total := s.counts(c.field)
		if total != 70 {
			t.Errorf("%d facts, want 70", total)
		}
		for value, want := range c.want {
			if counts[value] != want {
				t.Errorf("%s %s: %d facts, want %d", c.field, value, counts[value], want)
			}
			if want == 0 {
				continue
			}
			if _, total := s.counts(c.field, "--"+c.field, value); total != want {
				t.Errorf("%s %s selected: %d facts, want %d", c.field, value, total, want)
			}
		}
		if len(counts) > len(c.want)+1 {
			t.Errorf("%s: more values than expected: %v", c.field, counts)
		}
	}
	var totals corpus.Totals
	s.rapport(exitOK, &totals, "facts", "--totals", "--currency", "USD")
	if len(totals.Sums) != 1 || totals.Sums[0].Events != 1 || totals.Sums[0].Value.String() != "20000000" ||
		!slices.Equal(totals.LeftOut, []corpus.LeftOut{{Reason: corpus.LeftMeasure, Facts: 2}}) {
		t.Errorf("of three sums one may be added, to none: %+v", totals)
	}
}

func TestSeedQuestions(t *testing.T) {
	s := newSeedTrial(t)
	s.index()
	for _, c := range []struct {
		want int
		args []string
	}{
		{3, []string{"currency:USD"}},
		{3, []string{"amount>=1000000 currency:USD"}},
		{1, []string{"amount>=100000000"}},
		{0, []string{"currency:EUR"}},
		{67, []string{"currency:none"}},
		{6, []string{"partner:none"}},
		{3, []string{"partner:Azerbaijan"}},
		{5, []string{"year:2009"}},
		{9, []string{"year:2007..2009"}},
		{70, []string{"--not-status", "extracted"}},
		{70, []string{"status:exact"}},
	} {
		exit := exitOK
		if c.want == 0 {
			exit = exitNothing
		}
		var a factsAnswer
		s.rapport(exit, &a, append([]string{"facts"}, c.args...)...)
		if a.Total != c.want {
			t.Errorf("%q: %d facts, want %d", c.args, a.Total, c.want)
		}
	}
	// People, organisations, places and the words of the evidence are found.
	for question, id := range map[string]string{
		"Matsumoto kind:meeting": "jp2012-001",
		`"shaking heads"`:        "jp2012-001",
		"id:jp2012-036":          "jp2012-036",
	} {
		var a factsAnswer
		s.rapport(exitOK, &a, "facts", question)
		if !slices.ContainsFunc(a.Hits, func(f factHit) bool { return f.ID == id }) {
			t.Errorf("%s does not find %s among %d", question, id, a.Total)
		}
	}
	// Documents and facts stand in one answer under the filters they share.
	var a searchAnswer
	s.rapport(exitOK, &a, "search", "Afghanistan", "--partner", "JP")
	var facts factsAnswer
	s.rapport(exitOK, &facts, "facts", "Afghanistan", "--partner", "JP")
	if a.Total != 1 || a.Facts.Total == 0 || a.Facts.Total != facts.Total {
		t.Errorf("%d documents and %d facts in one answer, %d facts alone", a.Total, a.Facts.Total, facts.Total)
	}
}

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
	if out := s.rapport(exitOK, nil, "facts", "571 hectares"); !strings.Contains(out, "[found by rule quantity@3, repeats jp2012-056]") {
		t.Errorf("the table lacks what is repeated:\n%s", out)
	}
	var totals corpus.Totals
	s.rapport(exitOK, &totals, "facts", "--totals")
	if len(totals.Sums) != 1 || totals.Sums[0].Value.String() != "20000000" ||
		!slices.Contains(totals.LeftOut, corpus.LeftOut{Reason: corpus.LeftExtracted, Facts: 3}) {
		t.Errorf("rules entered a sum: %+v", totals)
	}
}
