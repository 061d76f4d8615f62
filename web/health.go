package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthz says that the process is alive.
func (s *server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// readyz says whether questions can be answered: the index is open and
// verified.
func (s *server) readyz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	if s.options.Ready != nil {
		if err := s.options.Ready(); err != nil {
			_, p := newProblem(http.StatusServiceUnavailable, "not_ready", err.Error())
			return &p
		}
	}
	snapshot, err := s.engine.Acquire(c.Request().Context())
	if err != nil {
		return err
	}
	snapshot.Release()
	return c.String(http.StatusOK, "ready\n")
}
