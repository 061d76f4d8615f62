package indexer

import (
	"context"
	"errors"
	"iter"
	"strings"

	"rapport/corpus"
)

// Place implements placed.
func (h hiding) Place() string { return placeOf(h.Source) }

// Items yields the hidden folder as a path that cannot be read.
func (h hiding) Items(ctx context.Context) iter.Seq2[corpus.Item, error] {
	return func(yield func(corpus.Item, error) bool) {
		if !yield(corpus.Item{}, &corpus.SkipError{Source: h.Name(), Path: h.folder, Reason: corpus.SkipUnreadable, Err: errors.New("permission denied")}) {
			return
		}
		for item, err := range h.Source.Items(ctx) {
			if strings.HasPrefix(item.Path, h.folder+"/") {
				continue
			}
			if !yield(item, err) {
				return
			}
		}
	}
}
