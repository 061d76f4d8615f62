package web

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// documentAnswer is a document with its text, tags and facts.
type documentAnswer struct {
	Generation string `json:"generation"`
	corpus.Document
	Work string `json:"work,omitempty" doc:"What the document is an edition of: a declared name, or the address where it was published"`
	// What is like the document. It is not listed itself.
	Copies   familyAnswer `json:"copies" doc:"Documents made of the same bytes"`
	Near     familyAnswer `json:"near_identical" doc:"Documents with nearly identical text, without copies and editions"`
	Editions familyAnswer `json:"editions" doc:"Other editions of the work, in order of date, without copies"`

	Facts []factAnswer  `json:"facts" doc:"In order of offset"`
	Match []matchAnswer `json:"matches,omitempty" doc:"Where the question matches"`
}

// familyAnswer are documents that are like another.
type familyAnswer struct {
	Total     int         `json:"total"`
	Documents []kinAnswer `json:"documents" doc:"The first 20"`
}

type kinAnswer struct {
	ID     corpus.ID `json:"id"`
	Title  string    `json:"title"`
	Source string    `json:"source"`
	Path   string    `json:"path"`
	Date   string    `json:"date,omitempty" doc:"That of publication, else of the last change, of the archived copy, or of creation"`
	DateOf string    `json:"date_of,omitempty" enum:"published,changed,archived,created"`
}

func newFamilyAnswer(f search.Family) familyAnswer {
	a := familyAnswer{Total: f.Total, Documents: []kinAnswer{}}
	for _, d := range f.Documents {
		date, what := d.EditionDate()
		a.Documents = append(a.Documents, kinAnswer{ID: d.ID, Title: d.Title, Source: d.Source, Path: d.Path, Date: date.String(), DateOf: what})
	}
	return a
}

// matchAnswer is a place that a question matches.
type matchAnswer struct {
	Offset  int    `json:"offset" doc:"In bytes of the body, or of the title"`
	End     int    `json:"end"`
	InTitle bool   `json:"in_title,omitempty"`
	Clause  string `json:"clause,omitempty" doc:"The part of the question that matched"`
}

func (s *server) apiDocument(ctx context.Context, snapshot search.Snapshot, in *asked) (*documentAnswer, error) {
	id := corpus.ID(in.ID)
	if err := in.only(documentParams()); err != nil {
		return nil, err
	}
	body, err := takeBool(in, "body", true)
	if err != nil {
		return nil, err
	}
	if _, err := search.ParseParams(in.params, snapshot.Taxonomy()); err != nil {
		return nil, &pages.BadRequest{Err: err}
	}
	document, err := snapshot.Document(ctx, id)
	if err != nil {
		return nil, notYet(snapshot, err)
	}
	facts, err := snapshot.Facts(ctx, id)
	if err != nil {
		return nil, err
	}
	kin, err := search.KinOf(ctx, snapshot, document)
	if err != nil {
		return nil, err
	}
	a := &documentAnswer{
		Generation: snapshot.Generation().String(), Document: *document, Facts: []factAnswer{}, Work: document.Work(),
		Copies: newFamilyAnswer(kin.Copies), Near: newFamilyAnswer(kin.Near), Editions: newFamilyAnswer(kin.Editions),
	}
	repeats := corpus.Repeated(facts, facts)
	for i := range facts {
		f := newFactAnswer(&facts[i])
		f.Repeats = repeats[f.ID]
		a.Facts = append(a.Facts, f)
	}
	if in.params.Get("q") != "" {
		if a.Match, err = s.matches(ctx, snapshot, id, in); err != nil {
			return nil, err
		}
	}
	if !body {
		a.Body = ""
	}
	return a, nil
}

func (s *server) matches(ctx context.Context, snapshot search.Snapshot, id corpus.ID, in *asked) ([]matchAnswer, error) {
	query, err := pages.ReadQuestion(ctx, snapshot, in.params)
	if err != nil {
		return nil, err
	}
	found, err := snapshot.Highlights(ctx, id, query)
	if err != nil {
		return nil, err
	}
	answers := make([]matchAnswer, len(found))
	for i, m := range found {
		answers[i] = matchAnswer(m)
	}
	return answers, nil
}

// original sends the file that a document was read from. It is always a
// download, never shown: it can hold anything.
func (s *server) original(c echo.Context) error {
	if err := search.OnlyParams(c.QueryParams()); err != nil {
		return err
	}
	if s.options.Original == nil {
		return fmt.Errorf("the original of document %.80q: %w", nameOf(c), search.ErrNotFound)
	}
	file, name, err := s.options.Original(c.Request().Context(), corpus.ID(nameOf(c)))
	if err != nil {
		return err
	}
	defer file.Close()
	h := c.Response().Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base("/" + name)}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, no-cache")
	c.Response().WriteHeader(http.StatusOK)
	if isHead(c.Request().Context()) {
		return nil
	}
	if _, err := io.Copy(c.Response(), file); err != nil {
		// Too late for an error message: break off, so that the client does
		// not take half a file for the whole.
		panic(http.ErrAbortHandler)
	}
	return nil
}

// describeOriginal adds the download, which is no JSON, to the description.
func (s *server) describeOriginal(api huma.API) {
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "getDocumentsIdOriginal", Method: http.MethodGet, Path: apiRoot + "/documents/{id}/original",
		Summary: "Download the file that a document was read from", Parameters: []*huma.Param{inPath("id", "The id of the document")},
		Responses: map[string]*huma.Response{
			"200": {Description: "The bytes of the file", Content: map[string]*huma.MediaType{"application/octet-stream": {}}},
			"404": problemResponse(api, "There is no such document, or its file is gone"),
		},
	})
}
