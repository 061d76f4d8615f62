package web_test

import (
	"net/url"
	"rapport/search"
	"slices"
	"strings"
	"testing"
)

// TestFilters checks every way to narrow an answer.
func TestFilters(t *testing.T) {
	server := serve(t, nil)
	for query, want := range map[string][]string{
		"partner=KR":                            {"korea"},
		"partner=South+Korea":                   {"korea"},
		"mention=TJ&type=topic+page":            {"japan"},
		"topic=human&type=report":               {"tajikistan"},
		"q=trust+fund&year=2003..2004":          {"tajikistan"},
		"year=1990s":                            {"korea"},
		"published=2012":                        {"note-12", "pledge"},
		"lang=fr":                               {"korea"},
		"type=report&type=topic+page":           {"japan", "tajikistan"},
		"q=trust+fund&-type=topic+page":         {"pledge", "tajikistan"},
		"publisher=none&q=trust+fund":           {"tajikistan"},
		"q=trust+fund&-publisher=none":          {"japan", "pledge"},
		"published=..2004&-type=note":           {"tajikistan"},
		"published=2024..":                      {"note-24", "note-25"},
		"q=trust+fund&published=none":           {"japan"},
		"q=%22trust+fund+helped%22":             {"japan"},
		"q=trust+-demining+fund&verbatim=true":  {"pledge"},
		"q=title:pledge":                        {"pledge"},
		"format=text&source=test&q=agreement":   {"korea"},
		"partner=JP&partner=KR&-publisher=none": {"japan", "korea", "pledge"},
	} {
		var a apiAnswer
		ask(t, server, "/api/v1/search?limit=100&"+query, &a)
		var ids []string
		for _, h := range a.Hits {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, want) || a.Total != len(want) {
			t.Errorf("%s: %v (total %d), want %v", query, ids, a.Total, want)
		}
	}
}

// TestFacetCounts checks the promise of every count on random selections:
// adding the value to the selection gives it.
func TestFacetCounts(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	for _, query := range []string{"", "q=cooperation", "q=trust+fund&type=report", "-type=note", "partner=JP&year=2012", "year=2010..2015"} {
		var a apiAnswer
		ask(t, server, "/api/v1/search?"+query, &a)
		for field, facet := range a.Facets {
			for _, value := range facet.Values {
				params, err := url.ParseQuery(query)
				if err != nil {
					t.Fatal(err)
				}
				params.Set(field, value.Value)
				var narrowed apiAnswer
				ask(t, server, "/api/v1/search?"+params.Encode(), &narrowed)
				if narrowed.Total != value.Count {
					t.Errorf("%q: %s=%s says %d and gives %d", query, field, value.Value, value.Count, narrowed.Total)
				}
			}
		}
	}
}

// TestMatrixCellsLeadToWhatTheyCount follows the links of every cell.
func TestMatrixCellsLeadToWhatTheyCount(t *testing.T) {
	server := serve(t, nil)
	for _, of := range []search.Kind{search.Documents, search.Facts} {
		var matrix struct {
			Counts [][]int
			Links  [][]struct{ Documents, Facts string }
		}
		ask(t, server, "/api/v1/matrix?links=true&q=&of="+string(of), &matrix)
		followed := 0
		for i, counts := range matrix.Counts {
			for j, want := range counts {
				link := strings.Replace(matrix.Links[i][j].Facts, "/facts", "/api/v1/facts", 1)
				if of == search.Documents {
					link = strings.Replace(matrix.Links[i][j].Documents, "/search", "/api/v1/search", 1)
				}
				var found struct{ Total int }
				ask(t, server, link, &found)
				if found.Total != want {
					t.Errorf("%s leads to %d, the cell says %d", link, found.Total, want)
				}
				followed++
			}
		}
		if followed == 0 {
			t.Errorf("no cells of %s", of)
		}
	}
}
