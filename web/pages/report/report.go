// Package report is the report of what is in the index.
package report

import (
	"cmp"
	"context"
	"embed"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page.
func Page() pages.Page {
	return pages.Page{Name: "report", Files: files, Show: show, WholeStatus: true}
}

// View tells what the last runs of the indexer did, and what needs a
// person.
type View struct {
	Status  pages.Status
	Last    *corpus.Report
	Lede    string
	Stale   []pages.FactView
	StaleN  int
	AllOf   string
	Skipped []skipView       // what could not be read, then what was left out on purpose
	Failed  int              // of those, what could not be read
	Ignored int              // of those, what was left out on purpose
	Partial []corpus.Partial // documents that were read in part
	// MorePartial is how many more there are.
	MorePartial int

	Added   listView
	Changed listView
	Removed listView
	Renamed listView
	Runs    []runView
	Moved   []movedView
	MovedN  int
	// Warnings are doubts about what was read, MoreWarnings those not in sight.
	Warnings, MoreWarnings []string
	WarningN               int
}

// movedView is a count that the last run has changed.
type movedView struct {
	corpus.Moved
	Facet, URL, Change string
}

// skipView is a file that was left out, and what would help.
type skipView struct {
	corpus.Skip
	Help string
}

// listView is a list of paths of which a page shows some.
type listView struct {
	ID, Heading string
	Paths       []pathView
	More        []string
	Count       int
	Omitted     int
}

// pathView is a path of a source, with the document that it became. The title
// is empty when it became none, or one with a declared identifier. From is the
// path before, of a renamed file.
type pathView struct{ Path, From, Title, Href string }

// runView is an earlier run.
type runView struct {
	When                                      string
	Added, Changed, Removed, Renamed, Skipped int
	Before, After                             string
	DryRun, Failed                            bool
}

const (
	runsShown   = 12
	pathsShown  = 8
	pathsLoaded = 200
	movedShown  = 20
	staleShown  = 50

	warningsShown = 6
	partialShown  = 100
)

// show shows the state of the index and its last runs.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	if err := v.NoParams(); err != nil {
		return nil, err
	}
	body := &View{Status: v.Status}
	if v.Reports != nil {
		runs, err := v.Reports(ctx, runsShown)
		if err != nil {
			return nil, err
		}
		body.runs(runs)
		if err := body.nameDocuments(ctx, v); err != nil {
			return nil, err
		}
	}
	skipped := v.Status.SkippedFiles
	if len(skipped) == 0 && body.Last != nil {
		skipped = body.Last.Skipped
	}
	failures, chosen := corpus.SplitSkips(skipped)
	body.Failed, body.Ignored = len(failures), len(chosen)
	for _, list := range [][]corpus.Skip{failures, chosen} {
		slices.SortStableFunc(list, func(a, b corpus.Skip) int { return cmp.Compare(a.Reason, b.Reason) })
		for _, s := range list {
			body.Skipped = append(body.Skipped, skipView{s, remedy(s.Reason)})
		}
	}
	body.Partial = v.Status.Partial[:min(partialShown, len(v.Status.Partial))]
	body.MorePartial = len(v.Status.Partial) - len(body.Partial)
	if err := staleFacts(ctx, v, body); err != nil {
		return nil, err
	}
	return &pages.View{Template: "report", Title: "Index report", Section: "report", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: body}, nil
}

// staleFacts finds the facts whose words are no longer found.
func staleFacts(ctx context.Context, v *pages.Visit, body *View) error {
	found, err := v.Snapshot.Search(ctx, search.Plan{
		Kind: search.Facts, Query: search.All{}, Sort: search.Newest, Limit: staleShown,
		Filters: search.Filters{search.FieldStatus: {Any: pages.StaleStandings()}},
	})
	if err != nil {
		return err
	}
	body.StaleN = found.Total
	all := pages.Address{Path: "/facts", Params: url.Values{search.FieldStatus: pages.StaleStandings()}}
	body.AllOf = all.String()
	body.Stale, err = v.WithTitles(ctx, found.Hits)
	return err
}

func (b *View) runs(runs []corpus.Report) {
	for i := range runs {
		r := &runs[i]
		if i == 0 {
			b.Last = r
			b.Added = newList("added", "Added", r.Paths.Added, r.Added)
			b.Changed = newList("changed", "Changed", r.Paths.Changed, r.Changed)
			b.Removed = newList("removed", "Removed", r.Paths.Removed, r.Removed)
			b.Renamed = renamed(r)
			b.moved(r)
			b.warnings(r.Warnings)
			b.Lede = "The last run began on " + pages.Instant(r.Started) + ", took " + seconds(r.Seconds) + " and read " +
				pages.JoinNonEmpty(", ", quoteAll(r.Sources)...) + "."
		}
		failures, _ := corpus.SplitSkips(r.Skipped)
		b.Runs = append(b.Runs, runView{pages.Instant(r.Started), r.Added, r.Changed, r.Removed, r.Renamed, len(failures), r.Generation.Before, r.Generation.After, r.DryRun, r.Failed != ""})
	}
}

