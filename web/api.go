package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"rapport/search"
)

// apiRoot is where the interface for programs begins.
const apiRoot = "/api/v1"

// originalRoute is where the file that a document was read from is sent.
const originalRoute = apiRoot + "/documents/:name/original"

// api registers the interface for programs, and its description at
// /openapi.json.
func (s *server) api(e *echo.Echo) {
	api := humaecho.New(e, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "rapport", Version: "1", Description: "Full-text search over documents and structured facts. " +
				"Every total and count is exact. Errors are application/problem+json with a stable code."},
		},
		OpenAPIPath:   "/openapi",
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	})
	get(s, api, "/search", "Search documents and facts", searchParams(), s.apiSearch)
	get(s, api, "/documents/{id}", "Get a document with its text and facts", documentParams(), s.apiDocument)
	get(s, api, "/documents/{id}/similar", "List the documents most like one", similarParams(), s.apiSimilar)
	get(s, api, "/facts", "Search facts", factsParams(), s.apiFacts)
	get(s, api, "/facets/{name}", "List all values of a facet", facetParams(), s.apiFacet)
	get(s, api, "/matrix", "Cross two facets", matrixParams(), s.apiMatrix)
	get(s, api, "/suggest", "Complete what is being typed", suggestParams(), s.apiSuggest)
	getFrom(s, s.index, api, "/status", "Describe the index", nil, s.apiStatus)
	getFrom(s, s.index, api, "/reports", "List the last runs of the indexer", reportsParams(), s.apiReports)
	s.describeOriginal(api)
	s.describeExports(api)
	e.GET(originalRoute, s.original)
}

// asked is the part of a request that operations read by themselves: the
// parameters repeat and may begin with a minus, which no struct can say.
type asked struct {
	params url.Values
	ID     string
	host   string
}

// Resolve takes the parameters from the request.
func (a *asked) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	a.params = u.Query()
	a.ID = ctx.Param("id")
	if a.ID == "" {
		a.ID = ctx.Param("name")
	}
	if u.RawPath != "" { // the router saw the path as it was sent
		if plain, err := url.PathUnescape(a.ID); err == nil {
			a.ID = plain
		}
	}
	a.host = ctx.Host()
	return nil
}

// only refuses parameters that are not described.
func (a *asked) only(described []*huma.Param) error {
	var names []string
	for _, p := range described {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	return search.OnlyParams(a.params, names...)
}

// answer is the body of a response.
type answer[T any] struct{ Body T }

// get registers an operation. Its handler gets one snapshot for all that it
// asks.
func get[T any](s *server, api huma.API, path, summary string, params []*huma.Param, handle func(context.Context, search.Snapshot, *asked) (T, error)) {
	getFrom(s, s.engine, api, path, summary, params, handle)
}

// getFrom registers an operation that takes its snapshot from an engine.
func getFrom[T any](s *server, engine search.Engine, api huma.API, path, summary string, params []*huma.Param, handle func(context.Context, search.Snapshot, *asked) (T, error)) {
	operation := huma.Operation{
		OperationID: "get" + operationName(path), Method: http.MethodGet, Path: apiRoot + path, Summary: summary, Parameters: params,
		Responses: map[string]*huma.Response{
			"400": problemResponse(api, "The parameters cannot be understood"),
			"404": problemResponse(api, "There is no such thing"),
			"503": problemResponse(api, "Busy, timed out, damaged or of another version, or the sources are being read for the first time; Retry-After says when to come back"),
		},
	}
	huma.Register(api, operation, func(ctx context.Context, in *asked) (*answer[T], error) {
		snapshot, err := engine.Acquire(ctx)
		if err == nil {
			defer snapshot.Release()
			var body T
			if body, err = handle(ctx, snapshot, in); err == nil {
				return &answer[T]{body}, nil
			}
		}
		_, p := status(err)
		p.Request = requestID(ctx)
		s.logFailure(ctx, &p, err)
		if p.Status == http.StatusServiceUnavailable {
			return nil, huma.ErrorWithHeaders(&p, http.Header{"Retry-After": {"5"}})
		}
		return nil, &p
	})
}

func (s *server) logFailure(ctx context.Context, p *problem, err error) {
	if p.Status >= http.StatusInternalServerError && p.Code != codeStarting {
		s.log.ErrorContext(ctx, "request failed", "request", p.Request, "code", p.Code, "error", err)
	}
}

// operationName makes "DocumentsId" of "/documents/{id}".
func operationName(path string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("/{}", r) }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func problemResponse(api huma.API, description string) *huma.Response {
	schema := huma.SchemaFromType(api.OpenAPI().Components.Schemas, problemType)
	return &huma.Response{Description: description, Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}}
}
