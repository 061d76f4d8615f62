package datadir

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// ErrBackup means that a backup is not whole. Nothing was put in place.
var ErrBackup = errors.New("the backup is damaged")

// maxBackupInfo is how large the first file of a backup may be, in bytes.
const maxBackupInfo = 64 << 20

// Restore puts the content of a backup in the place of the current generation,
// with its ledger and reports. Every checksum is compared, and check, which may
// be nil, may open the new generation, before anything is put in place: when
// that fails, the directory stays as it was. The former generation is still
// there, for those who read it; Remove it, or Open does.
func (d *Dir) Restore(ctx context.Context, r io.Reader, check func(Generation) error) (BackupInfo, Generation, error) {
	archive := tar.NewReader(r)
	info, err := readInfo(archive)
	if err != nil {
		return info, Generation{}, err
	}
	g, err := d.NewGeneration()
	if err != nil {
		return info, g, err
	}
	kept, err := unpack(ctx, archive, info, g)
	if err == nil {
		err = g.settle(info)
	}
	if err == nil && check != nil {
		err = check(g)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: it is cut off: %w", ErrBackup, err)
	}
	if err != nil {
		return info, g, errors.Join(err, os.RemoveAll(g.path))
	}
	for name, data := range kept {
		if err := WriteFile(filepath.Join(d.path, name), data); err != nil {
			return info, g, errors.Join(err, os.RemoveAll(g.path))
		}
	}
	return info, g, d.Commit(g)
}

// readInfo reads the first file of a backup.
func readInfo(archive *tar.Reader) (BackupInfo, error) {
	var info BackupInfo
	h, err := archive.Next()
	if err != nil {
		return info, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if h.Name != backupName+".json" || h.Size > maxBackupInfo {
		return info, fmt.Errorf("%w: it begins with %.80q; this is no backup of rapport", ErrBackup, h.Name)
	}
	if err := json.NewDecoder(archive).Decode(&info); err != nil {
		return info, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if info.Format > Format {
		return info, fmt.Errorf("%w: version %d, and this program knows %d; use a newer program", ErrFormat, info.Format, Format)
	}
	for _, name := range info.Segments {
		if _, ok := info.Files[indexName+"/"+name]; !ok {
			return info, fmt.Errorf("%w: it names the segment %.80q and does not hold it", ErrBackup, name)
		}
	}
	for name := range info.Files {
		if !belongs(name) {
			return info, fmt.Errorf("%w: it holds the file %.80q", ErrBackup, name)
		}
	}
	return info, nil
}

// belongs reports whether a backup may hold a file of that name.
func belongs(name string) bool {
	if name == ledgerName || name == reportsName {
		return true
	}
	folder, file, _ := strings.Cut(name, "/")
	return (folder == indexName || folder == taxonomyName) && file != "" && fs.ValidPath(name) && !strings.ContainsAny(file, `\:`)
}

// unpack writes the files of a backup into a generation. It returns those that
// belong beside the generations.
func unpack(ctx context.Context, archive *tar.Reader, info BackupInfo, g Generation) (map[string][]byte, error) {
	kept := map[string][]byte{}
	left := maps.Clone(info.Files)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBackup, err)
		}
		want, ok := left[h.Name]
		if !ok {
			return nil, fmt.Errorf("%w: it holds the file %.80q, which its list does not name, or names once", ErrBackup, h.Name)
		}
		delete(left, h.Name)
		var got File
		if h.Name == ledgerName || h.Name == reportsName {
			data, e := io.ReadAll(archive)
			sum := sha256.Sum256(data)
			kept[h.Name], got, err = data, File{int64(len(data)), hex.EncodeToString(sum[:])}, e
		} else {
			got, err = writeStream(g.file(h.Name), archive)
		}
		if err != nil {
			return nil, fmt.Errorf("restoring %s: %w", h.Name, err)
		}
		if got != want {
			return nil, fmt.Errorf("%w: %s is not what it was", ErrBackup, h.Name)
		}
	}
	if len(left) > 0 {
		return nil, fmt.Errorf("%w: %d of its %d files are missing", ErrBackup, len(left), len(info.Files))
	}
	return kept, nil
}

// writeStream writes and syncs a new file.
func writeStream(name string, r io.Reader) (File, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return File{}, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return File{}, err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, h), r)
	return File{n, hex.EncodeToString(h.Sum(nil))}, errors.Join(err, f.Sync(), f.Close())
}

// settle writes the manifest of a restored generation and makes its names
// durable.
func (g Generation) settle(info BackupInfo) error {
	for _, folder := range []string{g.Index(), filepath.Join(g.path, taxonomyName)} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := SyncFolder(folder); err != nil {
			return err
		}
	}
	return g.SaveManifest(info.Manifest, info.Segments...)
}
