package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"rapport/web/pages"
)

// requestIDHeader carries the id of a request, ours or a proxy's.
const requestIDHeader = "X-Request-Id"

// observe gives every request an id, counts it and logs it.
func (s *server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		id := r.Header.Get(requestIDHeader)
		if !plausibleID(id) {
			id = rand.Text()[:16]
		}
		c.Response().Header().Set(requestIDHeader, id)
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		c.SetRequest(r)
		start := time.Now()
		s.metrics.inFlight.Inc()
		defer s.metrics.inFlight.Dec()
		broken := true // unless next returns: an answer that is broken off panics
		defer func() { s.record(c, time.Since(start), broken) }()
		if err := next(c); err != nil {
			c.Error(err)
		}
		broken = false
		return nil
	}
}

// record counts and logs a request that has been answered, or broken off.
func (s *server) record(c echo.Context, took time.Duration, broken bool) {
	r := c.Request()
	route, method := c.Path(), r.Method
	if route == "" {
		route = "unknown"
	}
	if isHead(r.Context()) {
		method = http.MethodHead // as it was asked, before answerHead
	}
	s.metrics.observe(route, method, c.Response().Status, took)
	said := []any{"request", requestID(r.Context()), "method", method, "path", r.URL.Path,
		"status", c.Response().Status, "bytes", c.Response().Size, "took_ms", float64(took.Microseconds()) / 1000}
	if broken {
		said = append(said, "broken_off", true)
	}
	s.log.InfoContext(r.Context(), "request", said...)
}

// answerErrors answers with an error inside of what compresses answers.
func answerErrors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := next(c); err != nil {
			c.Error(err)
		}
		return nil
	}
}

// requestIDKey is the key of a request's id in its context.
type requestIDKey struct{}

// requestID returns the id of the request that a context is of.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// plausibleID keeps ids of others out of the log when they could forge lines.
func plausibleID(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	return strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.") == ""
}

// wellFormed refuses parameters that cannot be decoded. Left alone, they would
// be dropped, and another question answered.
func wellFormed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, err := url.ParseQuery(c.Request().URL.RawQuery); err != nil {
			return &pages.BadRequest{Err: fmt.Errorf("the parameters cannot be decoded: %w", err)}
		}
		return next(c)
	}
}

// headKey is in the context of a HEAD request.
type headKey struct{}

// isHead reports whether nobody receives the body of an answer.
func isHead(ctx context.Context) bool { return ctx.Value(headKey{}) != nil }

// answerHead answers HEAD as GET. The server leaves the body out, and what is
// long need not be made (see isHead).
func answerHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := r.Clone(context.WithValue(r.Context(), headKey{}, true))
			get.Method = http.MethodGet
			r = get
		}
		next.ServeHTTP(w, r)
	})
}

// contain turns a panic into an error of its request alone.
func (s *server) contain(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http panics with this very value
					panic(p)
				}
				s.metrics.panics.Inc()
				s.log.ErrorContext(c.Request().Context(), "panic", "request", requestID(c.Request().Context()), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				err = fmt.Errorf("%w: %v", errPanic, p)
			}
		}()
		return next(c)
	}
}

// contentSecurityPolicy allows our own style sheet and script and nothing
// else: nothing that a document holds can run or load anything.
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// secure sets the headers that keep browsers from trusting more than they
// must.
func (s *server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		return next(c)
	}
}

// authorize asks for the token, when there is one.
func (s *server) authorize(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if path := c.Request().URL.Path; s.options.Token == "" || path == "/healthz" || path == "/readyz" || isOperator(c.Request().Context()) {
			return next(c)
		}
		given := strings.TrimPrefix(c.Request().Header.Get("Authorization"), "Bearer ")
		if _, password, ok := c.Request().BasicAuth(); ok {
			given = password
		}
		if subtle.ConstantTimeCompare([]byte(given), []byte(s.options.Token)) != 1 {
			return errUnauthorized
		}
		return next(c)
	}
}

// limit bounds the body, the time and the number of requests that are being
// answered. What costs nothing is let through.
func (s *server) limit(next echo.HandlerFunc) echo.HandlerFunc {
	l := s.options.Limits
	return func(c echo.Context) error {
		r := c.Request()
		if r.ContentLength > l.Body {
			return echo.ErrStatusRequestEntityTooLarge
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, l.Body)
		if isCheap(r.URL.Path) {
			return next(c)
		}
		turns, timeout := s.turns, l.Timeout
		if s.isLong(c.Path()) {
			turns, timeout = s.longTurns, l.Export
		}
		s.metrics.waiting.Inc()
		err := takeTurn(r.Context(), turns, l.Queue)
		s.metrics.waiting.Dec()
		if err != nil {
			if err == errBusy { //nolint:errorlint // takeTurn returns it unwrapped
				s.metrics.refused.Inc()
			}
			return err
		}
		defer func() { <-turns }()
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

func takeTurn(ctx context.Context, turns chan struct{}, wait time.Duration) error {
	select {
	case turns <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case turns <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func isCheap(path string) bool {
	return path == "/healthz" || path == "/readyz" || path == "/metrics" || strings.HasPrefix(path, pages.AssetRoot)
}

// isLong reports whether what answers a route sends for as long as the client
// takes to read.
func (s *server) isLong(route string) bool {
	return route == originalRoute || s.exports[route]
}

// compress answers with gzip where it pays.
func compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{
		MinLength: 1 << 10,
		Skipper:   func(c echo.Context) bool { return strings.HasSuffix(c.Request().URL.Path, "/original") },
	})
}
