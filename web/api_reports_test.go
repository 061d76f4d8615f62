package web_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"rapport/corpus"
)

// TestRunsCanBeFollowed reads the reports as a program and as a feed.
func TestRunsCanBeFollowed(t *testing.T) {
	server := serve(t, nil)
	var list struct {
		Reports []corpus.Report `json:"reports"`
	}
	if err := json.Unmarshal([]byte(page(t, server, "/api/v1/reports?limit=5")), &list); err != nil || len(list.Reports) != 1 || len(list.Reports[0].Moved) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if res, body := get(t, server, "/api/v1/reports?limit=0"); res.StatusCode != 400 {
		t.Errorf("%s: %s", res.Status, body)
	}
	var feed struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Summary string `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(page(t, server, "/report.atom")), &feed); err != nil || len(feed.Entries) != 1 {
		t.Fatalf("%+v, %v", feed, err)
	}
	e := feed.Entries[0]
	if e.Title != "Added 2, changed 1, removed 0" || !strings.Contains(e.Summary, "partner Japan: 1, was 3.") ||
		e.ID != server.URL+"/report#20261124T040900.000Z" || e.Updated != "2026-11-24T04:09:01Z" || feed.Updated != e.Updated {
		t.Errorf("%+v", feed)
	}
}
