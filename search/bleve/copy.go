package bleve

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	zap "github.com/blevesearch/zapx/v17"
)

// CopyTo writes a copy of the index as it is now into a folder, which is made
// and must be empty. Searching and writing go on meanwhile.
func (x *Index) CopyTo(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("copy the index: %w", err)
	}
	v, err := x.acquire() // the store stays open as long as the view does
	if err != nil {
		return err
	}
	defer v.release()
	err = guard("copy the index", func() (err error) {
		x.writing.Lock()
		store := x.store
		x.writing.Unlock()
		if store == nil {
			return fmt.Errorf("copy the index: %w", ErrFailed)
		}
		reader := store.CopyReader()
		if reader == nil {
			return errors.New("the index has no content to copy")
		}
		defer func() { err = errors.Join(err, reader.CloseCopyReader()) }()
		return reader.CopyTo(folder(dir))
	})
	if err != nil {
		return fmt.Errorf("copy the index from %s to %s: %w", x.dir, dir, err)
	}
	return nil
}

// folder is where a copy of an index goes.
type folder string

// GetWriter makes a file of the copy. The store names its files "store/NAME".
func (f folder) GetWriter(path string) (io.WriteCloser, error) {
	return os.OpenFile(filepath.Join(string(f), filepath.Base(path)), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// Files returns the names of the files in the index's folder that hold its
// present content and never change: its segments.
func (x *Index) Files() ([]string, error) {
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	var names []string
	for _, s := range v.segs {
		if z, ok := s.data.(*zap.Segment); ok {
			names = append(names, filepath.Base(z.Path()))
		}
	}
	return names, nil
}
