// Package partner is the profile of a partner.
package partner

import (
	"context"
	"embed"
	"net/url"
	"slices"
	"strings"

	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html style.css
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "partner", Files: files, Show: show} }

// show shows what the index holds about one partner.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	t := v.Snapshot.Taxonomy()
	id, err := pages.ProfileOf(v, "/partners/", search.FieldPartner, t.LookupPartner, t.NearestPartners)
	if err != nil {
		return nil, err
	}
	partner, _ := t.Partner(id)
	p, err := v.Profile(ctx, search.FieldPartner, v.Name, search.FieldTopic)
	if err != nil {
		return nil, err
	}
	mentions, err := v.Snapshot.Search(ctx, search.Plan{
		Kind: search.Documents, Query: search.All{}, Filters: search.Filters{search.FieldMention: {Any: []string{v.Name}}},
	})
	if err != nil {
		return nil, err
	}
	p.Mentions = mentions.Total
	p.MentionsLink = pages.Address{Path: "/search", Params: url.Values{search.FieldMention: {v.Name}}}.String()
	p.Trail = []pages.Link{{Href: "/partners", Text: "Partners"}}
	names := append([]string{partner.Official}, partner.Aliases...)
	names = append(names, partner.Demonyms...)
	names = slices.DeleteFunc(names, func(n string) bool { return n == "" || n == partner.Name })
	p.Also = strings.Join(names[:min(8, len(names))], ", ")
	p.BarsTitle = "Topics"
	return &pages.View{Template: "partner", Title: p.Name, Section: "partners", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: p}, nil
}
