package web

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/time/rate"
)

const (
	// readingHeaders is how many connections may be busy with the header of a
	// request before no more are accepted. Those that wait for more of it to
	// come are not busy.
	readingHeaders = 4
	// largeHeader is from how many bytes on a header is large: several times
	// what browsers send with a question of usual length.
	largeHeader = 16 << 10
	// largeHeaders is how many large ones are read in a second, largeAtOnce how
	// many of them at once. A page with a question of 10,000 characters makes
	// some ten of them.
	largeHeaders = 100
	largeAtOnce  = 30
	// beginning is how many bytes of a header are looked at before it is read.
	beginning = 512
	// reasons is how many refused clients hear why in a second. An answer takes
	// as long as all the rest of a refusal, and a flood does not read them.
	reasons = 200
	// lingerBytes and lingerTime bound how much is read and dropped after an
	// answer that was given before the request was there whole.
	lingerBytes = 1 << 20
	lingerTime  = 500 * time.Millisecond
	// segment is how much is in a segment of TCP at most, in bytes: what fits
	// a packet of Ethernet and IPv6. The system of a client gathers a number of
	// segments before it makes the client wait. From a client on the server's own
	// machine a segment has 64 kB otherwise, and who sends 1 MB does not wait at
	// all, not even for somebody to accept the connection.
	segment = 1440
)

// What is said to clients whose request is not read.
const (
	notHTTP = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\n\r\nThis is no request of HTTP; ask with http://, not https://.\n"
	tooManyLarge = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\n\r\nToo many large requests at once; try again in a second.\n"
)

// Listener accepts connections for a server of NewServer, and keeps clients who
// send faster than can be read from holding up the others.
//
// What has come with a connection is looked at before it is served: what is no
// HTTP, and large headers beyond largeHeaders a second, are refused there and
// then, by the one goroutine that accepts. So the processors stay free for those
// who are connected, and those who connect wait behind what takes the least time.
//
// Of the others only as many are accepted as can be busy with a header, one of
// them with a large one, so that those that have been accepted wait for the
// processor behind few others. The rest wait with the system. And where net/http
// waits half a second without reading, so that a client does not lose its answer
// to a reset (RFC 9112, section 9.6), what the client still sends is read and
// dropped, and the connection closed as soon as there is no more of it: else a
// thousand such clients fill what the system has for all connections. A client
// that stops taking its answer loses it after the time of Limits.Stall.
type Listener struct {
	net.Listener
	stall   time.Duration
	large   *rate.Limiter // of headers
	turn    sync.Mutex    // of the connection that works on a large one
	reasons *rate.Limiter
	refused atomic.Int64
	begun   []byte // what has come with the connection that is looked at
	mu      sync.Mutex
	busy    int       // connections that work on a header
	fewer   sync.Cond // there are fewer of them
}

// Listen listens on an address of TCP, host:port. The system does not probe
// whether clients are still there, since there is a limit to every wait for one.
func Listen(ctx context.Context, addr string, limits Limits) (*Listener, error) {
	inner, err := (&net.ListenConfig{KeepAlive: -1, Control: limitSegments}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	l := &Listener{
		Listener: inner,
		stall:    limits.WithDefaults().Stall,
		large:    rate.NewLimiter(largeHeaders, largeAtOnce),
		reasons:  rate.NewLimiter(reasons, reasons),
		begun:    make([]byte, largeHeader+1),
	}
	l.fewer.L = &l.mu
	return l, nil
}

// limitSegments tells the system of the size of segments. One that does not
// take it before there is a connection has none so large either.
func limitSegments(_, _ string, socket syscall.RawConn) error {
	return socket.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, segment)
	})
}

// Refused returns how many connections were closed before a request was read.
func (l *Listener) Refused() int64 { return l.refused.Load() }

// Accept waits for its turn and for the next connection that is not refused. It
// is for one goroutine at a time.
func (l *Listener) Accept() (net.Conn, error) {
	l.mu.Lock()
	for l.busy >= readingHeaders {
		l.fewer.Wait()
	}
	l.mu.Unlock()
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &connection{TCPConn: conn.(*net.TCPConn), listener: l, inHeader: true}
		if reason := c.refusal(c.peek(l.begun)); reason != "" {
			c.refuse(reason, l.begun)
			continue
		}
		c.setBusy(true) // until it reads for the first time
		return c, nil
	}
}

