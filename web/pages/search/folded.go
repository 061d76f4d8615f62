package search

import (
	"strconv"

	"rapport/search"
	"rapport/web/pages"
)

// foldedView says which of the documents found are not listed.
type foldedView struct {
	Away int // documents that others stand for
	Ways []pages.SortView
}

func newFolded(q *pages.Question, r *search.Result) foldedView {
	here := q.Here.Drop("cursor")
	now := q.Collapse
	if now == "" {
		now = search.CollapseSame
	}
	f := foldedView{Away: r.Folded}
	for _, way := range []struct {
		collapse    search.Collapse
		value, text string
	}{
		{search.CollapseSame, "", "of the same file"}, {search.CollapseNear, string(search.CollapseNear), "of nearly the same text, too"},
		{search.CollapseNone, string(search.CollapseNone), "none"},
	} {
		f.Ways = append(f.Ways, pages.SortView{Href: here.Set("collapse", way.value).String(), Text: way.text, Now: way.collapse == now})
	}
	return f
}

// foldedLink leads from a hit to all the documents that it stands for, among
// those found.
func foldedLink(here pages.Address, hit *search.Hit, collapse search.Collapse) *pages.Link {
	if hit.Folded == 0 {
		return nil
	}
	what := " documents made of the same file"
	if collapse == search.CollapseNear {
		what = " documents with nearly the same text"
	}
	field := search.FieldSame
	if collapse != "" {
		field = collapse.Field()
	}
	link := here.Drop("cursor").Set(field, string(hit.Document.ID)).Set("collapse", string(search.CollapseNone))
	return &pages.Link{Href: link.String(), Text: "One of " + strconv.Itoa(hit.Folded+1) + what}
}
