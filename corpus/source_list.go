package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// maxListLine is how many bytes a path in a list may have.
const maxListLine = 1 << 20

// listSource is a list of paths, one per line.
type listSource struct {
	options sourceOptions
}

// Name returns "list".
func (s *listSource) Name() string { return "list" }

// Complete returns false: what a list does not name may still be there.
func (s *listSource) Complete() bool { return false }

// Items yields the files that the list names, with paths as they are named:
// relative to the working folder, or absolute. A path that does not exist is
// an item with Gone. The list is read while it is walked, and once.
func (s *listSource) Items(ctx context.Context) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		lines := bufio.NewReader(s.options.input)
		for {
			if err := ctx.Err(); err != nil {
				yield(Item{}, err)
				return
			}
			line, tooLong, err := boundedLine(lines, maxListLine)
			name := strings.TrimRight(string(line), "\r")
			switch {
			case tooLong:
				if !yield(Item{}, s.named(name[:80]).skip(SkipUnreadable, fmt.Errorf("a path longer than %d bytes", maxListLine))) {
					return
				}
			case name != "":
				if !s.path(ctx, name, yield) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Item{}, fmt.Errorf("list of paths: %w", err))
				return
			}
		}
	}
}

// named returns the item for a path of the list.
func (s *listSource) named(name string) Item {
	clean := filepath.Clean(name)
	return Item{Source: s.Name(), Path: escapePath(filepath.ToSlash(clean)), Size: -1, File: clean}
}

// path yields the file that a line of the list names.
func (s *listSource) path(ctx context.Context, name string, yield func(Item, error) bool) bool {
	item := s.named(name)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		item.Gone = true
		return yield(item, nil)
	case err != nil:
		return yield(Item{}, item.skip(SkipUnreadable, err))
	case info.IsDir():
		return yield(Item{}, item.skip(SkipUnsupported, errors.New("a folder: name it as a source of its own")))
	case !info.Mode().IsRegular():
		return yield(Item{}, item.skip(SkipUnsupported, errNotRegular))
	}
	item.Size = info.Size()
	item.Open = func() (io.ReadCloser, error) { return OpenRegular(item.File) }
	return yieldFile(ctx, item, s.options.maxLine, yield)
}
