package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/time/rate"
)

// listening serves a handler on a listener of its own.
func listening(t *testing.T, handler http.Handler, limits Limits) *listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server, turns := NewServer(handler, limits), NewListener(l).(*listener)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(turns) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != http.ErrServerClosed {
			t.Error(err)
		}
	})
	return turns
}

// client is a connection on which requests are written by hand.
type client struct {
	*testing.T
	net.Conn
	answers *bufio.Reader
}

func connect(t *testing.T, l net.Listener) *client {
	t.Helper()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &client{T: t, Conn: conn, answers: bufio.NewReader(conn)}
}

// send sends a request with a header and a body of so many bytes; what is
// refused meanwhile is no error.
func (c *client) send(header, body int) {
	_, _ = fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nX-Large: %s\r\n\r\n", body, strings.Repeat("x", header))
	_, _ = io.CopyN(c, strings.NewReader(strings.Repeat("x", body)), int64(body))
}

// hear returns the status of the next answer.
func (c *client) hear() int {
	c.Helper()
	resp, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		c.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		c.Fatal(err)
	}
	return resp.StatusCode
}

var answering = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, 1000)); err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	}
})

// TestRefusedClientsHearSo: also those that send on after what was too much.
func TestRefusedClientsHearSo(t *testing.T) {
	l := listening(t, answering, Limits{Header: 32 << 10})
	for _, c := range []struct{ header, body, want int }{
		{10, 10, 200}, {20 << 10, 10, 200}, {100 << 10, 0, 431}, {10, 500 << 10, 413},
	} {
		conn := connect(t, l)
		conn.send(c.header, c.body)
		if got := conn.hear(); got != c.want {
			t.Errorf("a header of %d and a body of %d bytes: %d, want %d", c.header, c.body, got, c.want)
		}
		if c.want == 200 { // the connection may be used again
			if conn.send(10, 10); conn.hear() != 200 {
				t.Error("the second request fails")
			}
		} else if _, err := conn.Read(make([]byte, 1)); err == nil {
			t.Error("the connection goes on")
		}
	}
}

// TestTooManyLargeHeadersAreRefused: others are answered all the same.
func TestTooManyLargeHeadersAreRefused(t *testing.T) {
	l := listening(t, answering, Limits{})
	l.large = rate.NewLimiter(0, 2)
	for i := range 4 {
		conn := connect(t, l)
		conn.send(largeHeader, 10)
		resp, err := http.ReadResponse(conn.answers, nil)
		switch {
		case i < 2 && (err != nil || resp.StatusCode != 200):
			t.Errorf("large header %d: %v, %v", i, resp, err)
		case i >= 2 && err == nil && resp.StatusCode != 503: // or the connection was reset
			t.Errorf("large header %d: answered %d", i, resp.StatusCode)
		}
		small := connect(t, l)
		for range 40 { // together more than a large one
			if small.send(1000, 10); small.hear() != 200 {
				t.Fatal("a small one is refused")
			}
		}
	}
}

// TestWaitingClientsHoldNobodyUp: connections without a request, and with half
// of one, do not count as busy.
func TestWaitingClientsHoldNobodyUp(t *testing.T) {
	l := listening(t, answering, Limits{})
	for range 5 * readingHeaders {
		connect(t, l)
		_, _ = io.WriteString(connect(t, l), "GET / HTTP/1.1\r\nHost: localh")
		c := connect(t, l)
		c.send(10, 10)
		if got := c.hear(); got != 200 {
			t.Fatalf("answered %d", got)
		}
	}
}
