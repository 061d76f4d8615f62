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
func listening(t *testing.T, handler http.Handler, limits Limits) *Listener {
	t.Helper()
	l := listen(t)
	l.stall = limits.WithDefaults().Stall
	serve(t, l, handler, limits)
	return l
}

// listen listens; what connects is not yet served.
func listen(t *testing.T) *Listener {
	t.Helper()
	l, err := Listen(t.Context(), "127.0.0.1:0", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func serve(t *testing.T, l *Listener, handler http.Handler, limits Limits) {
	t.Helper()
	server := NewServer(handler, limits)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != http.ErrServerClosed {
			t.Error(err)
		}
	})
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

// write sends what it is told.
func (c *client) write(request string) *client {
	c.Helper()
	if _, err := io.WriteString(c, request); err != nil {
		c.Fatal(err)
	}
	return c
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
	l := listen(t)
	l.large = rate.NewLimiter(0, 2)
	serve(t, l, answering, Limits{})
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

// TestWhatIsNoHTTPIsRefused before it is accepted, or by net/http when it comes
// late, with the same status.
func TestWhatIsNoHTTPIsRefused(t *testing.T) {
	const ends = " HTTP/1.1\r\nHost: localhost\r\n"
	l := listen(t)
	var refused, answered, unheard []*client
	for _, request := range []string{
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"GET /\x00" + ends + "\r\n",
		"GET /" + ends + "X-Bell: \a\r\n\r\n",
		"GET /" + ends + "X-Gone: \x7f",
	} {
		refused = append(refused, connect(t, l).write(request))
	}
	for _, request := range []string{
		"GET /?q=caf\u00e9" + ends + "\r\n",
		"GET /" + ends + "X-Tab: a\tb\r\n\r\n",
		"POST /" + ends + "Content-Length: 4\r\n\r\n\x00\x01\x02\x03",
	} {
		answered = append(answered, connect(t, l).write(request))
	}
	l.reasons = rate.NewLimiter(0, len(refused))
	for range 3 {
		unheard = append(unheard, connect(t, l).write("\x00"))
	}
	serve(t, l, answering, Limits{}) // all of them are there
	late := connect(t, l)
	late.write("GET /")
	if connect(t, l).write("GET /"+ends+"\r\n").hear() != 200 { // by now the late one has been accepted
		t.Error("a request is refused")
	}
	late.write("\x00" + ends + "\r\n")
	for i, c := range append(refused, late) {
		if got := c.hear(); got != 400 {
			t.Errorf("what is no HTTP, %d: %d, want 400", i, got)
		}
	}
	for i, c := range answered {
		if got := c.hear(); got != 200 {
			t.Errorf("request %d: %d, want 200", i, got)
		}
	}
	for _, c := range unheard {
		if _, err := c.Read(make([]byte, 1)); err == nil {
			t.Error("more are told why than should be")
		}
	}
	if got, want := l.Refused(), int64(len(refused)+len(unheard)); got != want {
		t.Errorf("%d refused, want %d", got, want)
	}
}

// TestLargeHeadersTakeTurns: one that has come in part leaves its turn to the
// others.
func TestLargeHeadersTakeTurns(t *testing.T) {
	l := listening(t, answering, Limits{})
	var halves []*client
	for range largeAtOnce / 2 {
		halves = append(halves, connect(t, l).write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: "+strings.Repeat("x", 2*largeHeader)))
		whole := connect(t, l)
		if whole.send(2*largeHeader, 10); whole.hear() != 200 {
			t.Fatal("a large one is refused")
		}
	}
	for _, c := range halves {
		if got := c.write(strings.Repeat("x", largeHeader) + "\r\n\r\n").hear(); got != 200 {
			t.Errorf("the other half: %d, want 200", got)
		}
	}
}
