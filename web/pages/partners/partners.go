// Package partners is the list of partners.
package partners

import (
	"context"
	"embed"

	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "partners", Files: files, Show: show} }

// View is the list of partners.
type View struct {
	With    []pages.PartnerEntry // with something found
	Without []string             // names of the others
}

// show lists the partners of the taxonomy and what there is about each.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	if err := v.NoParams(); err != nil {
		return nil, err
	}
	list, _, err := v.Overview(ctx)
	if err != nil {
		return nil, err
	}
	body := &View{}
	for _, p := range list {
		if p.Documents+p.Facts > 0 {
			body.With = append(body.With, p)
		} else {
			body.Without = append(body.Without, p.Name)
		}
	}
	return &pages.View{Template: "partners", Title: "Partners", Section: "partners", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: body}, nil
}
