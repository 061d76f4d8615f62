package pages

// Reading is a run of the indexer that is under way.
type Reading struct {
	Incomplete bool `json:"incomplete" doc:"No source has been read to its end since the index was made: what has not been read yet is missing from every answer"`
	Done       int  `json:"done" doc:"Files dealt with"`
	Seen       int  `json:"seen" doc:"Files found so far"`
	Total      int  `json:"total,omitempty" doc:"Files in all, once that is known"`
	// Ended says that the run is none any more: it ended before it had read the
	// sources to their end, and there has been no other.
	Ended bool `json:"ended,omitempty" doc:"No run is under way: the one that read the sources ended early"`
}

// Missing says what answers lack while no source has been read to its end.
func (r *Reading) Missing() string {
	if r.Ended {
		return "The sources have not been read to their end: the run over them ended early. What was not read is missing here"
	}
	return "The sources are being read: " + r.Progress() + ". What has not been read yet is missing here"
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
