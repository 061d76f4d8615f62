package datadir

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// backupName begins the names of the folder that a backup is made in, and is
// the name of the first file in a backup, with the extension .json.
const backupName = "backup"

// BackupInfo says what a backup holds. It is its first file.
type BackupInfo struct {
	Format   int       `json:"format"` // Format of the data directory
	Made     time.Time `json:"made"`
	Manifest Manifest  `json:"manifest"`
	Segments []string  `json:"segments"` // files of the index that never change
	// Files are checksums of all files that follow.
	Files map[string]File `json:"files"`
}

// Backup writes a generation, which must stay meanwhile, the ledger and the
// reports to w as a tar archive that begins with checksums of all that follows.
// CopyIndex writes
// a consistent copy of the index into a folder that does not exist, and returns
// the names of its files that never change; indexing may go on meanwhile.
func (d *Dir) Backup(ctx context.Context, w io.Writer, g Generation, copyIndex func(folder string) ([]string, error)) (info BackupInfo, err error) {
	folder, err := os.MkdirTemp(d.path, backupName)
	if err != nil {
		return info, fmt.Errorf("making a backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	segments, err := copyIndex(filepath.Join(folder, indexName))
	if err != nil {
		return info, fmt.Errorf("making a backup: %w", err)
	}
	if info, err = d.gather(g, folder); err != nil {
		return info, fmt.Errorf("making a backup: %w", err)
	}
	info.Segments = segments
	if err := writeTar(ctx, w, info, folder); err != nil {
		return info, fmt.Errorf("writing the backup: %w", err)
	}
	return info, nil
}

// gather copies what belongs to the backup besides the index, and takes the
// checksums.
func (d *Dir) gather(g Generation, folder string) (BackupInfo, error) {
	info := BackupInfo{Format: Format, Made: time.Now().UTC().Truncate(time.Second), Files: map[string]File{}}
	manifest, _, err := g.Manifest()
	if err != nil {
		return info, err
	}
	manifest.Files = nil
	info.Manifest = manifest
	if err := os.CopyFS(filepath.Join(folder, taxonomyName), g.Taxonomy()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return info, err
	}
	for _, name := range []string{ledgerName, reportsName} {
		data, err := os.ReadFile(filepath.Join(d.path, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), data, 0o600)
		}
		if err != nil {
			return info, err
		}
	}
	err = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		info.Files[filepath.ToSlash(rel)], err = checksum(name)
		return err
	})
	return info, err
}

// writeTar writes the archive.
func writeTar(ctx context.Context, w io.Writer, info BackupInfo, folder string) error {
	archive := tar.NewWriter(w)
	first, err := json.MarshalIndent(info, "", "  ")
	if err != nil {
		return err
	}
	if err := header(archive, backupName+".json", int64(len(first)), info.Made); err != nil {
		return err
	}
	if _, err := archive.Write(first); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(info.Files)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := addFile(archive, folder, name, info); err != nil {
			return err
		}
	}
	return archive.Close()
}

func addFile(archive *tar.Writer, folder, name string, info BackupInfo) error {
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := header(archive, name, info.Files[name].Size, info.Made); err != nil {
		return err
	}
	_, err = io.Copy(archive, f)
	return err
}

func header(archive *tar.Writer, name string, size int64, at time.Time) error {
	return archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: path.Clean(name), Size: size, Mode: 0o600, ModTime: at, Format: tar.FormatPAX})
}
