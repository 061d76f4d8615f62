package pages

import (
	"context"
	"net/url"
	"strconv"

	"rapport/corpus"
	"rapport/search"
)

// kinView is what a document has in common with others: editions of its work,
// copies of its bytes, texts that are nearly identical.
type kinView struct {
	Editions     []editionView
	MoreEditions *Link
	Copies, Near *Link
}

// editionView is an edition of a work, or the one that is open.
type editionView struct {
	Href string // empty for the one that is open
	Date string // with what it is the date of
}

// mostEditions is how many editions the head of a document lists.
const mostEditions = 6

// kin finds the kin of a document; nil when it has none.
func (v *Visit) kin(ctx context.Context, doc *corpus.Document) (*kinView, error) {
	kin, err := search.KinOf(ctx, v.Snapshot, doc)
	if err != nil || kin.Copies.Total+kin.Near.Total+kin.Editions.Total == 0 {
		return nil, err
	}
	k := &kinView{Copies: kinLink(search.FieldSame, string(doc.ID), kin.Copies.Total)}
	if kin.Near.Total > 0 {
		k.Near = kinLink(search.FieldNear, string(doc.ID), kin.Near.Total+kin.Copies.Total)
	}
	if kin.Editions.Total == 0 {
		return k, nil
	}
	for _, d := range search.InOrderOfEdition(append(kin.Editions.Documents, doc)) {
		if len(k.Editions) == mostEditions && d.ID != doc.ID {
			continue
		}
		e := editionView{Date: editionDate(d)}
		if d.ID != doc.ID {
			e.Href = Address{Path: "/documents/" + url.PathEscape(string(d.ID))}.String()
		}
		k.Editions = append(k.Editions, e)
	}
	if total := kin.Editions.Total + 1; total > len(k.Editions) {
		link := kinAddress(search.FieldWork, doc.Work()).Set("sort", string(search.Oldest))
		k.MoreEditions = &Link{link.String(), "all " + number(total)}
	}
	return k, nil
}

// kinLink leads to the others of a family and the document itself.
func kinLink(field, value string, others int) *Link {
	if others == 0 {
		return nil
	}
	return &Link{kinAddress(field, value).String(), number(others + 1)}
}

// kinAddress lists the documents of a family, each for itself.
func kinAddress(field, value string) Address {
	return Address{Path: "/search", Params: url.Values{}}.Set(field, value).Set("collapse", string(search.CollapseNone))
}

// editionDate says when an edition is from.
func editionDate(d *corpus.Document) string {
	date, what := d.EditionDate()
	if what == "" {
		return "no date stated"
	}
	return what + " " + when(date)
}

// foldedView says which of the documents found are not listed.
type foldedView struct {
	Away int // documents that others stand for
	Ways []SortView
}

func newFolded(q *question, r *search.Result) foldedView {
	here := q.here.Drop("cursor")
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
		f.Ways = append(f.Ways, SortView{here.Set("collapse", way.value).String(), way.text, way.collapse == now})
	}
	return f
}

// foldedLink leads from a hit to all the documents that it stands for, among
// those found.
func foldedLink(here Address, hit *search.Hit, collapse search.Collapse) *Link {
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
	return &Link{link.String(), "One of " + strconv.Itoa(hit.Folded+1) + what}
}