// neverInHeader reports whether a character is one of control that no header has
// (RFC 9110, section 5.5); net/http would refuse it too.
func neverInHeader(r rune) bool {
	return r < ' ' && r != '\r' && r != '\n' && r != '\t' || r == 0x7f
}

// connection is one that knows what it has read of a header. Like net/http it
// relies on one goroutine at a time using it.
type connection struct {
	*net.TCPConn
	listener *Listener
	inHeader bool      // what is read is part of a header
	header   int       // bytes of it
	large    bool      // it is large and may be
	turn     bool      // it has the turn of large ones
	busy     bool      // it is counted in listener.busy
	answerBy time.Time // until when an answer must be written; zero for no limit
}

// refusal returns why a request that begins so is not read, or nothing.
func (c *connection) refusal(begun []byte) string {
	header, _, _ := bytes.Cut(begun, []byte("\r\n\r\n"))
	switch {
	case bytes.ContainsFunc(header[:min(len(header), beginning)], neverInHeader):
		return notHTTP
	case len(header) > largeHeader && !c.mayBeLarge():
		return tooManyLarge
	}
	return ""
}

// mayBeLarge reports whether the header is one of the large ones that are read.
func (c *connection) mayBeLarge() bool {
	c.large = c.large || c.listener.large.Allow()
	return c.large
}

// peek returns what has come, as much of it as the buffer holds, and leaves it
// to be read.
func (c *connection) peek(buffer []byte) []byte {
	return c.receive(buffer, syscall.MSG_PEEK)
}

// receive returns what has come without waiting for more.
func (c *connection) receive(buffer []byte, flags int) []byte {
	raw, err := c.SyscallConn()
	if err != nil {
		return nil
	}
	n := 0
	if err := raw.Control(func(fd uintptr) {
		n, _, _ = syscall.Recvfrom(int(fd), buffer, flags|syscall.MSG_DONTWAIT)
	}); err != nil {
		return nil
	}
	return buffer[:max(n, 0)] // what fails here fails again when the connection is used
}

// refuse closes the connection. It says why when not too many are told; clients
// that have sent no more than the buffer holds hear it.
func (c *connection) refuse(reason string, buffer []byte) {
	c.listener.refused.Add(1)
	if c.listener.reasons.Allow() {
		c.receive(buffer, 0) // closing with something unread resets the connection
		_, _ = io.WriteString(c.TCPConn, reason)
	}
	_ = c.TCPConn.Close()
}

// Read reads, and gives up when a header is large and one too many.
func (c *connection) Read(p []byte) (int, error) {
	if !c.inHeader {
		return c.TCPConn.Read(p)
	}
	c.setBusy(false)
	n, err := c.TCPConn.Read(p)
	c.header += n
	if c.header > largeHeader {
		if !c.mayBeLarge() {
			c.refuse(tooManyLarge, p)
			return 0, net.ErrClosed
		}
		c.listener.turn.Lock()
		c.turn = true
	}
	c.setBusy(true)
	return n, err
}

// CloseWrite is what net/http calls when it has answered before the request was
// there.
func (c *connection) CloseWrite() error {
	if err := c.TCPConn.CloseWrite(); err != nil {
		return err
	}
	if err := c.SetReadDeadline(time.Now().Add(lingerTime)); err != nil {
		return err
	}
	_, _ = io.CopyN(io.Discard, c.TCPConn, lingerBytes) // it ends as it may
	return c.TCPConn.Close()
}

// setBusy says whether the connection works on a header. One that does not
// leaves the turn of large headers to others.
func (c *connection) setBusy(busy bool) {
	if c.turn && !busy {
		c.turn = false
		c.listener.turn.Unlock()
	}
	if c.busy == busy {
		return
	}
	c.busy = busy
	c.listener.mu.Lock()
	defer c.listener.mu.Unlock()
	if busy {
		c.listener.busy++
		return
	}
	c.listener.busy--
	c.listener.fewer.Signal()
}

// followHeaders tells a connection where headers begin and end.
func followHeaders(conn net.Conn, state http.ConnState) {
	c, ok := conn.(*connection)
	if !ok {
		return
	}
	switch state {
	case http.StateNew:
	case http.StateIdle:
		c.inHeader, c.header, c.large = true, 0, false
	default: // the header was read, or never will be
		c.inHeader = false
		c.setBusy(false)
	}
}
