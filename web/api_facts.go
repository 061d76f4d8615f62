package web

import (
	"context"
	"time"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// factAnswer is a fact with the words that it was read from.
type factAnswer struct {
	ID            string             `json:"id"`
	Statement     string             `json:"statement"`
	Kind          corpus.FactKind    `json:"kind"`
	Class         corpus.FactClass   `json:"class,omitempty"`
	Partners      []corpus.PartnerID `json:"partners"`
	Topics        []corpus.TopicID   `json:"topics"`
	Countries     []string           `json:"other_countries,omitempty"`
	Organisations []string           `json:"organisations,omitempty"`
	People        []string           `json:"people,omitempty"`
	Role          string             `json:"role,omitempty"`
	Places        []string           `json:"places,omitempty"`
	Date          dateAnswer         `json:"date"`
	Amount        *corpus.Amount     `json:"amount,omitempty"`
	Quantity      *corpus.Quantity   `json:"quantity,omitempty"`
	Event         string             `json:"event,omitempty"`
	Modality      corpus.Modality    `json:"modality,omitempty"`
	Rank          corpus.Rank        `json:"rank,omitempty"`
	Supersedes    []string           `json:"supersedes,omitempty"`
	ConflictsWith []string           `json:"conflicts_with,omitempty"`
	Evidence      corpus.Evidence    `json:"evidence"`
	Sources       []string           `json:"sources,omitempty"`
	Note          string             `json:"note,omitempty"`
	Extracted     string             `json:"extracted,omitempty" doc:"The rule that found the fact; absent when a person stated it"`
	Repeats       string             `json:"repeats,omitempty" doc:"The fact that a person stated and that this one, which a rule found, repeats"`
	Score         float64            `json:"score,omitempty"`
}

// dateAnswer is when a fact holds.
type dateAnswer struct {
	EDTF      string           `json:"edtf" doc:"As in EDTF; empty when the source does not say"`
	Precision corpus.Precision `json:"precision"`
	Mode      corpus.DateMode  `json:"mode,omitempty" doc:"on, since, until, as-of ..."`
	AsOf      string           `json:"as_of,omitempty"`
}

// factSearchAnswer is the answer to a question about facts.
type factSearchAnswer struct {
	Query      queryAnswer             `json:"query"`
	Generation string                  `json:"generation"`
	Total      int                     `json:"total" doc:"Facts found; exact"`
	Took       float64                 `json:"took_ms"`
	Hits       []factAnswer            `json:"hits"`
	Facets     map[string]search.Facet `json:"facets"`
	Next       string                  `json:"next,omitempty"`
	// Totals are left out when TooMany facts would have to be added up.
	Totals  *corpus.Totals `json:"totals,omitempty" doc:"Sums of money of all facts found, on this page or not, as far as they may be added; absent when there are too many to add"`
	Reading *Reading       `json:"reading,omitempty" doc:"Present while the answer lacks what has not been read of the sources yet"`
	TooMany int            `json:"too_many_to_add,omitempty" doc:"Facts found that people stated, when there are too many to add them up: more than 10000"`
}

func newFactAnswer(f *corpus.Fact) factAnswer {
	return factAnswer{
		ID: f.ID, Statement: f.Statement, Kind: f.Kind, Class: f.Class, Partners: list(f.Partners), Topics: list(f.Topics),
		Countries: f.Countries, Organisations: f.Organisations, People: f.People, Role: f.Role, Places: f.Places,
		Date:   dateAnswer{EDTF: f.Date.Date.String(), Precision: f.Date.Date.Precision(), Mode: f.Date.Mode, AsOf: f.Date.AsOf.String()},
		Amount: f.Amount, Quantity: f.Quantity, Event: f.Event, Modality: f.Modality, Rank: f.Rank,
		Supersedes: f.Supersedes, ConflictsWith: f.ConflictsWith, Evidence: f.Evidence, Sources: f.Sources, Note: f.Note, Extracted: f.Extracted,
	}
}

func factAnswers(hits []search.Hit, repeats map[string]string) []factAnswer {
	answers := []factAnswer{}
	for _, hit := range hits {
		if hit.Fact != nil {
			f := newFactAnswer(hit.Fact)
			f.Score, f.Repeats = hit.Score, repeats[f.ID]
			answers = append(answers, f)
		}
	}
	return answers
}

func (s *server) apiFacts(ctx context.Context, snapshot search.Snapshot, in *asked) (*factSearchAnswer, error) {
	if err := search.OnlyQuestion(in.params, search.Facts, "sort", "limit", "cursor"); err != nil {
		return nil, err
	}
	request, err := search.ParseParams(in.params, snapshot.Taxonomy())
	if err != nil {
		return nil, &pages.BadRequest{Err: err}
	}
	for _, field := range search.FacetFields(search.Facts) {
		request.FactFacets = append(request.FactFacets, search.FacetRequest{Field: field, Limit: apiFacetValues})
	}
	start := time.Now()
	found, err := pages.FindFacts(ctx, snapshot, request)
	if err != nil {
		return nil, err
	}
	totals, tooMany, err := search.Totals(ctx, snapshot, found.Plan)
	if err != nil {
		return nil, err
	}
	repeats, err := search.Repeats(ctx, snapshot, found.Hits)
	if err != nil {
		return nil, err
	}
	return &factSearchAnswer{
		Totals: totals, TooMany: tooMany,
		Query: newQueryAnswer(found.Read, found.Hits), Generation: snapshot.Generation().String(), Total: found.Total,
		Took: float64(time.Since(start).Microseconds()) / 1000, Hits: factAnswers(found.Hits, repeats),
		Facets: facetsByName(found.Facets), Next: found.Next, Reading: incomplete(snapshot),
	}, nil
}
