package search

import (
	"context"
	"slices"

	"rapport/corpus"
)

// mostRepeated is how many facts that people stated are read to see which of
// them those of rules repeat.
const mostRepeated = 1000

// Repeats returns, by the id of each fact among the hits that a rule found and
// that repeats what a person stated, the id of that fact. Whether the latter is
// a hit, too, does not matter. See corpus.Fact.Repeats.
func Repeats(ctx context.Context, s Snapshot, hits []Hit) (map[string]string, error) {
	var found []corpus.Fact
	var documents []string
	for _, h := range hits {
		if h.Fact == nil || h.Fact.Extracted == "" {
			continue
		}
		found = append(found, *h.Fact)
		if id := string(h.Fact.Evidence.Document); !slices.Contains(documents, id) {
			documents = append(documents, id)
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	var quoted Or
	for _, id := range documents {
		quoted.Clauses = append(quoted.Clauses, Value{Field: FieldDocument, Value: id})
	}
	plan := Plan{Kind: Facts, Query: quoted, Sort: Newest, Limit: mostRepeated}
	others, err := s.Search(ctx, plan.without(FieldStatus, StatusExtracted))
	if err != nil {
		return nil, err
	}
	var stated []corpus.Fact
	for _, h := range others.Hits {
		stated = append(stated, *h.Fact)
	}
	return corpus.Repeated(found, stated), nil
}
