package pages

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"rapport/corpus"
	"rapport/search"
)

// HitView is a document in a list of results.
type HitView struct {
	Href      string
	Title     string
	Publisher string
	Published corpus.Date
	RunsTo    string // last year the text speaks of, when no date is stated
	Type      string
	Language  string // when it is not English
	Pages     int
	Partners  []Link
	Topics    []Link // those that the text speaks of most
	MoreTags  int
	Snippets  []SnippetView
	Placeless bool  // no passage has a place to name
	Further   *Link // to the first hit that no passage shows
	Missing   []string
	Folded    *Link // to the documents that this one stands for
	Score     float64
}

// SnippetView is a passage with the link to its place in the document.
type SnippetView struct {
	Href         string
	Place        string
	Spans        []search.Span
	Early, Later bool // the sentence began before, or goes on behind
}

// Limits on the tags of one result.
const (
	mostPartners = 4
	mostTopics   = 3
)

// NewHit makes the view of a document that was found at an address, by the
// question text as it was read.
func NewHit(here Address, t *corpus.Taxonomy, hit *search.Hit, text string, read search.Reading) HitView {
	doc := hit.Document
	link := documentLink(doc.ID, text, read).Set("verbatim", here.Params.Get("verbatim"))
	h := HitView{
		Href: link.String(), Title: TitleOf(doc), Publisher: doc.Publisher, Published: doc.Published,
		Type: doc.Type, Missing: hit.Missing, Score: hit.Score,
	}
	if doc.Published.IsZero() {
		h.RunsTo = LastYear(doc)
	}
	if doc.Language != "" && doc.Language != "en" {
		h.Language = Display(search.FieldLang, doc.Language, doc.Language)
	}
	for _, p := range doc.Pages {
		if p.Level == 0 {
			h.Pages++
		}
	}
	above := ""
	for _, s := range hit.Snippets {
		snippet := newSnippet(link, doc, s)
		if snippet.Place == above {
			snippet.Place = "" // the same as above
		} else {
			above = snippet.Place
		}
		h.Snippets = append(h.Snippets, snippet)
	}
	h.Placeless = above == ""
	if hit.Further > 0 {
		h.Further = &Link{link.Set("at", strconv.Itoa(hit.FurtherAt)).At("at").String(), "also " + Count(hit.Further, "more place", "more places")}
	}
	h.tag(here, t, doc)
	return h
}

// tag fills in partners, and the topics that the text speaks of most.
func (h *HitView) tag(here Address, t *corpus.Taxonomy, doc *corpus.Document) {
	start := Address{Path: "/search", Params: url.Values{}}.Set("q", here.Params.Get("q"))
	partners, topics := corpus.Values(doc.Tags.Partners), SalientTopics(t, doc.Tags.Topics)
	h.MoreTags = max(0, len(partners)-mostPartners) + max(0, len(topics)-mostTopics)
	h.Partners = partnerLinks(start, t, partners[:min(mostPartners, len(partners))])
	for _, topic := range topics[:min(mostTopics, len(topics))] {
		h.Topics = append(h.Topics, Link{start.Set(search.FieldTopic, topic).String(), search.LabelOf(t, search.FieldTopic, topic)})
	}
}

// SalientTopics returns topics in order of how much a text speaks of them:
// those that the source declares, then by how often the text earned them. A
// group is left out when one of its topics is there.
func SalientTopics(t *corpus.Taxonomy, tags []corpus.Tag) []string {
	tags = slices.Clone(tags)
	slices.SortStableFunc(tags, func(a, b corpus.Tag) int {
		if a.Declared != b.Declared {
			if a.Declared {
				return -1
			}
			return 1
		}
		return b.Count - a.Count
	})
	groups := map[string]bool{}
	for _, tag := range tags {
		groups[GroupOf(t, tag.Value)] = true
	}
	tags = slices.DeleteFunc(tags, func(tag corpus.Tag) bool { return groups[tag.Value] })
	return corpus.Values(tags)
}

// documentLink returns the address of a document in which what was searched
// for is marked.
func documentLink(id corpus.ID, text string, read search.Reading) Address {
	link := Address{Path: "/documents/" + url.PathEscape(string(id)), Params: url.Values{}}.Set("q", text)
	if read.Relaxed && text != "" {
		link = link.Set("match", string(read.Match))
	}
	return link
}

// newSnippet links a passage to its first hit.
func newSnippet(link Address, doc *corpus.Document, s search.Snippet) SnippetView {
	at := s.Offset
	for _, span := range s.Spans {
		if span.Match {
			break
		}
		at += len(span.Text)
	}
	if at >= s.Offset+snippetLength(s) {
		at = s.Offset // nothing is marked
	}
	return SnippetView{
		Href:  link.Set("at", strconv.Itoa(at)).At("at").String(),
		Place: Place(doc, s.Offset, s.Page), Spans: showBreaks(s.Spans),
		Early: s.CutBefore, Later: s.CutAfter,
	}
}

// showBreaks sets a pilcrow where a passage runs over the end of a paragraph.
func showBreaks(spans []search.Span) []search.Span {
	shown := make([]search.Span, len(spans))
	for i, span := range spans {
		shown[i] = search.Span{Text: paragraphEnd.ReplaceAllString(span.Text, " ¶ "), Match: span.Match}
	}
	return shown
}

var paragraphEnd = regexp.MustCompile(`[ \t]*\n[ \t]*\n\s*`)

func snippetLength(s search.Snippet) int {
	n := 0
	for _, span := range s.Spans {
		n += len(span.Text)
	}
	return n
}

// Place says where in a document an offset is: "p. 3", or the heading above.
func Place(doc *corpus.Document, offset int, label string) string {
	if page, ok := doc.PageAt(offset); ok {
		if page.Level > 0 && page.Title != "" {
			return ClampWord(page.Title, 28)
		}
		label = page.Label
	}
	if label == "" {
		return ""
	}
	if _, err := strconv.Atoi(label); err == nil || len(label) <= 4 {
		return "p. " + label
	}
	return ClampWord(label, 28)
}

// ClampWord shortens a label that is repeated in full elsewhere.
func ClampWord(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// TitleOf returns a title that can be clicked.
func TitleOf(doc *corpus.Document) string {
	switch {
	case doc.Title != "":
		return doc.Title
	case doc.Path != "":
		return doc.Path
	}
	return string(doc.ID)
}

// LastYear returns the last year that a text speaks of, as far as it is not
// in the future; empty when it speaks of none.
func LastYear(doc *corpus.Document) string {
	last, now := 0, time.Now().Year()
	for _, tag := range doc.Tags.Years {
		if year, err := strconv.Atoi(tag.Value); err == nil && year > last && year <= now {
			last = year
		}
	}
	if last == 0 {
		return ""
	}
	return strconv.Itoa(last)
}

// GroupOf returns the group that a topic belongs to; empty for a group.
func GroupOf(t *corpus.Taxonomy, topic string) string {
	if group := string(t.GroupOf(corpus.TopicID(topic))); group != topic {
		return group
	}
	return ""
}

// names of the partners of a document.
func partnerLinks(here Address, t *corpus.Taxonomy, ids []string) []Link {
	var list []Link
	for _, id := range ids {
		list = append(list, Link{here.Set(search.FieldPartner, id).String(), search.LabelOf(t, search.FieldPartner, id)})
	}
	return list
}
