package main

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// pipe connects an HTTP client to a handler of the same process without a
// socket, so that a verb asks the same questions of the same routes whether
// a server runs or not.
type pipe struct {
	conns chan net.Conn
	done  chan struct{}
	close sync.Once
}

// newPipe serves the handler until Close.
func newPipe(h http.Handler) *pipe {
	p := &pipe{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: h}
	go func() {
		// Serve ends with the error of Accept once the pipe is closed.
		_ = server.Serve(p)
		_ = server.Close()
	}()
	return p
}

// Transport returns a transport whose connections all lead to the handler.
func (p *pipe) Transport() *http.Transport {
	return &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		client, server := net.Pipe()
		select {
		case p.conns <- server:
			return client, nil
		case <-p.done:
			return nil, net.ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
}

// Accept implements net.Listener.
func (p *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *pipe) Close() error {
	p.close.Do(func() { close(p.done) })
	return nil
}

// Addr implements net.Listener.
func (p *pipe) Addr() net.Addr { return &net.UnixAddr{Name: "rapport", Net: "pipe"} }
