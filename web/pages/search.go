package pages

import (
	"context"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// searchView is the page of documents and facts that answer a question.
type searchView struct {
	Filters   filtersView
	Question  string
	Documents int
	FactCount int
	Reading   ReadingView
	Then      *thenView
	Chips     []Chip
	ClearAll  string
	Hits      []HitView
	Further   bool // not the first page
	Shown     string
	First     string
	Next      string
	Folded    foldedView
	Sorts     []SortView
	Sizes     []SortView
	Exports   []Link
	Cite      string
	Facts     factsPanel
	Zero      *zeroView
	Pending   bool
}

// SortView is one of several ways to show the answer.
type SortView struct {
	Href, Text string
	Now        bool
}

// thenView compares a cited answer with today's.
type thenView struct {
	Generation string
	Then, Now  int
}

// factsBeside is how many facts a page of documents shows.
const factsBeside = 3

// Search answers a question with documents, facts and filters.
func Search(ctx context.Context, v *Visit) (*View, error) {
	q, err := v.question(search.Documents, search.DefaultLimit)
	if err != nil {
		return nil, err
	}
	q.Facets = facetRequests(search.Documents)
	q.Facts, q.Snippets = factsBeside, 3
	result, err := search.Ask(ctx, v.Snapshot, q.Request)
	if v.Asked != nil {
		v.Asked(q.Text, result, err)
	}
	if err != nil {
		return nil, err
	}
	body := newSearchView(v, q, result)
	if result.Total == 0 {
		if body.Zero, err = v.zero(ctx, q, result); err != nil {
			return nil, err
		}
	}
	return &View{
		Template: "search", Title: searchTitle(q.Text, result), Section: "search", Question: q.Text, Wide: true,
		Kept:  kept(q.here, func(name, _ string) bool { return name == "q" || name == "match" }),
		Skips: []Link{{"#main", "Skip to results"}, {"#filters", "Skip to filters"}},
		Feed:  withPath(q.here, "/search.atom").Drop("cursor", "sort", "limit").String(),
		Body:  body,
	}, nil
}

func newSearchView(v *Visit, q *question, r *search.Result) *searchView {
	t := v.Snapshot.Taxonomy()
	body := &searchView{
		Filters: newFilters(q.here, r.Facets), Question: q.Text,
		Documents: r.Total, FactCount: r.Facts.Total,
		Reading: newReading(q.here, r.Read, q.Verbatim),
		Chips:   chips(q.here, t), ClearAll: withoutFilters(q.here).String(),
		Further: q.Cursor != "", Shown: shownOf(r.Before, len(r.Hits), r.Total), First: q.here.Drop("cursor").String(),
		Facts: newFactsPanel(v, q, r), Pending: r.Generation.Pending,
		Cite: citeSearch(v, q, r), Exports: exports(q.here, "/search"),
	}
	if q.gen != "" && q.gen != r.Generation.ID {
		body.Then = &thenView{q.gen, q.then, r.Total}
	}
	if r.Next != "" {
		body.Next = q.here.Set("cursor", r.Next).String()
	}
	// Links from a hit carry the mode that answered, so that the reader marks
	// what was found and not more.
	for i := range r.Hits {
		hit := newHit(q.here, t, &r.Hits[i], q.Text, r.Read)
		hit.Folded = foldedLink(q.here, &r.Hits[i], q.Collapse)
		body.Hits = append(body.Hits, hit)
	}
	body.Folded = newFolded(q, r)
	body.Sorts = sorts(q.here, q.Sort, q.Text)
	body.Sizes = sizes(q.here, q.Limit)
	if r.Read.Mentions > r.Total && len(q.here.Params[search.FieldPartner]) > 0 {
		link := q.here.Drop("cursor", search.FieldPartner)
		for _, p := range q.here.Params[search.FieldPartner] {
			link = link.Add(search.FieldMention, p)
		}
		body.Reading.Mentions = &Link{link.String(), count(r.Read.Mentions, "document", "documents")}
	}
	return body
}

// shownOf says which of the hits a page shows: "11 to 20 of 228", or "9 of 9"
// when it shows all.
func shownOf(before, shown, total int) string {
	from := ""
	if before > 0 || shown < total && shown > 1 {
		from = number(before+1) + " to "
	}
	return from + number(before+shown) + " of " + number(total)
}

func searchTitle(text string, r *search.Result) string {
	found := count(r.Total, "document", "documents")
	if r.Total == 0 {
		found = "Nothing found"
	}
	if strings.TrimSpace(text) == "" {
		return found
	}
	return text + ": " + found
}

func sorts(here Address, now search.Sort, text string) []SortView {
	here = here.Drop("cursor")
	usual := search.ByRelevance
	if strings.TrimSpace(text) == "" {
		usual = search.Newest
	}
	if now == "" {
		now = usual
	}
	var list []SortView
	for _, s := range []struct {
		sort search.Sort
		text string
	}{{search.ByRelevance, "Best match"}, {search.Newest, "Newest"}, {search.Oldest, "Oldest"}, {search.ByTitle, "Title"}} {
		if s.sort == search.ByRelevance && usual != search.ByRelevance {
			continue // without words nothing matches better than anything else
		}
		value := string(s.sort)
		if s.sort == usual {
			value = ""
		}
		list = append(list, SortView{here.Set("sort", value).String(), s.text, s.sort == now})
	}
	return list
}

func sizes(here Address, now int) []SortView {
	var list []SortView
	for _, n := range []int{search.DefaultLimit, 25, search.MaxLimit} {
		value := strconv.Itoa(n)
		if n == search.DefaultLimit {
			value = ""
		}
		list = append(list, SortView{here.Drop("cursor").Set("limit", value).String(), number(n), n == now})
	}
	return list
}

// citeSearch is how an analyst cites a search: what was asked, what was found
// and in which state of the index.
func citeSearch(v *Visit, q *question, r *search.Result) string {
	var b strings.Builder
	b.WriteString("rapport, ")
	if q.Text == "" {
		b.WriteString("all documents")
	} else {
		b.WriteString("search for “" + clamp(q.Text, 300) + "”")
	}
	if words := filtersInWords(q.here, v.Snapshot.Taxonomy()); words != "" {
		b.WriteString(" (" + words + ")")
	}
	b.WriteString(": " + count(r.Total, "document", "documents") + ", " + count(r.Facts.Total, "fact", "facts") + ". ")
	b.WriteString(generationInWords(v) + " ")
	link := q.here.Drop("cursor").Set("gen", v.Snapshot.Generation().ID).Set("then", strconv.Itoa(r.Total))
	b.WriteString(v.Base + link.String())
	return b.String()
}

// generationInWords names the state of the index for a citation.
func generationInWords(v *Visit) string {
	s := "Index generation " + v.Snapshot.Generation().String()
	if !v.Status.Indexed.IsZero() {
		s += ", " + instant(v.Status.Indexed)
	}
	return s + "."
}

func withPath(a Address, path string) Address {
	a = a.clone()
	a.Path = path
	return a
}

// exports lists the forms in which an answer can be taken along.
func exports(here Address, path string) []Link {
	here = here.Drop("cursor", "limit")
	link := func(extension, text string) Link { return Link{withPath(here, path+extension).String(), text} }
	list := []Link{
		link(".csv", "CSV, for spreadsheets"), link(".xlsx", "XLSX, for Excel"),
		link(".json", "JSON, all fields"), link(".ndjson", "NDJSON, a line for each"),
	}
	if path == "/search" {
		list = append(list, link(".ris", "RIS, for reference managers"), link(".bib", "BibTeX"),
			Link{withPath(here.Drop("sort"), path+".atom").String(), "Atom feed of this search"})
	}
	return list
}

// names of the partners of a document.
func partnerLinks(here Address, t *corpus.Taxonomy, ids []string) []Link {
	var list []Link
	for _, id := range ids {
		list = append(list, Link{here.Set(search.FieldPartner, id).String(), search.LabelOf(t, search.FieldPartner, id)})
	}
	return list
}
