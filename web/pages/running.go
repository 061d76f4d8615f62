package pages

// Reading is a run of the indexer that is under way.
type Reading struct {
	Incomplete bool `json:"incomplete" doc:"No source has been read to its end since the index was made: what has not been read yet is missing from every answer"`
	Done       int  `json:"done" doc:"Files dealt with"`
	Seen       int  `json:"seen" doc:"Files found so far"`
	Total      int  `json:"total,omitempty" doc:"Files in all, once that is known"`
}

// Progress says how many files have been dealt with, of how many.
func (r *Reading) Progress() string {
	switch {
	case r.Seen == 0:
		return "no file found so far"
	case r.Total == 0:
		return Number(r.Done) + " of " + Count(r.Seen, "file", "files") + " so far"
	}
	return Number(r.Done) + " of " + Count(r.Total, "file", "files")
}
