package bleve

import (
	"errors"
	"fmt"
	"runtime/debug"

	"rapport/search"
)

// guard runs f and turns a panic into an error that wraps search.ErrDamaged.
// Segments are read without a check of every offset, so a damaged file makes
// the reader index out of range, or touch a page that is no longer there.
// The second is a fault, which only panics when the goroutine asks for it.
func guard(what string, f func() error) (err error) {
	before := debug.SetPanicOnFault(true)
	defer func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %w: %v; restore a backup, or index the sources again with --rebuild", what, search.ErrDamaged, r)
		}
	}()
	return f()
}

// damaged wraps an error that the storage engine returned on reading.
func damaged(what string, err error) error {
	if err == nil || errors.Is(err, search.ErrDamaged) {
		return err
	}
	return fmt.Errorf("%s: %w: %w", what, search.ErrDamaged, err)
}
