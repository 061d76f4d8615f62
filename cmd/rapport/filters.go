package main

import (
	"net/url"
	"strconv"
)

// shared are the filters that documents and facts have in common.
type shared struct {
	Partner    []string `help:"Only what is about this partner; several mean any of them." placeholder:"P" group:"Filters"`
	NotPartner []string `help:"Nothing about this partner." placeholder:"P" group:"Filters"`
	Topic      []string `help:"Only this topic or topic group." placeholder:"T" group:"Filters"`
	NotTopic   []string `help:"Nothing on this topic." placeholder:"T" group:"Filters"`
	Year       []string `help:"Years spoken of: 2007, 2005..2012, 1990s, none." placeholder:"A..B" group:"Filters"`
	NotYear    []string `help:"Nothing of these years." placeholder:"A..B" group:"Filters"`
}

func (s *shared) add(v url.Values) {
	set(v, "partner", s.Partner, s.NotPartner)
	set(v, "topic", s.Topic, s.NotTopic)
	set(v, "year", s.Year, s.NotYear)
}

// documentFilters are the filters of documents.
type documentFilters struct {
	shared       `embed:""`
	documentOnly `embed:""`
}

func (f *documentFilters) add(v url.Values) {
	f.shared.add(v)
	f.documentOnly.add(v)
}

// documentOnly are the filters that facts do not have.
type documentOnly struct {
	Mention      []string `help:"Only what names this partner." placeholder:"P" group:"Filters"`
	NotMention   []string `help:"Nothing that names this partner." placeholder:"P" group:"Filters"`
	Published    []string `help:"Published in these years or dates: 2011, 2010..2012-06." placeholder:"A..B" group:"Filters"`
	NotPublished []string `help:"Not published then." placeholder:"A..B" group:"Filters"`
	Type         []string `help:"Only this type, such as \"press release\"." placeholder:"T" group:"Filters"`
	NotType      []string `help:"Not this type." placeholder:"T" group:"Filters"`
	Publisher    []string `help:"Only from this publisher." placeholder:"P" group:"Filters"`
	NotPublisher []string `help:"Not from this publisher." placeholder:"P" group:"Filters"`
	Format       []string `help:"Only files of this format." placeholder:"F" group:"Filters"`
	NotFormat    []string `help:"No files of this format." placeholder:"F" group:"Filters"`
	Lang         []string `help:"Only in this language (ISO 639-1)." placeholder:"L" group:"Filters"`
	NotLang      []string `help:"Not in this language." placeholder:"L" group:"Filters"`
	Source       []string `help:"Only from this source." placeholder:"S" group:"Filters"`
	NotSource    []string `help:"Not from this source." placeholder:"S" group:"Filters"`
}

func (f *documentOnly) add(v url.Values) {
	set(v, "mention", f.Mention, f.NotMention)
	set(v, "published", f.Published, f.NotPublished)
	set(v, "type", f.Type, f.NotType)
	set(v, "publisher", f.Publisher, f.NotPublisher)
	set(v, "format", f.Format, f.NotFormat)
	set(v, "lang", f.Lang, f.NotLang)
	set(v, "source", f.Source, f.NotSource)
}

// factFilters are the filters of facts.
type factFilters struct {
	shared   `embed:""`
	factOnly `embed:""`
}

func (f *factFilters) add(v url.Values) {
	f.shared.add(v)
	f.factOnly.add(v)
}

// factOnly are the filters that documents do not have.
type factOnly struct {
	Kind      []string `help:"Only facts of this kind, such as visit or contribution." placeholder:"K" group:"Filters"`
	NotKind   []string `help:"No facts of this kind." placeholder:"K" group:"Filters"`
	Status    []string `help:"Only facts whose evidence stands so: exact, moved, changed, missing ..." placeholder:"S" group:"Filters"`
	NotStatus []string `help:"No facts whose evidence stands so." placeholder:"S" group:"Filters"`
	Currency  []string `help:"Only sums in this currency (ISO 4217)." placeholder:"C" group:"Filters"`
}

func (f *factOnly) add(v url.Values) {
	set(v, "kind", f.Kind, f.NotKind)
	set(v, "status", f.Status, f.NotStatus)
	set(v, "currency", f.Currency, nil)
}

// set adds the values of a parameter and those that it excludes.
func set(v url.Values, name string, values, not []string) {
	for _, value := range values {
		v.Add(name, value)
	}
	for _, value := range not {
		v.Add("-"+name, value)
	}
}

// paging is which part of the hits is wanted, and in which order.
type paging struct {
	Limit  int    `help:"Number of hits, 1 to 100." default:"10" placeholder:"N"`
	Cursor string `help:"Go on after the page that printed this cursor." placeholder:"C"`
}

func (p *paging) add(v url.Values) {
	v.Set("limit", strconv.Itoa(p.Limit))
	if p.Cursor != "" {
		v.Set("cursor", p.Cursor)
	}
}
