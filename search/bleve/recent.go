package bleve

import (
	"sync"

	"rapport/corpus"
)

// The documents that a view remembers: enough for a page of results, which
// reads each of its documents for the hit, for its text and for its matches.
const (
	recentDocuments = 64
	recentBytes     = 32 << 20 // of bodies: ten long ones
)

// recent remembers documents that were read lately, with their bodies. What it
// holds is never changed.
type recent struct {
	mu    sync.Mutex
	known map[corpus.ID]*corpus.Document
	order []corpus.ID // oldest first
	bytes int
}

func (c *recent) get(id corpus.ID) (corpus.Document, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d := c.known[id]; d != nil {
		return *d, true
	}
	return corpus.Document{}, false
}

func (c *recent) put(d corpus.Document) {
	if len(d.Body) > recentBytes {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = make(map[corpus.ID]*corpus.Document, recentDocuments)
	}
	if c.known[d.ID] != nil {
		return
	}
	c.known[d.ID], c.order, c.bytes = &d, append(c.order, d.ID), c.bytes+len(d.Body)
	for len(c.order) > recentDocuments || c.bytes > recentBytes {
		oldest := c.order[0]
		c.bytes -= len(c.known[oldest].Body)
		c.order = append(c.order[:0], c.order[1:]...)
		delete(c.known, oldest)
	}
}

// document returns the document of a record with its body.
func (v *view) document(s *segment, record uint32, id corpus.ID) (*corpus.Document, error) {
	if d, ok := v.recent.get(id); ok {
		return &d, nil
	}
	return v.read(s, record)
}

// read reads a document with its body and remembers it.
func (v *view) read(s *segment, record uint32) (*corpus.Document, error) {
	d, err := s.document(record, wholeBody)
	if err != nil {
		return nil, err
	}
	v.recent.put(*d)
	return d, nil
}
