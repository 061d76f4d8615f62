package extract

import (
	"context"
	"errors"
	"fmt"

	"rapport/corpus"
)

// maxChunkDepth is how deep documents may be in each other as text.
const maxChunkDepth = 3

// chunkReader reads the files that a text document shows as a part of its text:
// pages, plain text, rich text or other text documents (ECMA-376, 17.17.2.1).
type chunkReader struct {
	p       *officePackage
	targets *relations
	options Options
	broken  *faults
	limit   error // what ends the reading of the document
}

// write writes the text of the file with a relationship id.
func (c *chunkReader) write(w *bodyWriter, id string) {
	if c.limit != nil {
		return
	}
	part := c.targets.byID[id]
	body, err := c.read(part)
	w.need(paragraphGap)
	w.lines(body)
	w.need(paragraphGap)
	c.limit = c.broken.note(part, err)
	if int64(w.b.Len()) > c.options.MaxText {
		c.limit = faultf(corpus.SkipTooLarge, "more than %d bytes of text", c.options.MaxText)
	}
}

// read returns the text of a file, and what is wrong with it.
func (c *chunkReader) read(part string) (string, error) {
	if !c.p.has(part) {
		return "", errMissing
	}
	data, err := c.p.read(part)
	if err != nil {
		return "", err
	}
	o := Options{MaxBytes: c.options.MaxBytes, MaxText: c.options.MaxText, Timeout: c.options.Timeout, chunkDepth: c.options.chunkDepth + 1}
	if o.chunkDepth > maxChunkDepth {
		return "", fmt.Errorf("text documents are nested deeper than %d", maxChunkDepth)
	}
	body := ""
	for doc, err := range Documents(context.Background(), File{Path: part, Data: data}, o) {
		var skip *corpus.SkipError
		switch {
		case doc != nil && body == "":
			body = doc.Body
		case errors.As(err, &skip) && skip.Reason == corpus.SkipTooLarge:
			return body, fault{skip.Reason, skip.Err}
		case errors.As(err, &skip) && skip.Reason != corpus.SkipNoText && skip.Reason != corpus.SkipEmpty:
			return body, errors.New(reasonText(skip))
		}
	}
	return body, nil
}

// reasonText returns why a file cannot be read, without its path.
func reasonText(s *corpus.SkipError) string {
	if s.Err == nil {
		return string(s.Reason)
	}
	return string(s.Reason) + ": " + s.Err.Error()
}
