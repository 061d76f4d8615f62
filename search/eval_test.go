package search_test

import (
	"math"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// The ranking of "alpha beta" is d1 (both words, short), d2, d3 by length;
// the expected values are worked out by hand from the judgements.
func TestEvaluate(t *testing.T) {
	var records []corpus.Record
	for id, body := range map[string]string{
		"d1": "alpha beta", "d2": "alpha one two", "d3": "alpha one two three four five six", "d4": "nothing",
	} {
		records = append(records, corpus.Record{
			Entry:    corpus.Entry{ID: corpus.ID(id), Source: "s", Path: id, Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: corpus.ID(id), Body: body, Source: "s", Path: id},
		})
	}
	queries, err := search.ReadQueries(strings.NewReader(`{"_id":"q1","text":"alpha beta"}

{"_id":"q2","text":"alpha"}
{"_id":"unjudged","text":"alpha"}
`))
	if err != nil {
		t.Fatal(err)
	}
	relevant, err := search.ReadJudgements(strings.NewReader("query-id\tcorpus-id\tscore\n" +
		"q1\td2\t2\nq1\td3\t1\nq1\td4\t1\nq2\td3\t1\nq2\td1\t0\n"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := search.Evaluate(t.Context(), snapshot(t, records...), queries, relevant, search.MatchAny)
	if err != nil {
		t.Fatal(err)
	}
	// q1 ranks d1 d2 d3: gains 0 2 1, ideal 2 1 1. q2 ranks d1 d2 d3: gains 0 0 1.
	log2 := math.Log2
	ndcg1 := (2/log2(3) + 1/log2(4)) / (2/log2(2) + 1/log2(3) + 1/log2(4))
	ndcg2 := (1 / log2(4)) / 1
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"nDCG@10", e.NDCG, (ndcg1 + ndcg2) / 2},
		{"MAP", e.MAP, ((1.0/2+2.0/3)/3 + 1.0/3) / 2},
		{"MRR", e.MRR, (1.0/2 + 1.0/3) / 2},
		{"recall", e.Recall, (2.0/3 + 1) / 2},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
	if e.Queries != 2 || e.Match != search.MatchAny {
		t.Errorf("%+v", e)
	}
}

func TestEvalFilesWithErrors(t *testing.T) {
	for _, text := range []string{`{"_id":1`, `{"text":"no id"}`} {
		if _, err := search.ReadQueries(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: error %v", text, err)
		}
	}
	for _, text := range []string{"a\tb\n", "a\tb\t1\na\tb\tmany\n"} {
		if _, err := search.ReadJudgements(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "line") {
			t.Errorf("%q: error %v", text, err)
		}
	}
	if _, err := search.Evaluate(t.Context(), snapshot(t), nil, search.Judgements{}, search.MatchAny); err == nil {
		t.Error("no queries: no error")
	}
}
