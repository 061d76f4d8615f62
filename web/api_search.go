package web

import (
	"context"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// queryAnswer says how the question was read.
type queryAnswer struct {
	Text     string             `json:"text" doc:"The question as it was asked"`
	Read     string             `json:"read" doc:"The question as it was understood, in canonical form"`
	Synonyms []search.Expansion `json:"synonyms" doc:"Terms and what else they were read as"`
	Warnings []search.Warning   `json:"warnings" doc:"What was read in another way than it was typed"`
	Match    string             `json:"match" doc:"How many of the words a document must have: all, any, or 2of3"`
	Relaxed  bool               `json:"relaxed" doc:"No document has all the words"`
	Missing  []string           `json:"missing_words" doc:"Words of the question that some hits lack"`
	Suggest  string             `json:"suggest,omitempty" doc:"A better spelled question that finds more"`
	Mentions int                `json:"mentions,omitempty" doc:"Documents that mention the selected partners"`
}

// searchAnswer is the answer to a question.
type searchAnswer struct {
	Query      queryAnswer             `json:"query"`
	Generation string                  `json:"generation" doc:"The state of the index, with + while it is being updated"`
	Total      int                     `json:"total" doc:"Documents found; exact"`
	Folded     int                     `json:"folded" doc:"Documents of total that another hit stands for, on any page; facets count them"`
	Took       float64                 `json:"took_ms"`
	Hits       []hitAnswer             `json:"hits"`
	Facets     map[string]search.Facet `json:"facets"`
	Facts      factsAnswer             `json:"facts"`
	Unread     int                     `json:"unread_files,omitempty" doc:"When nothing is found: files of the collections asked for that could not be read; /status lists them"`
	Next       string                  `json:"next,omitempty" doc:"The cursor of the next page, absent on the last"`
	Reading    *Reading                `json:"reading,omitempty" doc:"Present while the answer lacks what has not been read of the sources yet"`
}

// hitAnswer is a document found.
type hitAnswer struct {
	ID        corpus.ID           `json:"id"`
	Title     string              `json:"title"`
	URL       string              `json:"url"`
	Publisher string              `json:"publisher"`
	Published string              `json:"published" doc:"Day, month or year; empty when the source does not say"`
	Type      string              `json:"type,omitempty"`
	Format    string              `json:"format,omitempty"`
	Language  string              `json:"language"`
	Partners  []string            `json:"partners"`
	Mentions  []string            `json:"mentions"`
	Topics    []string            `json:"topics"`
	Years     []string            `json:"years"`
	Folded    int                 `json:"folded,omitempty" doc:"Other documents found that this one stands for: same={id} or near={id} with collapse=none lists them"`
	Score     float64             `json:"score"`
	Snippets  []search.Snippet    `json:"snippets"`
	Further   int                 `json:"further,omitempty" doc:"Places of the text that match and that no snippet shows"`
	FurtherAt int                 `json:"further_at,omitempty" doc:"Offset of the first of them"`
	Missing   []string            `json:"missing_words,omitempty"`
	Explain   *search.Explanation `json:"explain,omitempty"`
}

// factsAnswer holds facts that answer the question.
type factsAnswer struct {
	Total int          `json:"total" doc:"Facts found; exact. Filters that only documents have, such as publisher, do not narrow them"`
	Hits  []factAnswer `json:"hits"`
}

// factsBeside is how many facts come with documents.
const factsBeside = 3

// apiFacetValues is how many values of a facet come with an answer. What is
// not listed is counted in other, and /facets/{name} has it.
const apiFacetValues = 50

func (s *server) apiSearch(ctx context.Context, snapshot search.Snapshot, in *asked) (*searchAnswer, error) {
	request, err := search.ParseParams(in.params, snapshot.Taxonomy())
	if err != nil {
		return nil, &pages.BadRequest{Err: err}
	}
	for _, field := range search.FacetFields(search.Documents) {
		request.Facets = append(request.Facets, search.FacetRequest{Field: field, Limit: apiFacetValues})
	}
	request.Facts, request.Snippets = factsBeside, 3
	result, err := search.Ask(ctx, snapshot, request)
	s.asked(request.Text, result, err)
	if err != nil {
		return nil, err
	}
	repeats, err := search.Repeats(ctx, snapshot, result.Facts.Hits)
	if err != nil {
		return nil, err
	}
	a := &searchAnswer{
		Query: newQueryAnswer(result.Read, result.Hits), Generation: result.Generation.String(), Total: result.Total,
		Folded: result.Folded, Took: float64(result.Took.Microseconds()) / 1000, Hits: []hitAnswer{},
		Facets: facetsByName(result.Facets), Facts: factsAnswer{Total: result.Facts.Total, Hits: factAnswers(result.Facts.Hits, repeats)},
		Next: result.Next, Reading: incomplete(snapshot),
	}
	if result.Total == 0 {
		status, err := s.status(ctx)
		if err != nil {
			return nil, err
		}
		a.Unread = len(pages.Unread(status.SkippedFiles, request.Filters))
	}
	for i := range result.Hits {
		a.Hits = append(a.Hits, newHitAnswer(&result.Hits[i]))
	}
	return a, nil
}

func newQueryAnswer(read search.Reading, hits []search.Hit) queryAnswer {
	q := queryAnswer{
		Text: read.Text, Synonyms: list(read.Synonyms), Warnings: list(read.Warnings), Match: string(read.Match),
		Relaxed: read.Relaxed, Missing: []string{}, Suggest: read.Suggest, Mentions: read.Mentions,
	}
	if read.Query != nil {
		q.Read = read.Query.String()
	}
	seen := map[string]bool{}
	for _, hit := range hits {
		for _, word := range hit.Missing {
			if !seen[word] {
				seen[word] = true
				q.Missing = append(q.Missing, word)
			}
		}
	}
	return q
}

func newHitAnswer(h *search.Hit) hitAnswer {
	d := h.Document
	return hitAnswer{
		ID: d.ID, Title: d.Title, URL: d.URL, Publisher: d.Publisher, Published: d.Published.String(), Type: d.Type, Format: d.Format,
		Language: d.Language, Partners: corpus.Values(d.Tags.Partners), Mentions: corpus.Values(d.Tags.Mentions),
		Topics: corpus.Values(d.Tags.Topics), Years: corpus.Values(d.Tags.Years), Folded: h.Folded, Score: h.Score,
		Snippets: list(h.Snippets), Further: h.Further, FurtherAt: h.FurtherAt, Missing: h.Missing, Explain: h.Explain,
	}
}

func facetsByName(facets []search.Facet) map[string]search.Facet {
	m := make(map[string]search.Facet, len(facets))
	for _, f := range facets {
		f.Values = list(f.Values)
		m[f.Field] = f
	}
	return m
}

// list makes an empty list of nil, which JSON would write as null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
