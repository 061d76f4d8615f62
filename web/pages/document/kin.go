package document

import (
	"context"
	"net/url"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// kinView is what a document has in common with others: editions of its work,
// copies of its bytes, texts that are nearly identical.
type kinView struct {
	Editions     []editionView
	MoreEditions *pages.Link
	Copies, Near *pages.Link
}

// editionView is an edition of a work, or the one that is open.
type editionView struct {
	Href string // empty for the one that is open
	Date string // with what it is the date of
}

// mostEditions is how many editions the head of a document lists.
const mostEditions = 6

// kinOf finds the kin of a document; nil when it has none.
func kinOf(ctx context.Context, v *pages.Visit, doc *corpus.Document) (*kinView, error) {
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
			e.Href = pages.Address{Path: "/documents/" + url.PathEscape(string(d.ID))}.String()
		}
		k.Editions = append(k.Editions, e)
	}
	if total := kin.Editions.Total + 1; total > len(k.Editions) {
		link := kinAddress(search.FieldWork, doc.Work()).Set("sort", string(search.Oldest))
		k.MoreEditions = &pages.Link{Href: link.String(), Text: "all " + pages.Number(total)}
	}
	return k, nil
}

// kinLink leads to the others of a family and the document itself.
func kinLink(field, value string, others int) *pages.Link {
	if others == 0 {
		return nil
	}
	return &pages.Link{Href: kinAddress(field, value).String(), Text: pages.Number(others + 1)}
}

// kinAddress lists the documents of a family, each for itself.
func kinAddress(field, value string) pages.Address {
	return pages.Address{Path: "/search", Params: url.Values{}}.Set(field, value).Set("collapse", string(search.CollapseNone))
}

// editionDate says when an edition is from.
func editionDate(d *corpus.Document) string {
	date, what := d.EditionDate()
	if what == "" {
		return "no date stated"
	}
	return what + " " + pages.When(date)
}
