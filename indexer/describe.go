package indexer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"runtime/debug"

	"rapport/corpus"
)

// describe tags a document and finds its facts. It returns doubts about what
// the document declares.
func (x *Indexer) describe(rec *corpus.Record, at place) (warnings []string) {
	doc := rec.Document
	doc.Tags = corpus.Tags{}
	if x.Taxonomy != nil {
		partners, topics := x.Taxonomy.Unknown(doc.Declared)
		for _, p := range partners {
			warnings = append(warnings, fmt.Sprintf("%s: declares the partner %q, which the taxonomy does not know", at, shorten(p)))
		}
		for _, t := range topics {
			warnings = append(warnings, fmt.Sprintf("%s: declares the topic %q, which the taxonomy does not know", at, shorten(t)))
		}
	}
	if x.Tag != nil {
		doc.Tags = x.Tag(doc)
	}
	rec.Facts = nil
	if x.FindFacts != nil {
		facts, more := x.FindFacts(doc)
		rec.Facts = facts
		if more > 0 {
			warnings = append(warnings, fmt.Sprintf("%s: states %d more facts than the %d that are kept of a document", at, more, len(facts)))
		}
	}
	return warnings
}

// documents calls Extract and contains its panics.
func (x *Indexer) documents(ctx context.Context, item corpus.Item, data []byte) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		inside := false // the panic, if any, is not Extract's
		defer func() {
			if inside {
				return
			}
			if p := recover(); p != nil {
				at := bytes.TrimSpace(debug.Stack())
				yield(nil, fmt.Errorf("the reader failed: %v; please report this with\n%.2000s", p, at))
			}
		}()
		for doc, err := range x.Extract(ctx, item, data) {
			if err == nil && doc == nil {
				err = errors.New("the reader returned no document")
			}
			inside = true
			more := yield(doc, err)
			inside = false
			if !more {
				return
			}
		}
	}
}

// maxID is how long a declared ID may be, in bytes.
const maxID = 200

var safeID = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

// validID reports whether an ID can stand in an address as it is.
func validID(id corpus.ID) bool {
	return len(id) <= maxID && safeID.MatchString(string(id)) && id != "." && id != ".."
}
