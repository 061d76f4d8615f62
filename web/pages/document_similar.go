package pages

import (
	"context"
	"fmt"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// similarView lists the documents most like the one that is read.
type similarView struct {
	Hits  []similarHit
	Least int
	Words string // that tell the document from others
	All   Link   // the search behind it
}

// similarHit is a similar document with the words that it shares.
type similarHit struct {
	HitView
	Shared string
}

const (
	similarShown = 5
	sharedShown  = 6 // words of each
)

// similar returns the documents most like one, nil when there are none.
func (v *Visit) similar(ctx context.Context, doc *corpus.Document) (*similarView, error) {
	found, err := search.SimilarTo(ctx, v.Snapshot, doc, similarShown)
	if err != nil {
		return nil, fmt.Errorf("documents similar to %s: %w", doc.ID, err)
	}
	if found.Total == 0 {
		return nil, nil
	}
	request := found.Request()
	view := &similarView{Least: found.Least, Words: strings.Join(found.Words, ", ")}
	view.All.Href = Address{Path: "/search", Params: request.Params()}.String()
	view.All.Text = "The search behind it"
	if found.Total > 1 {
		view.All.Text = "All " + number(found.Total) + " documents"
	}
	start := Address{Path: "/search"}
	for i := range found.Hits {
		h := &found.Hits[i]
		more := ""
		if n := len(h.Shared) - sharedShown; n > 1 { // one more fits in place of its number
			h.Shared, more = h.Shared[:sharedShown], " and "+number(n)+" more"
		}
		view.Hits = append(view.Hits, similarHit{newHit(start, v.Snapshot.Taxonomy(), &h.Hit, "", search.Reading{}), strings.Join(h.Shared, ", ") + more})
	}
	return view, nil
}
