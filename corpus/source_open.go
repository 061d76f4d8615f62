package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf8"
)

// DefaultMaxLine is how many bytes a line of a JSON Lines file may have, and
// a record with it, unless WithMaxLine says otherwise.
const DefaultMaxLine = 64 << 20

// StdinList is the argument that means a list of paths on standard input, one
// per line.
const StdinList = "-"

// sourceOptions are what SourceOptions set.
type sourceOptions struct {
	input   io.Reader
	maxLine int
}

// SourceOption changes how OpenSource reads.
type SourceOption func(*sourceOptions)

// WithInput makes StdinList read its paths from r instead of standard input.
func WithInput(r io.Reader) SourceOption {
	return func(o *sourceOptions) { o.input = r }
}

// WithMaxLine limits the lines of JSON Lines files to n bytes.
func WithMaxLine(n int) SourceOption {
	return func(o *sourceOptions) { o.maxLine = n }
}

// OpenSource returns the source that a command line argument names: a folder,
// a file, or StdinList for a list of paths. It fails when nothing is there, so
// that a misspelt name or a disk that is not mounted is seen before anything
// is done about it.
//
// A folder is read with all its folders, in the order of names, except what
// ignore files name (see IgnoreFile) and what is hidden, which is what has a
// name that begins with a dot. Links to files of the same folder are read;
// links to folders, and links that lead out of the folder, are not. A JSON
// Lines file (.jsonl or .ndjson, also with .gz) stands for its lines, wherever
// it is found: one item each, "file.jsonl!17" for line 17.
func OpenSource(arg string, opts ...SourceOption) (Source, error) {
	o := sourceOptions{input: os.Stdin, maxLine: DefaultMaxLine}
	for _, opt := range opts {
		opt(&o)
	}
	if arg == StdinList {
		return &listSource{options: o}, nil
	}
	full, err := filepath.Abs(arg)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", arg, err)
	}
	info, err := os.Stat(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("source %s: %w: check the path, or use forget to remove what was read from it", arg, fs.ErrNotExist)
	case err != nil:
		return nil, fmt.Errorf("source %s: %w", arg, err)
	case info.IsDir():
		return &folderSource{root: full, name: escapePath(filepath.Base(full)), options: o}, nil
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("source %s: neither a folder nor a regular file", arg)
	}
	return &fileSource{file: full, options: o}, nil
}

// fileSource is a single file.
type fileSource struct {
	file    string
	options sourceOptions
}

// Name returns the base name of the file.
func (s *fileSource) Name() string { return escapePath(filepath.Base(s.file)) }

// Place returns the file, an absolute path on this machine.
func (s *fileSource) Place() string { return s.file }

// Complete reports whether the file stands for its lines, of which the source
// then yields all. A file that is a document only adds and updates.
func (s *fileSource) Complete() bool { return IsLinesFile(s.file) }

// Items yields the file, or its lines.
func (s *fileSource) Items(ctx context.Context) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		info, err := os.Stat(s.file)
		if err != nil {
			yield(Item{}, fmt.Errorf("source %s: %w", s.Name(), err))
			return
		}
		item := Item{Source: s.Name(), Path: s.Name(), Size: info.Size(), File: s.file,
			Open: func() (io.ReadCloser, error) { return OpenRegular(s.file) }}
		yieldFile(ctx, item, s.options.maxLine, yield)
	}
}

// OpenRegular opens a file of a source and refuses all that is not a regular one, without
// waiting for the other end of a pipe.
func OpenRegular(name string) (io.ReadCloser, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return onlyRegular(f)
}

// onlyRegular returns f when it is a regular file and closes it otherwise.
func onlyRegular(f *os.File) (io.ReadCloser, error) {
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

var errNotRegular = errors.New("not a regular file")

// escapePath makes a name of the file system safe to print and to store: the
// bytes that are not UTF-8, control characters and the backslash itself are
// written as \xNN, so that two names never become the same.
func escapePath(name string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, isEscaped) {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		size := len(string(r))
		switch {
		case r == '\uFFFD' && !strings.HasPrefix(name[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, name[i])
		case isEscaped(r):
			for _, c := range []byte(name[i : i+size]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		default:
			b.WriteString(name[i : i+size])
		}
	}
	return b.String()
}

func isEscaped(r rune) bool {
	return r < ' ' || r == 0x7f || r == '\\' || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029'
}
