package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"rapport/search"
	"rapport/web/pages"
	"rapport/web/pages/failure"
)

// problem is an error as RFC 9457 (application/problem+json) has it.
type problem struct {
	Type   string `json:"type" doc:"Always about:blank: code tells problems apart" example:"about:blank"`
	Title  string `json:"title" doc:"The HTTP status in words"`
	Status int    `json:"status" doc:"The HTTP status"`
	Detail string `json:"detail" doc:"What went wrong and what to do, for people"`
	Code   string `json:"code" doc:"What went wrong, for programs: it does not change" example:"not_found"`
	// Position is where a question could not be read, in bytes.
	Position *int   `json:"position,omitempty" doc:"Where the question could not be read, in bytes of q"`
	Request  string `json:"request,omitempty" doc:"Id of the request, as in the log"`
}

// Error, GetStatus and ContentType make a problem an error that huma sends as
// it is.
func (p *problem) Error() string             { return p.Detail }
func (p *problem) GetStatus() int            { return p.Status }
func (p *problem) ContentType(string) string { return "application/problem+json" }

// codeStarting is the code of a problem that passes by itself: the sources are
// being read.
const codeStarting = "starting"

// codeIncomplete is the code of one that a run of the indexer ends.
const codeIncomplete = "incomplete"

// Errors of the service itself.
var (
	errBusy         = errors.New("too many requests at once")
	errPanic        = errors.New("the request failed inside the service")
	errUnauthorized = errors.New("a token is needed")
)

// statusClientGone is what a log says of a client that did not wait; nobody
// receives it.
const statusClientGone = 499

// status says what an error is over HTTP. It is the only place that does.
func status(err error) (int, problem) {
	var read *search.ReadError
	var bad *pages.BadRequest
	var known *problem
	var missing *pages.Missing
	var params search.ParamErrors
	var starting *readingError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &known):
		return known.Status, *known
	case errors.As(err, &read):
		p := make400("unreadable_question", read.Message)
		p.Position = &read.Position
		return p.Status, p
	case errors.As(err, &bad):
		p := make400("bad_parameter", bad.Error())
		return p.Status, p
	case errors.As(err, &params):
		p := make400("bad_parameter", params.Error())
		return p.Status, p
	case errors.Is(err, search.ErrTooExpensive):
		p := make400("too_expensive", err.Error())
		return p.Status, p
	case errors.As(err, &missing):
		return newProblem(http.StatusNotFound, "not_found", pages.Capital(missing.What))
	case errors.Is(err, search.ErrNotFound):
		return newProblem(http.StatusNotFound, "not_found", err.Error()+". It may have been removed, or the address is wrong")
	case errors.As(err, &starting) && starting.run.Ended:
		return newProblem(http.StatusServiceUnavailable, codeIncomplete, starting.Error())
	case errors.As(err, &starting):
		return newProblem(http.StatusServiceUnavailable, codeStarting, starting.Error())
	case errors.Is(err, search.ErrDamaged):
		return newProblem(http.StatusServiceUnavailable, "index_damaged", "The index is damaged. Its operator can mend it with: rapport index --rebuild")
	case errors.Is(err, search.ErrLayout):
		return newProblem(http.StatusServiceUnavailable, "index_outdated", "The index was written by another version of rapport, in a layout that this one does not read. Its operator can make it anew from the sources with: rapport index --rebuild")
	case errors.Is(err, search.ErrNoIndex):
		return newProblem(http.StatusServiceUnavailable, "no_index", "There is no index yet. Its operator makes one with: rapport index FOLDER")
	case errors.Is(err, search.ErrClosed):
		return newProblem(http.StatusServiceUnavailable, "shutting_down", "The service is shutting down. Try again in a moment")
	case errors.Is(err, context.DeadlineExceeded):
		return newProblem(http.StatusServiceUnavailable, "timed_out", "The answer took too long and was given up. Try a simpler question, or again later")
	case errors.Is(err, errBusy):
		return newProblem(http.StatusServiceUnavailable, "busy", "Too many requests are being answered. Try again in a moment")
	case errors.Is(err, errUnauthorized):
		return newProblem(http.StatusUnauthorized, "unauthorized", "This service asks for a token: send it as Authorization: Bearer, or as the password of any user")
	case errors.Is(err, context.Canceled):
		return newProblem(statusClientGone, "cancelled", "The request was cancelled")
	case errors.As(err, &routing):
		return newProblem(routing.Code, codeOf(routing.Code), routingDetail(routing.Code))
	}
	return newProblem(http.StatusInternalServerError, "internal", "Something failed inside the service. The log has the details under the id of this request")
}

