package web

import (
	"encoding/json"
	"net/http"
	"sync/atomic"
)

// Door is the handler of a server that listens before it has an index to answer
// from. Until Open it says that the process lives, on /healthz, and refuses all
// else with 503, so that whoever watches over it neither ends it nor sends
// questions.
type Door struct {
	site atomic.Pointer[http.Handler]
}

// Open lets requests through to the site from now on.
func (d *Door) Open(site http.Handler) { d.site.Store(&site) }

// ServeHTTP implements http.Handler.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if site := d.site.Load(); site != nil {
		(*site).ServeHTTP(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.URL.Path == "/healthz" {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n")) // whether it is heard or not
		return
	}
	code, p := newProblem(http.StatusServiceUnavailable, codeStarting, "The service is starting. Try again in a moment")
	retry(h, p)
	body, err := json.Marshal(p)
	if wantsPage(r) || err != nil {
		http.Error(w, p.Detail, code)
		return
	}
	h.Set("Content-Type", "application/problem+json")
	w.WriteHeader(code)
	_, _ = w.Write(append(body, '\n'))
}
