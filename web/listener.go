package web

import (
	"io"
	"net"
	"net/http"
	"sync"
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
	// largeHeaders is how many large ones are read in a second. A page with a
	// question of 10,000 characters makes some ten of them.
	largeHeaders = 100
	// lingerBytes and lingerTime bound how much is read and dropped after an
	// answer that was given before the request was there whole.
	lingerBytes = 1 << 20
	lingerTime  = 500 * time.Millisecond
)

// tooManyLarge is said to a client whose large header is one too many.
const tooManyLarge = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n\r\nToo many large requests at once; try again in a second.\n"

// NewListener returns a listener for a server of NewServer that keeps clients
// who send faster than can be read from holding up the others.
//
// New connections are accepted only while few are busy with a header, so that
// those that have been accepted wait for the processor behind few others. The
// rest wait with the system. Large headers beyond largeHeaders a second are
// refused as soon as they turn out to be large. And where net/http waits half a
// second without reading, so that a client does not lose its answer to a reset
// (RFC 9112, section 9.6), what the client still sends is read and dropped, and
// the connection closed as soon as there is no more of it: else a thousand such
// clients fill what the system has for all connections.
func NewListener(l net.Listener) net.Listener {
	turns := &listener{Listener: l, large: rate.NewLimiter(largeHeaders, largeHeaders)}
	turns.fewer.L = &turns.mu
	return turns
}

type listener struct {
	net.Listener
	large *rate.Limiter
	mu    sync.Mutex
	busy  int       // connections that work on a header
	fewer sync.Cond // there are fewer of them
}

// Accept waits for its turn and for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	l.mu.Lock()
	for l.busy >= readingHeaders {
		l.fewer.Wait()
	}
	l.mu.Unlock()
	conn, err := l.Listener.Accept()
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return conn, err
	}
	c := &connection{TCPConn: tcp, listener: l, inHeader: true}
	c.setBusy(true) // until it reads for the first time
	return c, err
}

// connection is one that knows what it has read of a header. Like net/http it
// relies on one goroutine at a time using it.
type connection struct {
	*net.TCPConn
	listener *listener
	inHeader bool // what is read is part of a header
	header   int  // bytes of it
	busy     bool // it is counted in listener.busy
}

// Read reads, and gives up when a header is large and one too many.
func (c *connection) Read(p []byte) (int, error) {
	if !c.inHeader {
		return c.TCPConn.Read(p)
	}
	c.setBusy(false)
	n, err := c.TCPConn.Read(p)
	c.setBusy(true)
	before := c.header
	c.header += n
	if before <= largeHeader && c.header > largeHeader && !c.listener.large.Allow() {
		_, _ = io.WriteString(c.TCPConn, tooManyLarge) // whether it is heard or not
		_ = c.TCPConn.Close()
		return 0, net.ErrClosed
	}
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

func (c *connection) setBusy(busy bool) {
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
		c.inHeader, c.header = true, 0
	default: // the header was read, or never will be
		c.inHeader = false
		c.setBusy(false)
	}
}
