package web

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"rapport/corpus"
	"rapport/search"
)

// Bounds of a list of reports.
const (
	usualReports = 12
	mostReports  = 100
)

// reportsAnswer lists the last runs of the indexer.
type reportsAnswer struct {
	Reports []corpus.Report `json:"reports" doc:"Newest first"`
}

func reportsParams() []*huma.Param {
	return []*huma.Param{whole("limit", "How many reports to return", 1, mostReports)}
}

func (s *server) apiReports(ctx context.Context, _ search.Snapshot, in *asked) (*reportsAnswer, error) {
	if err := in.only(reportsParams()); err != nil {
		return nil, err
	}
	limit, err := takeWhole(in, "limit", usualReports, 1, mostReports)
	if err != nil {
		return nil, err
	}
	reports, err := s.reports(ctx, limit)
	if err != nil {
		return nil, err
	}
	return &reportsAnswer{list(reports)}, nil
}
