// Package document is the reader.
package document

import (
	"context"
	"embed"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

//go:embed page.html style.css script.js
var files embed.FS

// Page returns the page.
func Page() pages.Page { return pages.Page{Name: "document", Files: files, Show: show} }

// View is the reader.
type View struct {
	Title      string
	Results    *pages.Link
	Question   string
	Document   *corpus.Document
	RunsTo     string
	Kind       string
	Language   string
	Length     string
	Outside    string // where the source was published, when it can be linked
	Facts      int
	FactsLink  string
	Partners   []pages.Link
	Topics     []pages.Link
	MoreTopics []pages.Link
	File       string // source and path
	Digest     string
	Kin        *kinView

	Hits             int
	HitNow           int
	Previous         string
	Following        string
	FarBack, FarNext string // hits before and behind the part shown
	Numbers          []numberView
	Sections         []sectionView
	Omitted          int // sections not listed

	Part, Parts        int
	PartBack, PartNext string
	Blocks             []BlockView
	Cite               string
	Original           string
	OriginalType       string
	Stale              []pages.FactView
	Similar            *similarView
	Notice             string
	Action             string
}

// numberView is a numbered link to a hit.
type numberView struct {
	Number int
	Href   string
	Now    bool
}

// sectionView is an entry of the table of contents.
type sectionView struct {
	Text, Href string
	Level      int
	Hits       int
	Now        bool
}

const (
	mostNumbers   = 40
	mostSections  = 80
	topicsInSight = 6
)

// show shows a document at the passage asked for, with hits marked and
// facts beside their sentences.
func show(ctx context.Context, v *pages.Visit) (*pages.View, error) {
	if err := search.OnlyParams(v.Params, "q", "match", "verbatim", "strict", "at", "fact", "quote"); err != nil {
		return nil, err
	}
	id := corpus.ID(v.Name)
	doc, err := v.Snapshot.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	facts, err := v.Snapshot.Facts(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("facts of document %s: %w", id, err)
	}
	text := strings.TrimSpace(v.Params.Get("q"))
	hits, err := hitsIn(ctx, v, doc)
	if err != nil {
		return nil, err
	}
	body := newDocument(v, doc, facts, hits, text)
	if body.Kin, err = kinOf(ctx, v, doc); err != nil {
		return nil, fmt.Errorf("kin of document %s: %w", id, err)
	}
	if body.Similar, err = similarTo(ctx, v, doc); err != nil {
		return nil, err
	}
	skips := []pages.Link{{Href: "#main", Text: "Skip to document"}}
	if len(hits) > 0 {
		skips = append(skips, pages.Link{Href: "#h" + strconv.Itoa(body.HitNow), Text: "Skip to hit"})
	}
	return &pages.View{Template: "document", Title: body.Title, Section: "search", Question: text, Skips: skips, Body: body}, nil
}

// hitsIn returns where the question matches in the document.
func hitsIn(ctx context.Context, v *pages.Visit, doc *corpus.Document) ([]mark, error) {
	params := pages.Address{Params: pages.JoinRanges(v.Params)}.Drop("at", "fact", "quote").Params
	if params.Get("q") == "" {
		return nil, nil
	}
	query, err := pages.ReadQuestion(ctx, v.Snapshot, params)
	if err != nil {
		return nil, err
	}
	matches, err := v.Snapshot.Highlights(ctx, doc.ID, query)
	if err != nil {
		return nil, fmt.Errorf("hits in document %s: %w", doc.ID, err)
	}
	return hitMarks(doc.Body, matches), nil
}

func newDocument(v *pages.Visit, doc *corpus.Document, facts []corpus.Fact, hits []mark, text string) *View {
	t := v.Snapshot.Taxonomy()
	link := pages.Address{Path: "/documents/" + url.PathEscape(string(doc.ID)), Params: url.Values{}}
	for _, name := range []string{"q", "match", "verbatim"} {
		link = link.Set(name, strings.TrimSpace(v.Params.Get(name)))
	}
	body := &View{
		Title: pages.TitleOf(doc), Document: doc, Question: text, RunsTo: pages.LastYear(doc), Hits: len(hits),
		Kind: doc.Type, Language: pages.Display(search.FieldLang, doc.Language, doc.Language), Outside: pages.Outside(doc.URL),
		Facts: len(facts), File: fileOf(doc), Digest: doc.Digest, Action: link.Path,
		FactsLink: pages.Address{Path: "/facts", Params: url.Values{search.FieldDocument: {string(doc.ID)}}}.String(),
	}
	if text != "" {
		results := link.Under("/search")
		body.Results = &pages.Link{Href: results.String(), Text: "Results for " + pages.Clamp(text, 80)}
	}
	for _, p := range doc.Tags.Partners {
		body.Partners = append(body.Partners, pages.Link{Href: "/partners/" + url.PathEscape(p.Value), Text: search.LabelOf(t, search.FieldPartner, p.Value)})
	}
	for _, topic := range pages.SalientTopics(t, doc.Tags.Topics) {
		body.Topics = append(body.Topics, pages.Link{Href: "/topics/" + url.PathEscape(topic), Text: search.LabelOf(t, search.FieldTopic, topic)})
	}
	if len(body.Topics) > topicsInSight+2 {
		body.Topics, body.MoreTopics = body.Topics[:topicsInSight], body.Topics[topicsInSight:]
	}
	if v.HasOriginal(doc) {
		body.Original = "/api/v1" + link.Path + "/original"
		body.OriginalType = strings.TrimPrefix(path.Ext(doc.Path), ".")
	}
	all := paragraphs(doc.Body)
	divided := parts(all, doc.Pages)
	at, notice := placeAsked(v, doc, facts)
	body.Notice = notice
	body.length(doc, all)
	body.Parts = len(divided)
	kept, also := foldRepeated(facts)
	r := &reader{taxonomy: t, doc: doc, hits: hits, facts: factMarks(kept, len(doc.Body)), also: also, at: at, link: link,
		cite: func(at int) string { return citePassage(v, doc, all, at, body) }}
	if len(divided) > 0 {
		now := partAt(divided, max(at, 0))
		body.Part = now + 1
		body.Blocks = r.blocks(divided[now])
		body.turnPages(link, divided, now)
		body.walkHits(link, hits, divided[now], at)
		body.contents(link, doc, hits, divided[now])
	}
	for i := range facts {
		if facts[i].Evidence.Status.Stale() {
			body.Stale = append(body.Stale, pages.NewFact(t, &facts[i]))
		}
	}
	body.Cite = citePassage(v, doc, all, at, body)
	return body
}

// fileOf names the file of a document within its source.
func fileOf(doc *corpus.Document) string { return corpus.ShownPath(doc.Source + "/" + doc.Path) }

// length says how long a document is.
func (b *View) length(doc *corpus.Document, all []paragraph) {
	physical, numbered := 0, 0
	for _, p := range doc.Pages {
		if p.Level == 0 {
			physical++
		}
	}
	if len(all) > 0 {
		numbered = all[len(all)-1].number
	}
	b.Length = pages.Count(numbered, "paragraph", "paragraphs")
	if physical > 0 {
		b.Length = pages.Count(physical, "page", "pages") + ", " + b.Length
	}
}
