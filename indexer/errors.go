package indexer

import (
	"errors"
	"fmt"
	"strings"
)

// Errors of a run, wrapped with what they concern.
var (
	// ErrInterrupted means that the run was stopped. What was applied stays;
	// the same run again goes on from there.
	ErrInterrupted = errors.New("interrupted: what was read so far is in the index; run the same command again to go on")
	// ErrNameTaken means that two different places have sources of one name.
	ErrNameTaken = errors.New("the name of the source is taken")
	// ErrUnknownSource means that no source of that name is in the index.
	ErrUnknownSource = errors.New("no such source")
)

// GoneError means that so much of a source is gone that nothing was deleted:
// a disk may not be mounted.
type GoneError struct {
	Source string
	Gone   int // files that are no longer there
	Of     int // files that the index has from the source
}

// Error says what is gone and what to do.
func (e *GoneError) Error() string {
	if e.Gone == e.Of {
		return fmt.Sprintf("source %s: nothing of the %d files that the index has from it is there; nothing was deleted: "+
			"check that the disk is mounted, or use --force to delete them", e.Source, e.Of)
	}
	return fmt.Sprintf("source %s: %d of the %d files that the index has from it are gone; nothing was deleted: "+
		"check the source, or use --force to delete them", e.Source, e.Gone, e.Of)
}

// SourceError means that a source could not be read to its end. Nothing was
// deleted on its account.
type SourceError struct {
	Source string
	Err    error
}

// Error says which source, and what is wrong with it.
func (e *SourceError) Error() string {
	msg := e.Err.Error()
	if !strings.Contains(msg, e.Source) {
		msg = "source " + e.Source + ": " + msg
	}
	return msg + "; nothing was deleted on its account"
}

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }
