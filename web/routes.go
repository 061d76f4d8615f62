package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rapport/search"
	"rapport/web/pages"
	"rapport/web/pages/document"
	"rapport/web/pages/facts"
	"rapport/web/pages/failure"
	"rapport/web/pages/help"
	"rapport/web/pages/matrix"
	"rapport/web/pages/partner"
	"rapport/web/pages/partners"
	"rapport/web/pages/report"
	results "rapport/web/pages/search"
	"rapport/web/pages/start"
	"rapport/web/pages/topic"
	"rapport/web/pages/values"
)

// sitemap says which page is at which address.
func sitemap() []route {
	return []route{
		{"/", start.Page()},
		{"/search", results.Page()},
		{"/documents/:name", document.Page()},
		{"/facts", facts.Page()},
		{"/facets/:name", values.Page()},
		{"/partners", partners.Page()},
		{"/partners/:name", partner.Page()},
		{"/topics/:name", topic.Page()},
		{"/matrix", matrix.Page()},
		{"/report", report.Page()},
		{"/help", help.Page()},
	}
}

// route is a page with its address.
type route struct {
	path string
	page pages.Page
}

// newRenderer returns what makes HTML of all pages of the site.
func newRenderer(dev string) (*pages.Renderer, error) {
	list := []pages.Page{failure.Page()}
	for _, r := range sitemap() {
		list = append(list, r.page)
	}
	return pages.NewRenderer(dev, list...)
}

// routes connects addresses with what answers them.
func (s *server) routes() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.Use(s.observe, compress(), answerErrors, s.contain, s.secure, s.authorize, wellFormed, s.limit)

	for _, r := range sitemap() {
		e.GET(r.path, s.page(r.page))
	}
	e.GET(pages.AssetRoot+"*", s.asset)

	// What a page shows, to take along.
	for _, f := range formats() {
		for _, kind := range f.kinds {
			page := map[search.Kind]string{search.Documents: "/search.", search.Facts: "/facts."}[kind]
			s.exports[page+f.extension] = true
			e.GET(page+f.extension, s.export(kind, f))
		}
	}
	e.GET("/search.atom", s.feed)
	e.GET("/report.atom", s.reportFeed)
	e.GET("/matrix.csv", s.matrixCSV)

	// For programs.
	s.api(e)
	e.GET("/healthz", s.healthz)
	e.GET("/readyz", s.readyz)
	e.GET("/metrics", s.metrics.handler(s))
	return e
}
