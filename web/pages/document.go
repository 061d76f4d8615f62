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
	Length     string
	Outside    string // where the source was published, when it can be linked
	Facts      int
	FactsLink  string
	Partners   []Link
	Topics     []Link
	MoreTopics []Link
	Digest     string

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
		return nil, fmt.Errorf("document %s: %w", clamp(v.Name, 80), err)
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
		Kind: joinNonEmpty(", ", doc.Type, display(search.FieldLang, doc.Language, doc.Language)), Outside: outside(doc.URL),
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
	for _, p := range doc.Tags.Topics {
		body.Topics = append(body.Topics, Link{"/topics/" + url.PathEscape(p.Value), search.LabelOf(t, search.FieldTopic, p.Value)})
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
	r := &reader{taxonomy: t, doc: doc, hits: hits, facts: factMarks(facts, len(doc.Body)), at: at, link: link}
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

// turnPages links the parts before and after.
func (b *documentView) turnPages(link Address, pages []part, now int) {
	to := func(p part) string { return link.Set("at", strconv.Itoa(p.start)).At("at").String() }
	if now > 0 {
		b.PartBack = to(pages[now-1])
	}
	if now+1 < len(pages) {
		b.PartNext = to(pages[now+1])
	}
}

// walkHits links the hits before and after the current one, which is the
// first at or behind the place asked for.
func (b *documentView) walkHits(link Address, hits []mark, p part, at int) {
	if len(hits) == 0 {
		return
	}
	now := len(hits) - 1
	for i, h := range hits {
		if h.end > max(at, 0) {
			now = i
			break
		}
	}
	b.HitNow = hits[now].number
	to := func(m mark) string { return link.Set("at", strconv.Itoa(m.start)).At("at").String() }
	b.Previous = to(hits[(now+len(hits)-1)%len(hits)])
	b.Following = to(hits[(now+1)%len(hits)])
	b.FarBack, b.FarNext = far(hits, p, to)
	first := max(0, min(now-mostNumbers/2, len(hits)-mostNumbers))
	for _, h := range hits[first:min(first+mostNumbers, len(hits))] {
		n := numberView{Number: h.number, Href: to(h), Now: h.number == b.HitNow}
		if h.start >= p.start && h.start < p.end {
			n.Href = "#h" + strconv.Itoa(h.number)
		}
		b.Numbers = append(b.Numbers, n)
	}
}

// far links the last hit before a part and the first one behind it, or, at the
// ends of the document, those at its other end; empty when the part has all.
func far(hits []mark, p part, to func(mark) string) (back, next string) {
	first, last := len(hits), -1
	for i, h := range hits {
		if h.start >= p.start && h.start < p.end {
			first, last = min(first, i), i
		}
	}
	if last-first+1 == len(hits) || last < 0 {
		return "", ""
	}
	return to(hits[(first+len(hits)-1)%len(hits)]), to(hits[(last+1)%len(hits)])
}

// contents lists pages and sections with their hits. Of a long list it keeps
// those with hits and those near the part shown.
func (b *documentView) contents(link Address, doc *corpus.Document, hits []mark, now part) {
	for i, page := range doc.Pages {
		end := len(doc.Body)
		if i+1 < len(doc.Pages) {
			end = doc.Pages[i+1].Offset
		}
		s := sectionView{Level: page.Level, Now: page.Offset < now.end && end > now.start}
		s.Text = page.Title
		if s.Text == "" {
			s.Text = page.Label
			if page.Level == 0 {
				s.Text = "Page " + page.Label
			}
		}
		for _, h := range hits {
			if h.start >= page.Offset && h.start < end {
				s.Hits++
			}
		}
		s.Href = link.Set("at", strconv.Itoa(page.Offset)).At("at").String()
		b.Sections = append(b.Sections, s)
	}
	if len(b.Sections) <= mostSections {
		return
	}
	var few []sectionView
	for _, s := range b.Sections {
		if (s.Now || s.Hits > 0) && len(few) < mostSections {
			few = append(few, s)
		}
	}
	b.Omitted = len(b.Sections) - len(few)
	b.Sections = few
}

// place returns the offset that was asked for, by number, by the words quoted
// in a citation, or by a fact; -1 when none was.
func (v *Visit) place(doc *corpus.Document, facts []corpus.Fact) (at int, notice string) {
	at = -1
	if n, err := strconv.Atoi(v.Params.Get("at")); err == nil && n >= 0 {
		at = min(n, len(doc.Body))
	}
	if quote := strings.TrimSpace(v.Params.Get("quote")); quote != "" {
		found := findQuote(doc.Body, quote, max(at, 0))
		if found < 0 {
			return at, "The words that were cited, “" + clamp(quote, 120) + "”, do not stand in this document as it is now."
		}
		at = found
	}
	if id := v.Params.Get("fact"); id != "" {
		for i := range facts {
			if facts[i].ID == id && facts[i].Evidence.Status.Stale() {
				return at, "The words of fact " + clamp(id, 60) + " do not stand in this document as it is now. See below the text."
			}
		}
	}
	for at > 0 && at < len(doc.Body) && doc.Body[at]&0xC0 == 0x80 {
		at-- // into the middle of a letter
	}
	return at, ""
}

// findQuote returns the offset of quoted words, white space aside, nearest to
// a hint; -1 when they do not stand there.
func findQuote(body, quote string, near int) int {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return -1
	}
	best := -1
	for from := 0; ; {
		i := strings.Index(body[from:], words[0])
		if i < 0 {
			return best
		}
		start := from + i
		from = start + len(words[0])
		if followedBy(body[from:], words[1:]) && (best < 0 || abs(start-near) < abs(best-near)) {
			best = start
		}
	}
}

func followedBy(text string, words []string) bool {
	for _, w := range words {
		trimmed := strings.TrimLeft(text, " \t\r\n\u00a0")
		if len(trimmed) == len(text) || !strings.HasPrefix(trimmed, w) {
			return false
		}
		text = trimmed[len(w):]
	}
	return true
}

func abs(n int) int { return max(n, -n) }

// quotedWords is how many words of a passage a citation's address holds.
const quotedWords = 8

// citePassage is how an analyst cites a passage: title, publisher, date,
// place, digest, state of the index, and an address that finds the words
// again.
func (v *Visit) citePassage(doc *corpus.Document, all []paragraph, at int, body *documentView) string {
	date := "no date"
	if !doc.Published.IsZero() {
		date = when(doc.Published)
	} else if body.RunsTo != "" {
		date += " (text runs to " + body.RunsTo + ")"
	}
	link := Address{Path: "/documents/" + url.PathEscape(string(doc.ID)), Params: url.Values{}}
	where := ""
	if p, ok := paragraphAt(all, max(at, 0)); ok {
		where = joinNonEmpty(", ", place(doc, p.start, ""), "¶ "+strconv.Itoa(p.number))
		words := strings.Fields(doc.Body[p.start:min(p.end, p.start+400)])
		link = link.Set("quote", strings.Join(words[:min(quotedWords, len(words))], " ")).At("at")
	}
	digest := ""
	if len(doc.Digest) >= 8 {
		digest = ", sha256 " + doc.Digest[:8]
	}
	return "“" + clamp(titleOf(doc), 300) + "”, " + joinNonEmpty(", ", clamp(doc.Publisher, 120), date, where) +
		". rapport, document " + string(doc.ID) + digest + ". " + generationInWords(v) + " " + v.Base + link.String()
}
