package extract

import (
	"bytes"
	"io"
	"mime/multipart"
	"slices"
)

// partReader reads the parts of a multipart body. Unlike multipart.Reader it
// tells a body that ends from one that is cut off, be it in the header of a
// part.
type partReader struct {
	parts *multipart.Reader
	body  *closingReader
}

func newPartReader(body io.Reader, boundary string) partReader {
	c := &closingReader{from: body, mark: []byte("--" + boundary + "--")}
	return partReader{multipart.NewReader(c, boundary), c}
}

// next returns the next part, io.EOF after the last boundary, and
// io.ErrUnexpectedEOF when that is missing.
func (r partReader) next() (*multipart.Part, error) {
	p, err := r.parts.NextRawPart()
	if err == io.EOF && !r.body.closed {
		err = io.ErrUnexpectedEOF
	}
	return p, err
}

// closingReader notes whether it has read a mark.
type closingReader struct {
	from   io.Reader
	mark   []byte
	tail   []byte // the bytes before, fewer than a mark has
	closed bool
}

// Read reads bytes and looks for the mark in them.
func (c *closingReader) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if !c.closed {
		window := slices.Concat(c.tail, p[:n])
		c.closed = bytes.Contains(window, c.mark)
		c.tail = window[max(0, len(window)-len(c.mark)+1):]
	}
	return n, err
}
