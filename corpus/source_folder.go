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
	"syscall"
)

// folderSource is a folder and all that is in it.
type folderSource struct {
	root    string // absolute
	name    string
	options sourceOptions
}

// Name returns the base name of the folder.
func (s *folderSource) Name() string { return s.name }

// Place returns the folder, an absolute path on this machine.
func (s *folderSource) Place() string { return s.root }

// Complete returns true: what is not in the folder is gone.
func (s *folderSource) Complete() bool { return true }

// Items walks the folder. The memory that it takes depends on the number of
// names in one folder alone.
func (s *folderSource) Items(ctx context.Context) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		root, err := os.OpenRoot(s.root)
		if err != nil {
			yield(Item{}, fmt.Errorf("source %s: %w", s.Name(), err))
			return
		}
		defer root.Close()
		w := walk{ctx: ctx, root: root, source: s, yield: yield}
		entries, rules, err := w.read(".", nil)
		if err != nil {
			yield(Item{}, fmt.Errorf("source %s: %w", s.Name(), err))
			return
		}
		w.folder(".", entries, rules, 0)
	}
}

// item returns the item for the file at rel, a clean path below the root in the
// notation of this machine.
func (s *folderSource) item(rel string, size int64) Item {
	file := filepath.Join(s.root, rel)
	rel = file[len(file)-len(rel):] // many items wait to be read: their names share memory
	return Item{
		Source: s.name, Path: escapePath(filepath.ToSlash(rel)), Size: size, File: file,
		Open: func() (io.ReadCloser, error) { return s.open(rel) },
	}
}

// open opens the file at rel and fails when a link leads out of the folder,
// even one that was made since the walk.
func (s *folderSource) open(rel string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(s.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.OpenFile(rel, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return onlyRegular(f)
}

// link decides about the symbolic link at rel: an item when it leads to a
// file of the folder, else the reason to leave it out.
func (s *folderSource) link(root *os.Root, rel string) (Item, *SkipError) {
	item := s.item(rel, -1)
	info, err := root.Stat(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return item, item.skip(SkipSymlink, errors.New("leads to nothing"))
	case err != nil:
		return item, item.skip(SkipSymlink, errors.New("leads out of the source, or in a circle"))
	case info.IsDir():
		return item, item.skip(SkipSymlink, errors.New("leads to a folder of the source, which is read in its own place"))
	case !info.Mode().IsRegular():
		return item, item.skip(SkipUnsupported, errNotRegular)
	}
	item.Size = info.Size()
	return item, nil
}

// skip returns the reason for leaving the item out.
func (i Item) skip(reason SkipReason, detail error) *SkipError {
	return &SkipError{Source: i.Source, Path: i.Path, Reason: reason, Err: detail}
}
