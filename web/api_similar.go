package web

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"rapport/corpus"
	"rapport/search"
)

// similarAnswer holds the documents most like one.
type similarAnswer struct {
	Generation string          `json:"generation"`
	Words      []string        `json:"words" doc:"The words that tell the document from others, the most telling first"`
	Least      int             `json:"least" doc:"How many of the words a similar document holds"`
	Question   string          `json:"question" doc:"The parameters of the search that finds these documents"`
	Total      int             `json:"total" doc:"Similar documents; exact"`
	Hits       []similarToThis `json:"hits"`
}

// similarToThis is a similar document.
type similarToThis struct {
	hitAnswer
	Shared []string `json:"shared_words" doc:"The words that it holds"`
}

func similarParams() []*huma.Param {
	return []*huma.Param{
		inPath("id", "The id of the document"),
		whole("limit", "How many to return", 1, search.MaxLimit),
	}
}

func (s *server) apiSimilar(ctx context.Context, snapshot search.Snapshot, in *asked) (*similarAnswer, error) {
	if err := in.only(similarParams()); err != nil {
		return nil, err
	}
	limit, err := takeWhole(in, "limit", search.DefaultLimit, 1, search.MaxLimit)
	if err != nil {
		return nil, err
	}
	found, err := search.Similar(ctx, snapshot, corpus.ID(in.ID), limit)
	if err != nil {
		return nil, notYet(snapshot, err)
	}
	a := &similarAnswer{Generation: snapshot.Generation().String(), Words: list(found.Words), Least: found.Least, Total: found.Total, Hits: []similarToThis{}}
	if len(found.Words) > 0 {
		request := found.Request()
		a.Question = request.Params().Encode()
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		a.Hits = append(a.Hits, similarToThis{newHitAnswer(&h.Hit), h.Shared})
	}
	return a, nil
}
