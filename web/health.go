package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthz says that the process is alive.
func (s *server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// readyz says whether questions can be answered: the index is open and
// verified, and the sources have been read once.
func (s *server) readyz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	snapshot, err := s.acquireWhole(c.Request().Context())
	if err == nil {
		snapshot.Release()
	}
	var starting *readingError
	if s.options.Ready != nil && !errors.As(err, &starting) {
		if why := s.options.Ready(); why != nil {
			_, p := newProblem(http.StatusServiceUnavailable, "not_ready", why.Error())
			return &p
		}
	}
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, "ready\n")
}
