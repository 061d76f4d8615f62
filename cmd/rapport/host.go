package main

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// onlyOwnHost refuses requests that name another host than this machine or
// the service's own address. A page of a stranger can make its name lead to
// this machine (DNS rebinding) and would otherwise read the documents through
// the browser of whoever opened it. Addresses in numbers cannot be stolen so.
func onlyOwnHost(next http.Handler, own ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostName(r.Host)
		if host != "localhost" && net.ParseIP(host) == nil && !slices.Contains(own, host) {
			http.Error(w, "this service does not answer for the host "+host+"; name it with --base-url", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownHosts returns the names that an address and a base URL give the service.
func ownHosts(addr, baseURL string) []string {
	var hosts []string
	if host := hostName(addr); host != "" {
		hosts = append(hosts, host)
	}
	if u, err := url.Parse(baseURL); err == nil && u.Host != "" {
		hosts = append(hosts, hostName(u.Host))
	}
	return hosts
}

// hostName returns a host without port and brackets, in lower case.
func hostName(hostPort string) string {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		host = strings.Trim(hostPort, "[]")
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
