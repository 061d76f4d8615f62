package main

import (
	"slices"
	"testing"

	"rapport/corpus"
)

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
