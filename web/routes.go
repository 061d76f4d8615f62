package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rapport/search"
	"rapport/web/pages"
)

// routes is the sitemap.
func (s *server) routes() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.Use(s.observe, s.contain, s.secure, s.authorize, wellFormed, s.limit, compress())

	// Pages.
	e.GET("/", s.page(pages.Start))
	e.GET("/search", s.page(pages.Search))
	e.GET("/documents/:name", s.page(pages.Document))
	e.GET("/facts", s.page(pages.Facts))
	e.GET("/facets/:name", s.page(pages.Values))
	e.GET("/partners", s.page(pages.Partners))
	e.GET("/partners/:name", s.page(pages.Partner))
	e.GET("/topics/:name", s.page(pages.Topic))
	e.GET("/matrix", s.page(pages.Matrix))
	e.GET("/report", s.page(pages.Report))
	e.GET("/help", s.page(pages.Help))
	e.GET(pages.AssetRoot+"*", s.asset)

	// What a page shows, to take along.
	for _, f := range formats() {
		for _, kind := range f.kinds {
			page := map[search.Kind]string{search.Documents: "/search.", search.Facts: "/facts."}[kind]
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
	e.GET("/metrics", s.metrics.handler())
	return e
}
