package indexer

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rapport/corpus"
)

// Forget removes a source: the documents and facts that only it holds are
// deleted, the others lose its claim. It returns ErrUnknownSource when the
// index has nothing from such a source.
func (x *Indexer) Forget(ctx context.Context, source string) (corpus.Report, error) {
	r, err := x.newRun(nil)
	if err != nil {
		return r.report, err
	}
	r.report.Sources = []string{source}
	err = r.frame(ctx, func() error { return r.forget(ctx, source) })
	return r.finish(), err
}

func (r *run) forget(ctx context.Context, source string) error {
	_, known := r.ledger.Sources[source]
	used := false
	for _, f := range r.files.inOrder() {
		if len(f.entries) > 0 && f.claims.has(source) {
			known = true
			f.note().dropped = r.files.names([]string{source})
			if len(f.wanted()) == 0 {
				r.remove(f)
				continue
			}
		}
		used = used || len(f.entries) > 0 && f.place.source == source
	}
	if !known {
		return fmt.Errorf("%w: %q; there is %s", ErrUnknownSource, source, cmp.Or(strings.Join(r.ledger.names(), ", "), "none"))
	}
	if err := r.deleteGone(ctx); err != nil {
		return err
	}
	if err := r.deleteGoneFacts(ctx); err != nil {
		return err
	}
	if err := r.settleClaims(ctx); err != nil {
		return err
	}
	if err := r.anchorAgain(ctx); err != nil {
		return err
	}
	if err := r.batch.flush(ctx); err != nil {
		return err
	}
	r.ledger.forget(source, used)
	return nil
}
