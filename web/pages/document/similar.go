package document

import (
	"context"
	"fmt"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// similarView lists the documents most like the one that is read.
type similarView struct {
	Hits  []similarHit
	Least int
	Words string     // that tell the document from others
	All   pages.Link // the search behind it
}

// similarHit is a similar document with the words that it shares.
type similarHit struct {
	pages.HitView
	Shared string
}

const (
	similarShown = 5
	sharedShown  = 6 // words of each
)

// similarTo returns the documents most like one, nil when there are none.
func similarTo(ctx context.Context, v *pages.Visit, doc *corpus.Document) (*similarView, error) {
	found, err := search.SimilarTo(ctx, v.Snapshot, doc, similarShown)
	if err != nil {
		return nil, fmt.Errorf("documents similar to %s: %w", doc.ID, err)
	}
	if found.Total == 0 {
		return nil, nil
	}
	request := found.Request()
	view := &similarView{Least: found.Least, Words: strings.Join(found.Words, ", ")}
	view.All.Href = pages.Address{Path: "/search", Params: request.Params()}.String()
	view.All.Text = "The search behind it"
	if found.Total > 1 {
		view.All.Text = "All " + pages.Number(found.Total) + " documents"
	}
	start := pages.Address{Path: "/search"}
	for i := range found.Hits {
		h := &found.Hits[i]
		more := ""
		if n := len(h.Shared) - sharedShown; n > 1 { // one more fits in place of its number
			h.Shared, more = h.Shared[:sharedShown], " and "+pages.Number(n)+" more"
		}
		view.Hits = append(view.Hits, similarHit{pages.NewHit(start, v.Snapshot.Taxonomy(), &h.Hit, "", search.Reading{}), strings.Join(h.Shared, ", ") + more})
	}
	return view, nil
}
