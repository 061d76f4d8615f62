package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/web/pages"
)

// maxOriginal is the largest file that is offered for download, in bytes. It
// is read whole before the first byte of it is sent.
const maxOriginal = 256 << 20

// errChanged says that a file does not hold what was indexed.
var errChanged = errors.New("has changed since it was indexed; index it again")

// original opens the file that a document was read from, as long as it still
// holds the bytes that were read.
func (s *store) original(ctx context.Context, id corpus.ID) (io.ReadCloser, string, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return nil, "", err
	}
	defer snapshot.Release()
	d, err := snapshot.Document(ctx, id)
	if err != nil {
		return nil, "", err
	}
	file, err := openOriginal(s.remembered().Sources[d.Source], d.Path, d.Digest)
	switch {
	case errors.Is(err, errChanged):
		return nil, "", &pages.Missing{What: "the file of this document " + errChanged.Error()}
	case err != nil:
		return nil, "", &pages.Missing{What: "this document has no file of its own on this machine"}
	}
	return file, filepath.Base(filepath.FromSlash(d.Path)), nil
}

// hasOriginal reports whether the file of a document is there, whatever it
// holds now. A record of a file and a member of an archive have none.
func (s *store) hasOriginal(d *corpus.Document) bool {
	f, err := openIn(s.remembered().Sources[d.Source], d.Path)
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// openOriginal opens a file of a source, without leaving the source, when it
// holds the bytes that the digest is of; else the error is errChanged. Should
// they change while they are read, reading ends with an error.
func openOriginal(source indexer.KnownSource, path, digest string) (io.ReadCloser, error) {
	f, err := openIn(source, path)
	if err != nil {
		return nil, err
	}
	size, err := hashed(f, digest)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &sameBytes{file: f, rest: io.LimitReader(f, size), sum: sha256.New(), digest: digest}, nil
}

// openIn opens a regular file of a source without leaving the source.
func openIn(source indexer.KnownSource, path string) (*os.File, error) {
	if source.Place == "" || !filepath.IsLocal(filepath.FromSlash(path)) {
		return nil, os.ErrNotExist
	}
	folder, name := source.Place, filepath.FromSlash(path)
	if !source.Folder {
		folder, name = filepath.Dir(source.Place), filepath.Base(source.Place)
		if name != filepath.FromSlash(path) {
			return nil, os.ErrNotExist // a line of a file is no file of its own
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	// A pipe that has taken the file's place would be waited for.
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxOriginal) {
		err = os.ErrInvalid
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// hashed returns how many bytes a file holds, or errChanged when they are not
// those of the digest.
func hashed(f io.Reader, digest string) (int64, error) {
	sum := sha256.New()
	size, err := io.Copy(sum, io.LimitReader(f, maxOriginal))
	if err != nil {
		return 0, err
	}
	if hex.EncodeToString(sum.Sum(nil)) != digest {
		return 0, errChanged
	}
	return size, nil
}

// sameBytes reads a file whose bytes are known and fails at its end when they
// were others.
type sameBytes struct {
	file   io.Closer
	rest   io.Reader
	sum    hash.Hash
	digest string
}

func (s *sameBytes) Read(p []byte) (int, error) {
	n, err := s.rest.Read(p)
	s.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(s.sum.Sum(nil)) != s.digest {
		return n, errChanged
	}
	return n, err
}

func (s *sameBytes) Close() error { return s.file.Close() }
