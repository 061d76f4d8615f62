package web

import (
	"errors"
	"io"
	"os"
	"time"
)

// stallTries is how often it is tried to write during the time that a client may
// stall.
const stallTries = 4

// Write writes for as long as the client takes something of what it is sent,
// however slowly, and until the deadline for the whole answer. A client that
// takes nothing for the time of Limits.Stall makes it fail, so that what makes
// the answer ends and its turn is free.
//
// It tries again several times meanwhile: a system wakes who waits to write only
// when a good part of its buffer is free, which with a slow client takes minutes,
// and takes something as soon as the client has.
func (c *connection) Write(p []byte) (int, error) {
	written, last := 0, time.Now()
	for {
		end := time.Now().Add(c.listener.stall / stallTries)
		final := !c.answerBy.IsZero() && c.answerBy.Before(end)
		if final {
			end = c.answerBy
		}
		if err := c.TCPConn.SetWriteDeadline(end); err != nil {
			return written, err
		}
		n, err := c.TCPConn.Write(p[written:])
		written += n
		if err == nil || final || !errors.Is(err, os.ErrDeadlineExceeded) {
			return written, err
		}
		if n > 0 {
			last = time.Now()
		}
		if time.Since(last) >= c.listener.stall {
			return written, err
		}
	}
}

// ReadFrom keeps io.Copy from passing by Write.
func (c *connection) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{c}, r)
}

// SetWriteDeadline sets until when an answer must be written.
func (c *connection) SetWriteDeadline(t time.Time) error {
	c.answerBy = t
	return c.TCPConn.SetWriteDeadline(t)
}

// SetDeadline sets until when a request must be read and its answer written.
func (c *connection) SetDeadline(t time.Time) error {
	c.answerBy = t
	return c.TCPConn.SetDeadline(t)
}
