package indexer

import (
	"context"
	"fmt"

	"rapport/corpus"
)

// doubt warns of what is doubtful about an anchored fact beside its document.
func (w *factsWriter) doubt(f *corpus.Fact, line int) {
	var doc *corpus.Document
	if published, ok := w.anchors.published[f.Evidence.Document]; ok {
		doc = &corpus.Document{Published: published}
	}
	for _, finding := range corpus.CheckFactDocument(f, doc, w.run.x.Taxonomy) {
		w.run.warn((&corpus.FactError{File: w.file.name(), Line: line, Fact: f.ID, Message: finding.Message}).Error())
	}
}

// checkLinks warns of links between facts that lead nowhere or in a circle.
// They keep no fact out of the index: whether a link leads somewhere depends
// on other files, which come and go.
func (r *run) checkLinks(ctx context.Context) error {
	if r.x.Options.DryRun {
		return nil
	}
	var failed error
	exists := func(id string) bool {
		_, ok, err := r.x.Sink.FactEntry(ctx, id)
		if err != nil && failed == nil {
			failed = fmt.Errorf("looking up the fact %q in the index: %w", id, err)
		}
		return ok
	}
	for _, e := range r.links.Errors(exists) {
		r.warn(e.Error())
	}
	return failed
}
