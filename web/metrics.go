package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads from /metrics.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
	waiting  prometheus.Gauge
	panics   prometheus.Counter
	refused  prometheus.Counter
	empty    prometheus.Counter
	// expensive counts questions beyond the limits.
	expensive prometheus.Counter
}

func newMetrics(s *server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rapport_http_requests_total", Help: "Requests answered, by route, method and status."},
			[]string{"route", "method", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rapport_http_request_seconds", Help: "Time to answer a request, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}},
			[]string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "rapport_http_requests_in_flight", Help: "Requests being answered or waiting."}),
		waiting: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "rapport_http_requests_waiting", Help: "Requests that wait for their turn."}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rapport_panics_total", Help: "Panics contained to their request."}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rapport_http_refused_total", Help: "Requests refused because too many were being answered."}),
		empty: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rapport_questions_without_answer_total", Help: "Questions that found nothing."}),
		expensive: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rapport_questions_refused_total", Help: "Questions refused because they would cost too much."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.waiting, m.panics, m.refused, m.empty, m.expensive,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.index(s, "rapport_documents", "Documents in the index.", func(s Status) float64 { return float64(s.Documents) })
	m.index(s, "rapport_facts", "Facts in the index.", func(s Status) float64 { return float64(s.Facts) })
	m.index(s, "rapport_skipped_files", "Files that could not be read.", func(s Status) float64 { return float64(s.Skipped) })
	m.index(s, "rapport_indexed_timestamp_seconds", "When the last run of the indexer ended. The age of the generation is time() less this.", func(s Status) float64 {
		if s.Indexed.IsZero() {
			return 0
		}
		return float64(s.Indexed.Unix())
	})
	m.gauge("rapport_index_bytes", "What the index takes on disk.", func() float64 {
		if s.options.IndexBytes == nil {
			return 0
		}
		return float64(s.options.IndexBytes())
	})
	if s.options.Refused != nil {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "rapport_connections_refused_total", Help: "Connections closed before a request was read: no HTTP, or too many large headers."},
			func() float64 { return float64(s.options.Refused()) }))
	}
	m.index(s, "rapport_last_run_failed", "1 when the last run of the indexer did not do all that it should.", func(s Status) float64 {
		if s.Failed != "" {
			return 1
		}
		return 0
	})
	m.gauge("rapport_ready", "1 when questions can be answered, as /readyz says.", func() float64 {
		if run := s.reading(); run != nil && run.Incomplete || s.options.Ready != nil && s.options.Ready() != nil {
			return 0
		}
		return 1
	})
	return m
}

// index registers a gauge of the index's status.
func (m *metrics) index(s *server, name, help string, value func(Status) float64) {
	m.gauge(name, help, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		status, err := s.status(ctx)
		if err != nil {
			return 0
		}
		return value(status)
	})
}

// gauge registers a number that is looked up when it is asked for.
func (m *metrics) gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

func (m *metrics) observe(route, method string, code int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(code)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// handler answers with the numbers, unless there is nothing to count yet.
func (m *metrics) handler(s *server) echo.HandlerFunc {
	serve := echo.WrapHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true}))
	return func(c echo.Context) error {
		if s.reading() == nil {
			return serve(c)
		}
		snapshot, err := s.engine.Acquire(c.Request().Context())
		var starting *readingError
		if errors.As(err, &starting) {
			return err
		}
		if err == nil {
			snapshot.Release()
		}
		return serve(c)
	}
}
