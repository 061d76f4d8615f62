package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// TestRepeatedFacts checks that a fact which a rule found is shown with the one
// that it repeats, everywhere, is counted, and stays where links lead.
func TestRepeatedFacts(t *testing.T) {
	t.Parallel()
	const body = "Japan gave 20 million USD to the fund. Norway counted 571 hectares of land."
	fact := func(id, rule, quote string) corpus.Fact {
		at := strings.Index(body, quote)
		return corpus.Fact{ID: id, Kind: "contribution", Statement: "This is " + id + ".", Extracted: rule,
			Evidence: corpus.Evidence{Document: "doc", Exact: quote, Offset: at, End: at + len(quote), Status: corpus.AnchorExact}}
	}
	sum := &corpus.Amount{Value: decimal.New(20, 6), Currency: "USD", Text: "20 million USD"}
	stated, found, alone := fact("stated", "", "gave 20 million USD"), fact("x-sum", "amount@2", "20 million USD to"), fact("x-land", "quantity@2", "571 hectares")
	stated.Amount, found.Amount = sum, sum
	alone.Quantity = &corpus.Quantity{Value: decimal.NewFromInt(571), Unit: "hectare", Text: "571 hectares"}
	server := serveEngine(t, index("repeats", []corpus.Record{
		{Document: &corpus.Document{ID: "doc", Title: "Gifts", Body: body, Path: "doc.txt"}, Facts: []corpus.Fact{stated, found, alone}},
	}), nil)

	for path, wants := range map[string][]string{
		"/facts":                {"3 facts", "1 stated by people", "2 found by rules", "1 found by rules repeats another", "also found by rule amount@2", "found by rule quantity@2"},
		"/facts?q=id:x-sum":     {"1 fact", "found by rule amount@2", "repeats <a href=\"/facts?q=id:stated\">"},
		"/documents/doc":        {`id="fact-x-sum"`, "also found by rule amount@2", "found by rule quantity@2"},
		"/search?q=million":     {"Also found by rule amount@2"},
		"/api/v1/facts":         {`"repeats":"stated"`},
		"/api/v1/documents/doc": {`"repeats":"stated"`},
	} {
		_, content := get(t, server, path)
		if strings.HasPrefix(path, "/api") {
			var any json.RawMessage
			if err := json.Unmarshal([]byte(content), &any); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range wants {
			if !strings.Contains(content, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	table := page(t, server, "/facts")
	if n := strings.Count(table, `role="row" id=`); n != 2 {
		t.Errorf("%d rows, want 2: what repeats another has none", n)
	}
}
