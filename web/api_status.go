package web

import (
	"context"

	"rapport/search"
	"rapport/web/pages"
)

func (s *server) apiStatus(ctx context.Context, snapshot search.Snapshot, in *asked) (*Status, error) {
	if err := in.only(nil); err != nil {
		return nil, err
	}
	status, err := s.status(ctx)
	if err != nil {
		return nil, err
	}
	status = status.At(snapshot.Generation())
	status.Sources = list(status.Sources)
	if isOperator(ctx) {
		status.Unanswered = s.unanswered.list()
	}
	return &status, nil
}

// suggestAnswer completes what is being typed.
type suggestAnswer struct {
	Suggestions []pages.Suggestion `json:"suggestions"`
}

func (s *server) apiSuggest(ctx context.Context, snapshot search.Snapshot, in *asked) (*suggestAnswer, error) {
	if err := in.only(suggestParams()); err != nil {
		return nil, err
	}
	limit, err := takeWhole(in, "limit", 8, 1, 20)
	if err != nil {
		return nil, err
	}
	found, err := pages.Suggest(ctx, snapshot, in.params.Get("q"), limit)
	if err != nil {
		return nil, err
	}
	return &suggestAnswer{list(found)}, nil
}
