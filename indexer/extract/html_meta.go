package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rapport/corpus"
)

// pageMeta is what the elements of a page say about it, gathered in one walk.
type pageMeta struct {
	meta      map[string]string // content of <meta> by name or property, in lower case; the first of each
	linked    linkedData
	title     string // of <title>
	heading   string // the first <h1>
	canonical string
	language  string
	published string // the first element marked as the date of publication
	partners  []string
	topics    []string
}

// maxMetaValue is how many bytes of a value of metadata are read.
const maxMetaValue = 4096

// readPageMeta returns what a page states about itself: JSON-LD before
// OpenGraph before plain metadata.
func readPageMeta(root *html.Node) stated {
	p := pageMeta{meta: map[string]string{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			p.element(n)
		}
	}
	return p.stated()
}

// element notes what one element says.
func (p *pageMeta) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		first(&p.language, attribute(n.Attr, "lang"))
		first(&p.language, attribute(n.Attr, "xml:lang"))
	case atom.Title:
		if p.title == "" && n.Parent != nil && n.Parent.DataAtom == atom.Head {
			p.title = textOf(n)
		}
	case atom.H1:
		if p.heading == "" {
			p.heading = textOf(n)
		}
	case atom.Link:
		if strings.EqualFold(attribute(n.Attr, "rel"), "canonical") {
			first(&p.canonical, attribute(n.Attr, "href"))
		}
	case atom.Script:
		if strings.EqualFold(attribute(n.Attr, "type"), "application/ld+json") && n.FirstChild != nil {
			p.linked.read(n.FirstChild.Data)
		}
	case atom.Meta:
		p.metaElement(n)
	}
	if strings.EqualFold(attribute(n.Attr, "itemprop"), "datepublished") || n.DataAtom == atom.Time && hasAttribute(n, "pubdate") {
		first(&p.published, firstOf(attribute(n.Attr, "content"), attribute(n.Attr, "datetime"), textOf(n)))
	}
}

func (p *pageMeta) metaElement(n *html.Node) {
	value := attribute(n.Attr, "content")
	if value == "" || len(value) > maxMetaValue {
		return
	}
	name := strings.ToLower(firstOf(attribute(n.Attr, "property"), attribute(n.Attr, "name"), attribute(n.Attr, "http-equiv"), attribute(n.Attr, "itemprop")))
	switch name {
	case "":
		return
	case "partners", "partner":
		p.partners = append(p.partners, strings.FieldsFunc(value, isListSeparator)...)
	case "topics", "topic":
		p.topics = append(p.topics, strings.FieldsFunc(value, isListSeparator)...)
	}
	if p.meta[name] == "" {
		p.meta[name] = value
	}
}

func isListSeparator(r rune) bool { return r == ',' || r == ';' }

// first returns the first value that one of the names has.
func (p *pageMeta) first(names ...string) string {
	for _, name := range names {
		if v := p.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

// stated puts together what was noted.
func (p *pageMeta) stated() stated {
	site := firstOf(p.meta["og:site_name"], p.linked.publisher)
	s := stated{
		ID: p.first("id", "document-id"),
		Title: firstOf(pageTitle(p.meta["og:title"], p.heading, site), p.linked.headline,
			p.first("citation_title", "dc.title", "dcterms.title", "title"), pageTitle(p.title, p.heading, site), p.heading),
		URL:       firstOf(webAddress(p.canonical), webAddress(p.meta["og:url"]), webAddress(p.linked.url), p.first("url", "source_url")),
		Type:      p.meta["type"],
		Publisher: firstOf(p.linked.publisher, p.meta["og:site_name"], p.first("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")),
		Language:  firstOf(p.language, p.first("content-language", "language", "dc.language", "dcterms.language", "og:locale")),
		Author:    firstOf(p.linked.author, p.first("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")),
		EditionOf: p.first("edition_of", "dcterms.isversionof", "dc.relation.isversionof"),
		Partners:  p.partners,
		Topics:    p.topics,
	}
	if webAddress(s.Author) != "" {
		s.Author = ""
	}
	for _, stated := range []string{p.linked.published, p.first(metaDates...), p.published} {
		if date, ok := corpus.ParseLooseDate(stated); ok {
			s.Published = date
			break
		}
	}
	s.Modified = statedIn(p.meta, "article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "last-modified", "datemodified")
	return s
}

// metaDates are the names of metadata that state the date of publication.
var metaDates = []string{
	"article:published_time", "og:published_time", "og:article:published_time", "citation_publication_date", "citation_date", "citation_online_date",
	"datepublished", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created",
	"parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "published", "pubdate", "date", "issued",
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