func newProblem(code int, name, detail string) (int, problem) {
	title := http.StatusText(code)
	if title == "" {
		title = "Request cancelled"
	}
	return code, problem{Type: "about:blank", Title: title, Status: code, Detail: ended(detail), Code: name}
}

func make400(code, detail string) problem {
	_, p := newProblem(http.StatusBadRequest, code, strings.TrimSuffix(detail, "."))
	return p
}

// codeOf names what the router refuses.
func codeOf(code int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(code)), " ", "_")
}

func routingDetail(code int) string {
	switch code {
	case http.StatusNotFound:
		return "The address may be mistyped, or what was here has another one now"
	case http.StatusMethodNotAllowed:
		return "This address does not know that method; use GET"
	case http.StatusRequestEntityTooLarge:
		return "The body of the request is too large"
	}
	return http.StatusText(code)
}

// fail answers with an error: as problem+json to programs, as a page to
// people.
func (s *server) fail(err error, c echo.Context) {
	code, p := status(err)
	p.Request = requestID(c.Request().Context())
	s.logFailure(c.Request().Context(), &p, err)
	if c.Response().Committed {
		return
	}
	header := c.Response().Header()
	retry(header, p)
	if code == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", `Basic realm="rapport", charset="UTF-8"`)
	}
	header.Set("Cache-Control", "no-store")
	if !wantsPage(c.Request()) {
		s.sendProblem(c, p)
		return
	}
	var index Status
	reason := failure.Reason{Status: code, Title: p.Title, Detail: inSentences(err, p.Detail), Request: p.Request, Meant: meant(err, c.Request().URL), Quoted: quoted(err, c.Request().URL)}
	switch {
	case p.Code == codeStarting: // what the index holds so far is not what there is
		reason.Starting = true
		header.Set("Refresh", "5")
	case p.Code == codeIncomplete:
	case code != http.StatusUnauthorized: // who may not ask is told nothing of the index
		index, _ = s.status(context.WithoutCancel(c.Request().Context())) // a page can do without it
	}
	view := failure.View(reason)
	if err := s.send(c, view, index); err != nil {
		s.log.ErrorContext(c.Request().Context(), "error page", "request", p.Request, "error", err)
		s.sendProblem(c, p)
	}
}

// inSentences says what went wrong as a page does.
func inSentences(err error, detail string) string {
	var params search.ParamErrors
	if !errors.As(err, &params) {
		return pages.Sentence(detail)
	}
	var list []string
	for _, p := range params {
		list = append(list, pages.Sentence(p.Sentence()))
	}
	return strings.Join(list, " ")
}

// meant returns what a request that was refused may have meant: the same with
// another value, or another page.
func meant(err error, asked *url.URL) []pages.Link {
	var links []pages.Link
	var params search.ParamErrors
	if errors.As(err, &params) {
		for _, p := range params {
			here := pages.Address{Path: asked.EscapedPath(), Params: asked.Query()}
			for _, near := range p.Near {
				links = append(links, pages.Link{Href: here.Remove(p.Parameter, p.Value).Add(p.Parameter, near).String(), Text: near})
			}
		}
	}
	var missing *pages.Missing
	if errors.As(err, &missing) {
		links = append(links, missing.Near...)
	}
	return links
}

// quoted leads from a citation of a document that is gone, as one whose file
// has another path is, to the documents that hold the words that were cited.
func quoted(err error, asked *url.URL) pages.Link {
	words := strings.Join(strings.Fields(strings.ReplaceAll(asked.Query().Get("quote"), `"`, " ")), " ")
	if !errors.Is(err, search.ErrNotFound) || !strings.HasPrefix(asked.Path, "/documents/") || words == "" {
		return pages.Link{}
	}
	there := pages.Address{Path: "/search", Params: url.Values{"q": {`"` + words + `"`}}}
	return pages.Link{Href: there.String(), Text: words}
}

func (s *server) sendProblem(c echo.Context, p problem) {
	body, err := json.Marshal(p)
	if err == nil {
		err = c.Blob(p.Status, "application/problem+json", append(body, '\n'))
	}
	if err != nil {
		s.log.DebugContext(c.Request().Context(), "error not sent", "error", err)
	}
}

// retry tells clients when to come back.
func retry(header http.Header, p problem) {
	if p.Status == http.StatusServiceUnavailable {
		header.Set("Retry-After", "5")
	}
}

// wantsPage reports whether an error is shown to a person.
func wantsPage(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// ended ends a message with a full stop, unless it ends already.
func ended(message string) string {
	if strings.HasSuffix(message, "?") || strings.HasSuffix(message, ".") {
		return message
	}
	return message + "."
}
