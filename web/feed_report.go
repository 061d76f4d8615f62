package web

import (
	"fmt"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rapport/corpus"
	"rapport/search"
)

// reportFeed serves the last runs of the indexer as an Atom feed, for those
// who want to know what has changed.
func (s *server) reportFeed(c echo.Context) error {
	if err := search.OnlyParams(c.QueryParams()); err != nil {
		return err
	}
	reports, err := s.reports(c.Request().Context(), feedEntries)
	if err != nil {
		return err
	}
	page := s.base(c) + "/report"
	f := atomFeed{Title: "rapport: runs of the indexer", ID: page, Author: atomAuthor{"rapport"},
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links:   []atomLink{{"alternate", page}, {"self", page + ".atom"}}}
	for i := range reports {
		e := runEntry(page, &reports[i])
		// A clock that was put back dates a run before those that it follows.
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	return sendFeed(c, &f)
}

// runEntry describes a run.
func runEntry(page string, r *corpus.Report) atomEntry {
	ended := r.Started.Add(time.Duration(r.Seconds * float64(time.Second))).UTC()
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if r.Rebuilt != "" {
		say("Everything was read again: %s.", r.Rebuilt)
	}
	if r.Failed != "" {
		say("Something was left undone: %s.", r.Failed)
	}
	failures, chosen := corpus.SplitSkips(r.Skipped)
	say("Unchanged %d, left out %d, ignored %d. Facts: added %d, changed %d, removed %d, stale %d.", r.Unchanged, len(failures), len(chosen),
		r.Facts.Added, r.Facts.Changed, r.Facts.Removed, len(r.Facts.Stale)+r.Facts.StaleOmitted)
	for i, m := range r.Moved {
		if i == 10 {
			say("%d more counts moved.", len(r.Moved)-i+r.MovedOmitted)
			break
		}
		say("%s %s: %d, was %d.", m.Facet, m.Label, m.After, m.Before)
	}
	say("Generation %s, before %s.", r.Generation.After, r.Generation.Before)
	title := fmt.Sprintf("Added %d, changed %d, removed %d", r.Added, r.Changed, r.Removed)
	if r.Renamed > 0 {
		title += fmt.Sprintf(", renamed %d", r.Renamed)
	}
	return atomEntry{
		Title:   title,
		ID:      page + "#" + r.Started.UTC().Format("20060102T150405.000Z"),
		Updated: ended.Format(time.RFC3339),
		Link:    atomLink{"alternate", page},
		Author:  atomAuthor{"rapport"},
		Summary: clip(strings.Join(lines, " "), 2000),
	}
}
