package search_test

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestValuesThatNoDocumentHas checks that a value that is nowhere in the index
// is not answered with silence, in a question or as a filter.
func TestValuesThatNoDocumentHas(t *testing.T) {
	record := func(id corpus.ID, kind, publisher string) corpus.Record {
		return corpus.Record{
			Entry:    corpus.Entry{ID: id, Path: string(id), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: id, Title: "A note", Body: "Words.", Type: kind, Format: "text", Source: "notes", Publisher: publisher},
		}
	}
	s := snapshot(t, record("a", "briefing note", "NATO"), record("b", "report", "NATO Review"), record("c", "report", "Natural Resources Canada"), record("d", "weekly briefing", "Société Générale"))
	for query, want := range map[string]string{
		"type=briefng+note":      "no document has the type “briefng note”; did you mean “briefing note”?",
		"-type=Report":           "no document has the type “Report”; did you mean “report”?",
		"source=elsewhere":       "no document has the source “elsewhere”; the only source is “notes”",
		"format=txt&type=report": "no document has the format “txt”; did you mean “text”?",
		"type=report":            "",
		"type=none":              "",
		"year=2012..2005":        "“year=2012..2005”: the range runs backwards; it is read from the smaller to the larger bound",
		"-published=2012..2005":  "“-published=2012..2005”: the range runs backwards; it is read from the smaller to the larger bound",

		"q=publisher:Nat":                       "10 no document has the publisher “Nat”; did you mean “NATO”, “NATO Review” or “Natural Resources Canada”?",
		"q=words+publisher:natu":                "16 no document has the publisher “natu”; did you mean “NATO” or “Natural Resources Canada”?",
		"q=publisher:natur":                     "10 no document has the publisher “natur”; did you mean “Natural Resources Canada”?",
		"q=publisher:nat*":                      "10 no document has the publisher “nat*”; did you mean “NATO”?",
		"q=type:briefng":                        "5 no document has the type “briefng”; did you mean “briefing note” or “weekly briefing”?",
		"q=publisher:gen":                       "10 no document has the publisher “gen”; did you mean “Société Générale”?",
		"q=publisher:canda":                     "10 no document has the publisher “canda”; did you mean “Natural Resources Canada”?",
		"q=publisher:%22societe+generale%22":    "11 no document has the publisher “societe generale”; did you mean “Société Générale”?",
		"q=-type:reprt":                         "6 no document has the type “reprt”; did you mean “report”?",
		"q=type:reprt+OR+(source:nots+type:no)": "5 no document has the type “reprt”; did you mean “report”? | 22 no document has the source “nots”; did you mean “notes”? | 32 no document has the type “no”; the types are “report”, “briefing note” and “weekly briefing”",
		"q=type:reprt&type=reprt":               "5 no document has the type “reprt”; did you mean “report”?",
		"q=id:zz+OR+id:a":                       "3 no document has the id “zz”",
		"q=publisher:*+type:none":               "",
		"q=publisher:NATO":                      "",
		"q=lang:fr":                             "5 no document has the lang “fr”",
		"q=lang:fr+OR+publisher:NATO":           "",
		"q=currency:EUR":                        "“currency” is a field of facts, which are listed beside: no document has one",
		"q=lang:Frensh":                         "5 there is no language “Frensh”; it matches nothing; did you mean “French”?",
		"lang=fr":                               "no document has the lang “fr”",
	} {
		params, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		r, err := search.ParseParams(params, s.Taxonomy())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range ask(t, s, r).Read.Warnings {
			if w.Position > 0 {
				w.Message = strconv.Itoa(w.Position) + " " + w.Message
			}
			got = append(got, w.Message)
		}
		if got := strings.Join(got, " | "); got != want {
			t.Errorf("%s: warned\n%s, want\n%s", query, got, want)
		}
	}
}

// TestManyUnheldValues checks that a question of a thousand unknown values
// costs a bounded number of searches.
func TestManyUnheldValues(t *testing.T) {
	s := &counting{Snapshot: snapshot(t, corpus.Record{Entry: corpus.Entry{ID: "a", Path: "a", Kind: corpus.DocumentEntry}, Document: &corpus.Document{ID: "a", Body: "Words.", Type: "report"}})}
	var q strings.Builder
	for i := range 500 {
		fmt.Fprintf(&q, "type:x%d OR ", i)
	}
	r := ask(t, s, search.Request{Text: q.String() + "words", Match: search.MatchAny})
	if n := len(r.Read.Warnings); n < 10 || n > 30 {
		t.Errorf("%d warnings", n)
	}
	if s.searches > 40 {
		t.Errorf("%d searches", s.searches)
	}
}

// counting counts the searches in a snapshot.
type counting struct {
	search.Snapshot
	searches int
}

func (c *counting) Search(ctx context.Context, p search.Plan) (*search.Found, error) {
	c.searches++
	return c.Snapshot.Search(ctx, p)
}
