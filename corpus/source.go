package corpus

import (
	"context"
	"io"
	"iter"
)

// Source yields the files of one place: a folder, a single file, a list of
// paths, a JSON Lines file.
type Source interface {
	// Name identifies the source in an index. It does not depend on the
	// machine: for a folder it is the folder's base name.
	Name() string
	// Items yields every item of the source, and every path that cannot be an
	// item with the reason as a *SkipError. Another error ends the source as
	// unreadable: nothing may be deleted on its account.
	Items(ctx context.Context) iter.Seq2[Item, error]
	// Complete reports whether Items yields all that the source holds, so
	// that what it does not yield is gone. A list of paths is not complete.
	Complete() bool
}

// Item is one file of a source.
type Item struct {
	Source string // name of the source that the path is relative to
	Path   string // relative to the source's root, with forward slashes
	Size   int64  // bytes, -1 when not known beforehand
	// File is the path on this machine, for messages and worker processes.
	File string
	// Format names the format when the source knows it, as for a line of a
	// JSON Lines file ("jsonl"); it is empty when content and name decide.
	Format string
	// Gone reports that the path was named by a list and does not exist.
	Gone bool
	// Open opens the content. It is nil when Gone.
	Open func() (io.ReadCloser, error)
}

// SkipError is a reason for leaving a path out.
type SkipError struct {
	Source, Path string
	Reason       SkipReason
	Err          error // detail, may be nil
}

// Error returns path, reason and detail.
func (e *SkipError) Error() string {
	msg := e.Path + ": " + string(e.Reason)
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	return msg
}

// Unwrap returns the detail.
func (e *SkipError) Unwrap() error { return e.Err }

// EscapePath writes a path of the file system, with forward slashes, the way
// Item.Path and Source.Name do: bytes that are not UTF-8, control characters
// and backslashes as \xNN.
func EscapePath(name string) string { return escapePath(name) }
