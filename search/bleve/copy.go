package bleve

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	zap "github.com/blevesearch/zapx/v17"
)

// CopyTo writes a copy of the index as it is now into a folder, which is made
// and must be empty, and returns the names of its files that never change.
// Searching and writing go on meanwhile.
func (x *Index) CopyTo(dir string) (segments []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("copy the index: %w", err)
	}
	to := &folder{path: dir}
	v, err := x.acquire() // the store stays open as long as the view does
	if err != nil {
		return nil, err
	}
	defer v.release()
	err = guard("copy the index", func() (err error) {
		x.writing.Lock()
		store := x.store
		x.writing.Unlock()
		if store == nil {
			return fmt.Errorf("copy the index: %w", ErrFailed)
		}
		reader, ok := store.CopyReader().(*scorch.IndexSnapshot)
		if !ok || reader == nil {
			return errors.New("the index has no content to copy")
		}
		defer func() { err = errors.Join(err, reader.CloseCopyReader()) }()
		return reader.CopyTo(to)
	})
	if err != nil {
		return nil, fmt.Errorf("copy the index from %s to %s: %w", x.dir, dir, err)
	}
	return to.segments, nil
}

// folder is where a copy of an index goes.
type folder struct {
	path     string
	segments []string
}

// GetWriter makes a file of the copy. The store names its files "store/NAME".
func (f *folder) GetWriter(path string) (io.WriteCloser, error) {
	name := filepath.Base(path)
	if filepath.Ext(name) == segmentExt {
		f.segments = append(f.segments, name)
	}
	return os.OpenFile(filepath.Join(f.path, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// segmentExt is the extension of files that hold a segment.
const segmentExt = ".zap"

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

// Deleted returns digests of which records of each of the Files are deleted,
// by name. The files do not hold that, but the list of them, which is changed
// in place and has no checksum.
func (x *Index) Deleted() (map[string]string, error) {
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	sums := map[string]string{}
	for _, s := range v.segs {
		if z, ok := s.data.(*zap.Segment); ok {
			sums[filepath.Base(z.Path())] = digestOf(s.deleted)
		}
	}
	return sums, nil
}

// digestOf returns the beginning of the SHA-256 of the numbers in a set, which
// may be nil.
func digestOf(set *roaring.Bitmap) string {
	h := sha256.New()
	if set != nil {
		var b [4]byte
		for it := set.Iterator(); it.HasNext(); {
			binary.LittleEndian.PutUint32(b[:], it.Next())
			h.Write(b[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
