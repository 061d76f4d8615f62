// Package topic is the profile of a topic.
package topic

import (
	"context"
	"embed"
	"net/url"
	"strings"

	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "topic", Files: files, Show: show} }

// show shows what the index holds about one topic or group of topics.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	t := v.Snapshot.Taxonomy()
	topic, err := pages.ProfileOf(v, "/topics/", search.FieldTopic, t.LookupTopic, t.NearestTopics)
	if err != nil {
		return nil, err
	}
	id, group := string(topic), string(t.GroupOf(topic))
	p, err := v.Profile(ctx, search.FieldTopic, id, search.FieldPartner)
	if err != nil {
		return nil, err
	}
	p.Trail = []pages.Link{{Href: "/#topics", Text: "Topics"}}
	if group != "" {
		p.Trail = append(p.Trail, pages.Link{Href: "/topics/" + url.PathEscape(group), Text: search.LabelOf(t, search.FieldTopic, group)})
	}
	for _, topic := range t.Topics {
		if string(topic.Group) == id {
			p.Narrower = append(p.Narrower, pages.Link{Href: "/topics/" + url.PathEscape(string(topic.ID)), Text: topic.Label})
		}
		if string(topic.ID) == id {
			p.Also = strings.Join(topic.Aliases[:min(8, len(topic.Aliases))], ", ")
		}
	}
	p.BarsTitle = "Partners"
	return &pages.View{Template: "topic", Title: p.Name, Section: "search", Skips: []pages.Link{{Href: "#main", Text: "Skip to content"}}, Body: p}, nil
}
