package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
)

// The least and the most characters of a token.
const (
	leastToken = 16
	mostToken  = 4096
)

// readToken reads the token that every request must carry: one line that a
// client can send in a header. A file that every user of the machine can read
// is told.
func readToken(file string, log *slog.Logger) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("reading the token: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostToken+1))
	if err != nil {
		return "", fmt.Errorf("reading the token: %w", err)
	}
	token := strings.TrimSpace(string(data))
	switch {
	case len(data) > mostToken:
		return "", fmt.Errorf("the token in %s has more than %d characters; a token is one line", file, mostToken)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", fmt.Errorf("the token in %s is more than one word of letters, digits and signs of ASCII, which is what a client can send", file)
	case len(token) < leastToken:
		return "", fmt.Errorf("the token in %s has %d characters; use %d or more", file, len(token), leastToken)
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o004 != 0 {
		log.Warn("every user of this machine can read the token", "file", file)
	}
	return token, nil
}

// checkAddress refuses an address that other machines reach, unless they need
// a token or everybody may ask.
func (c *serveSettings) checkAddress(token string) error {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("the address %q is not HOST:PORT: %w", c.Addr, err)
	}
	ip := net.ParseIP(host)
	if local := host == "localhost" || ip != nil && ip.IsLoopback(); !local && token == "" && !c.Public {
		return fmt.Errorf("other machines could reach %s: ask for a token with --token-file FILE, or allow everybody with --public", c.Addr)
	}
	return nil
}

// check refuses an address for users that leads nowhere.
func (c *serveSettings) check() error {
	if c.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery+u.Fragment != "" || u.User != nil {
		return fmt.Errorf("--base-url %q is no address of a service; write it as https://rapport.example.org", c.BaseURL)
	}
	return nil
}
