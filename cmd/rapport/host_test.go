package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOnlyOwnHost(t *testing.T) {
	h := onlyOwnHost(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), ownHosts("127.0.0.1:8080", "https://Search.example.org/x")...)
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "[::1]:8080": 200, "192.0.2.7": 200, "search.example.org": 200, "SEARCH.example.org.:443": 200,
		"evil.example": 421, "": 421, "localhost.evil.example:8080": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: status %d, want %d", host, w.Code, want)
		}
	}
}
