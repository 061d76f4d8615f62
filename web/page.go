package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"rapport/corpus"
	"rapport/web/pages"
	"rapport/web/pages/document"
)

// page serves a page: everything on it comes from one snapshot, and nothing
// is sent before all of it is made.
func (s *server) page(p pages.Page) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		snapshot, err := s.engine.Acquire(ctx)
		if err != nil {
			return err
		}
		defer snapshot.Release()
		now := snapshot.Generation()
		status, err := s.status(ctx)
		if err != nil {
			if p.WholeStatus {
				return err
			}
			s.log.ErrorContext(ctx, "status of the index", "request", requestID(ctx), "error", err)
			status = Status{Reading: s.reading()}
		}
		if run := incomplete(snapshot); run != nil {
			status.Reading = run // that has ended just now, perhaps
		}
		status = status.At(now)
		view, err := p.Show(ctx, &pages.Visit{
			Snapshot: snapshot, Status: status, Reports: s.reports, Asked: s.asked,
			Path: c.Request().URL.EscapedPath(), Name: nameOf(c), Params: c.QueryParams(),
			Base: s.base(c), HasOriginal: s.hasOriginal,
		})
		if to, moved := pages.IsMoved(err); moved {
			return c.Redirect(http.StatusSeeOther, to)
		}
		if err != nil && p.Name == document.Page().Name {
			return notYet(snapshot, err)
		}
		if err != nil {
			return err
		}
		return s.send(c, view, status)
	}
}

// nameOf returns the name in the path, as it is.
func nameOf(c echo.Context) string {
	name := c.Param("name")
	if c.Request().URL.RawPath == "" {
		return name // the router saw the decoded path
	}
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// send renders a view and sends it, unless the client has it already.
func (s *server) send(c echo.Context, view *pages.View, status Status) error {
	html, err := s.render.Render(view, status)
	if err != nil {
		return err
	}
	code := view.Status
	if code == 0 {
		code = http.StatusOK
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "private, no-cache")
	if code == http.StatusOK {
		sum := sha256.Sum256(html)
		tag := `W/"` + hex.EncodeToString(sum[:8]) + `"`
		header.Set("ETag", tag)
		if matches(c.Request().Header.Get("If-None-Match"), tag) {
			return c.NoContent(http.StatusNotModified)
		}
	}
	return c.HTMLBlob(code, html)
}

func matches(ifNoneMatch, tag string) bool {
	for _, t := range strings.Split(ifNoneMatch, ",") {
		if strings.TrimSpace(t) == tag {
			return true
		}
	}
	return false
}

// base returns scheme and host of the service.
func (s *server) base(c echo.Context) string {
	if s.options.BaseURL != "" {
		return strings.TrimSuffix(s.options.BaseURL, "/")
	}
	scheme := "http"
	if c.Request().TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.Request().Host
}

func (s *server) reports(ctx context.Context, limit int) ([]corpus.Report, error) {
	if s.options.Reports == nil {
		return nil, nil
	}
	return s.options.Reports(ctx, limit)
}

// hasOriginal reports whether a page may offer the file of a document.
func (s *server) hasOriginal(d *corpus.Document) bool {
	return s.options.Original != nil && (s.options.HasOriginal == nil || s.options.HasOriginal(d))
}

// asset serves a static file. Its address changes with its content, so that
// it may be kept for a year.
func (s *server) asset(c echo.Context) error {
	file, ok := s.render.Asset(c.Request().URL.Path)
	if !ok {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, file.Type, file.Content)
}
