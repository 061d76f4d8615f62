package web

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// feedEntries is how many documents a feed holds.
const feedEntries = 50

// The elements of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  atomAuthor  `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomEntry struct {
		Title     string     `xml:"title"`
		ID        string     `xml:"id"`
		Updated   string     `xml:"updated"`
		Published string     `xml:"published,omitempty"`
		Link      atomLink   `xml:"link"`
		Author    atomAuthor `xml:"author"`
		Summary   string     `xml:"summary,omitempty"`
	}
)

// feed serves the newest documents of an answer as an Atom feed.
func (s *server) feed(c echo.Context) error {
	ctx := c.Request().Context()
	params := c.QueryParams()
	if err := search.OnlyQuestion(params, search.Documents, "collapse"); err != nil {
		return err
	}
	snapshot, err := s.acquireWhole(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Release()
	request, err := search.ParseParams(params, snapshot.Taxonomy())
	if err != nil {
		return &pages.BadRequest{Err: err}
	}
	request.Sort, request.Limit, request.Snippets = search.Newest, feedEntries, 1
	result, err := search.Ask(ctx, snapshot, request)
	if err != nil {
		return err
	}
	index, err := s.status(ctx)
	if err != nil {
		return err
	}
	base := s.base(c)
	page := base + pages.Address{Path: "/search", Params: params}.String()
	title := "rapport: all documents"
	if request.Text != "" {
		title = "rapport: " + request.Text
	}
	f := atomFeed{Title: title, ID: page, Updated: index.Indexed.UTC().Format(time.RFC3339), Author: atomAuthor{"rapport"},
		Links: []atomLink{{"alternate", page}, {"self", base + pages.Address{Path: "/search.atom", Params: params}.String()}}}
	for _, hit := range result.Hits {
		f.Entries = append(f.Entries, newEntry(base, &hit, index.Indexed))
	}
	return sendFeed(c, &f)
}

func sendFeed(c echo.Context, f *atomFeed) error {
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return c.Blob(http.StatusOK, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), body...))
}

func newEntry(base string, hit *search.Hit, indexed time.Time) atomEntry {
	d := hit.Document
	address := base + "/documents/" + url.PathEscape(string(d.ID))
	e := atomEntry{Title: clip(titleOrPath(d), 300), ID: address, Link: atomLink{"alternate", address}, Author: atomAuthor{clip(d.Publisher, 200)},
		Updated: indexed.UTC().Format(time.RFC3339)}
	if e.Author.Name == "" {
		e.Author.Name = "publisher not stated"
	}
	if day := d.Published.From; day.Year > 0 {
		// What is dated to the year or month gets its first day, which it keeps:
		// with the time of the run readers would take it for new after every run.
		e.Updated = time.Date(day.Year, time.Month(max(day.Month, 1)), max(day.Day, 1), 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
		if d.Published.Precision() == corpus.PrecisionDay {
			e.Published = e.Updated
		}
	}
	for _, snippet := range hit.Snippets {
		for _, span := range snippet.Spans {
			e.Summary += span.Text
		}
	}
	return e
}

// clip shortens with an ellipsis.
func clip(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
