package pages

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"rapport/search"
)

// partnersView is the list of partners.
type partnersView struct {
	With    []partnerEntry // with something found
	Without []string       // names of the others
}

// Partners lists the partners of the taxonomy and what there is about each.
func Partners(ctx context.Context, v *Visit) (*View, error) {
	if err := v.noParams(); err != nil {
		return nil, err
	}
	list, _, err := v.overview(ctx)
	if err != nil {
		return nil, err
	}
	body := &partnersView{}
	for _, p := range list {
		if p.Documents+p.Facts > 0 {
			body.With = append(body.With, p)
		} else {
			body.Without = append(body.Without, p.Name)
		}
	}
	return &View{Template: "partners", Title: "Partners", Section: "partners", Skips: []Link{{"#main", "Skip to content"}}, Body: body}, nil
}

// Partner shows what the index holds about one partner.
func Partner(ctx context.Context, v *Visit) (*View, error) {
	t := v.Snapshot.Taxonomy()
	id, ok := t.LookupPartner(v.Name)
	if !ok {
		return nil, fmt.Errorf("a partner named %.60q: %w", v.Name, search.ErrNotFound)
	}
	partner, _ := t.Partner(id)
	if string(id) != v.Name || len(v.Params) > 0 {
		return nil, &Moved{To: "/partners/" + url.PathEscape(string(id))}
	}
	p, err := v.profile(ctx, search.FieldPartner, v.Name, search.FieldTopic)
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
	p.MentionsLink = Address{Path: "/search", Params: url.Values{search.FieldMention: {v.Name}}}.String()
	p.Trail = []Link{{"/partners", "Partners"}}
	names := append([]string{partner.Official}, partner.Aliases...)
	names = append(names, partner.Demonyms...)
	names = slices.DeleteFunc(names, func(n string) bool { return n == "" || n == partner.Name })
	p.Also = strings.Join(names[:min(8, len(names))], ", ")
	p.BarsTitle = "Topics"
	return &View{Template: "partner", Title: p.Name, Section: "partners", Skips: []Link{{"#main", "Skip to content"}}, Body: p}, nil
}

// Topic shows what the index holds about one topic or group of topics.
func Topic(ctx context.Context, v *Visit) (*View, error) {
	t := v.Snapshot.Taxonomy()
	topic, ok := t.LookupTopic(v.Name)
	if !ok {
		return nil, fmt.Errorf("a topic named %.60q: %w", v.Name, search.ErrNotFound)
	}
	id, group := string(topic), string(t.GroupOf(topic))
	if id != v.Name || len(v.Params) > 0 {
		return nil, &Moved{To: "/topics/" + url.PathEscape(id)}
	}
	p, err := v.profile(ctx, search.FieldTopic, id, search.FieldPartner)
	if err != nil {
		return nil, err
	}
	p.Trail = []Link{{"/#topics", "Topics"}}
	if group != "" {
		p.Trail = append(p.Trail, Link{"/topics/" + url.PathEscape(group), search.LabelOf(t, search.FieldTopic, group)})
	}
	for _, topic := range t.Topics {
		if string(topic.Group) == id {
			p.Narrower = append(p.Narrower, Link{"/topics/" + url.PathEscape(string(topic.ID)), topic.Label})
		}
		if string(topic.ID) == id {
			p.Also = strings.Join(topic.Aliases[:min(8, len(topic.Aliases))], ", ")
		}
	}
	p.BarsTitle = "Partners"
	return &View{Template: "topic", Title: p.Name, Section: "search", Skips: []Link{{"#main", "Skip to content"}}, Body: p}, nil
}

// noParams returns a *Moved when a page without parameters was given some.
func (v *Visit) noParams() error {
	if len(v.Params) > 0 {
		return &Moved{To: v.Path}
	}
	return nil
}
