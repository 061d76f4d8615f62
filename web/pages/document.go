package pages

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// documentView is the reader.
type documentView struct {
	Title      string
	Results    *Link
	Question   string
	Document   *corpus.Document
	RunsTo     string
	Kind       string
	Language   string
	Length     string
	Outside    string // where the source was published, when it can be linked
	Facts      int
	FactsLink  string
	Partners   []Link
	Topics     []Link
	MoreTopics []Link
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
	Stale              []FactView
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

// Document shows a document at the passage asked for, with hits marked and
// facts beside their sentences.
func Document(ctx context.Context, v *Visit) (*View, error) {
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
	hits, err := v.hits(ctx, doc)
	if err != nil {
		return nil, err
	}
	body := v.newDocument(doc, facts, hits, text)
	if body.Kin, err = v.kin(ctx, doc); err != nil {
		return nil, fmt.Errorf("kin of document %s: %w", id, err)
	}
	if body.Similar, err = v.similar(ctx, doc); err != nil {
		return nil, err
	}
	skips := []Link{{"#main", "Skip to document"}}
	if len(hits) > 0 {
		skips = append(skips, Link{"#h" + strconv.Itoa(body.HitNow), "Skip to hit"})
	}
	return &View{Template: "document", Title: body.Title, Section: "search", Question: text, Skips: skips, Body: body}, nil
}

// hits returns where the question matches in the document.
func (v *Visit) hits(ctx context.Context, doc *corpus.Document) ([]mark, error) {
	params := Address{Params: joinRanges(v.Params)}.Drop("at", "fact", "quote", "gen", "then").Params
	if params.Get("q") == "" {
		return nil, nil
	}
	query, err := ReadQuestion(ctx, v.Snapshot, params)
	if err != nil {
		return nil, err
	}
	matches, err := v.Snapshot.Highlights(ctx, doc.ID, query)
	if err != nil {
		return nil, fmt.Errorf("hits in document %s: %w", doc.ID, err)
	}
	return hitMarks(doc.Body, matches), nil
}

func (v *Visit) newDocument(doc *corpus.Document, facts []corpus.Fact, hits []mark, text string) *documentView {
	t := v.Snapshot.Taxonomy()
	link := Address{Path: "/documents/" + url.PathEscape(string(doc.ID)), Params: url.Values{}}.Set("q", text).Set("match", v.Params.Get("match"))
	body := &documentView{
		Title: titleOf(doc), Document: doc, Question: text, RunsTo: lastYear(doc), Hits: len(hits),
		Kind: doc.Type, Language: display(search.FieldLang, doc.Language, doc.Language), Outside: outside(doc.URL),
		Facts: len(facts), Digest: doc.Digest, Action: link.Path,
		FactsLink: Address{Path: "/facts", Params: url.Values{search.FieldDocument: {string(doc.ID)}}}.String(),
	}
	if text != "" {
		results := Address{Path: "/search", Params: url.Values{}}.Set("q", text).Set("match", v.Params.Get("match"))
		body.Results = &Link{results.String(), "Results for " + clamp(text, 80)}
	}
	for _, p := range doc.Tags.Partners {
		body.Partners = append(body.Partners, Link{"/partners/" + url.PathEscape(p.Value), search.LabelOf(t, search.FieldPartner, p.Value)})
	}
	for _, topic := range salientTopics(t, doc.Tags.Topics) {
		body.Topics = append(body.Topics, Link{"/topics/" + url.PathEscape(topic), search.LabelOf(t, search.FieldTopic, topic)})
	}
	if len(body.Topics) > topicsInSight+2 {
		body.Topics, body.MoreTopics = body.Topics[:topicsInSight], body.Topics[topicsInSight:]
	}
	if v.HasOriginal {
		body.Original = link.Path + "/original"
		body.Original = "/api/v1" + body.Original
		body.OriginalType = strings.TrimPrefix(path.Ext(doc.Path), ".")
	}
	all := paragraphs(doc.Body)
	pages := parts(all, doc.Pages)
	at, notice := v.place(doc, facts)
	body.Notice = notice
	body.length(doc, all)
	body.Parts = len(pages)
	shown, also := foldRepeated(facts)
	r := &reader{taxonomy: t, doc: doc, hits: hits, facts: factMarks(shown, len(doc.Body)), also: also, at: at, link: link}
	if len(pages) > 0 {
		now := partAt(pages, max(at, 0))
		body.Part = now + 1
		body.Blocks = r.blocks(pages[now])
		body.turnPages(link, pages, now)
		body.walkHits(link, hits, pages[now], at)
		body.contents(link, doc, hits, pages[now])
	}
	for i := range facts {
		if facts[i].Evidence.Status.Stale() {
			body.Stale = append(body.Stale, newFact(t, &facts[i]))
		}
	}
	body.Cite = v.citePassage(doc, all, at, body)
	return body
}

// length says how long a document is.
func (b *documentView) length(doc *corpus.Document, all []paragraph) {
	physical, numbered := 0, 0
	for _, p := range doc.Pages {
		if p.Level == 0 {
			physical++
		}
	}
	if len(all) > 0 {
		numbered = all[len(all)-1].number
	}
	b.Length = count(numbered, "paragraph", "paragraphs")
	if physical > 0 {
		b.Length = count(physical, "page", "pages") + ", " + b.Length
	}
}