// warnings shows doubts about what was read, most of many one step away.
func (b *View) warnings(all []string) {
	b.WarningN = len(all)
	few := min(warningsShown, len(all))
	if len(all)-few <= 2 { // no door for what would fit in its place
		few = len(all)
	}
	b.Warnings, b.MoreWarnings = all[:few], all[few:]
}

// moved shows the counts that a run has changed most, each with a link to its
// documents.
func (b *View) moved(r *corpus.Report) {
	b.MovedN = len(r.Moved) + r.MovedOmitted
	for _, m := range r.Moved[:min(movedShown, len(r.Moved))] {
		all := pages.Address{Path: "/search", Params: url.Values{m.Facet: {m.Value}}}
		b.Moved = append(b.Moved, movedView{m, pages.HeadingOf(m.Facet), all.String(), signed(m.After - m.Before)})
	}
}

// nameDocuments finds the documents that the paths in sight became.
func (b *View) nameDocuments(ctx context.Context, v *pages.Visit) error {
	byID := map[corpus.ID]*pathView{}
	for _, list := range []listView{b.Added, b.Changed, b.Renamed} {
		for i := range list.Paths {
			if source, path, ok := strings.Cut(list.Paths[i].Path, "/"); ok {
				byID[corpus.NewID(source, path)] = &list.Paths[i]
			}
		}
	}
	titles, err := v.Titles(ctx, slices.Sorted(maps.Keys(byID)))
	if err != nil {
		return err
	}
	for id, title := range titles {
		byID[id].Title, byID[id].Href = title, "/documents/"+url.PathEscape(string(id))
	}
	return nil
}

// signed writes a change with its sign.
func signed(n int) string {
	if n > 0 {
		return "+" + pages.Number(n)
	}
	return pages.Number(n)
}

func newList(id, heading string, paths []string, count int) listView {
	l := listView{ID: id, Heading: heading, Count: count}
	loaded := paths[:min(pathsLoaded, len(paths))]
	shown := min(pathsShown, len(loaded))
	for _, path := range loaded[:shown] {
		l.Paths = append(l.Paths, pathView{Path: path})
	}
	l.More = loaded[shown:]
	l.Omitted = count - len(loaded)
	return l
}

// renamed lists the files that have another path now.
func renamed(r *corpus.Report) listView {
	list := r.Paths.Renamed[:min(pathsLoaded, len(r.Paths.Renamed))]
	l := listView{ID: "renamed", Heading: "Renamed", Count: r.Renamed, Omitted: r.Renamed - len(list)}
	for i, n := range list {
		if i < pathsShown {
			l.Paths = append(l.Paths, pathView{Path: n.To, From: n.From})
		} else {
			l.More = append(l.More, corpus.ShownPath(n.From)+" → "+corpus.ShownPath(n.To))
		}
	}
	return l
}

func quoteAll(names []string) []string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "“" + pages.ClampWord(n, 60) + "”"
	}
	return quoted
}

func seconds(s float64) string {
	if s < 10 {
		return strings.TrimSuffix(strconv.FormatFloat(s, 'f', 1, 64), ".0") + " s"
	}
	return pages.Count(int(s+.5), "second", "seconds")
}

// remedy says what would help to read a file.
func remedy(r corpus.SkipReason) string {
	switch r {
	case corpus.SkipNoText:
		return "Text recognition, when the pages are scanned"
	case corpus.SkipEncrypted:
		return "A copy without the password"
	case corpus.SkipUnsupported, corpus.SkipBinary:
		return "Export to PDF, HTML or text"
	case corpus.SkipEncoding:
		return "Save the file as UTF-8"
	case corpus.SkipTooLarge:
		return "Split the file, or raise the limit"
	case corpus.SkipUnreadable:
		return "Permission to read the file"
	case corpus.SkipCorrupt:
		return "A sound copy of the file"
	case corpus.SkipDuplicate:
		return "Another id in one of the two files"
	case corpus.SkipInvalid:
		return "Mend the record: rapport check says how"
	case corpus.SkipTimeout, corpus.SkipMemory:
		return "A smaller or simpler file, or a higher limit"
	case corpus.SkipEmpty, corpus.SkipIgnored, corpus.SkipSymlink:
		return "Nothing, unless it was meant to be read"
	}
	return ""
}
