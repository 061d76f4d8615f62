package datadir

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Generation is a folder with an index, the taxonomy that it was made with,
// and a manifest.
type Generation struct {
	Name string // a number of four digits or more
	path string
}

// Manifest says what a generation holds. It is written at the end of a run.
type Manifest struct {
	ID        string    `json:"id"` // content hash
	Documents int       `json:"documents"`
	Facts     int       `json:"facts"`
	Taxonomy  string    `json:"taxonomy"` // digest
	Version   string    `json:"version"`  // of extractor and rules
	Sources   []string  `json:"sources"`
	Indexed   time.Time `json:"indexed"`
	// Files are checksums of the generation's files, by path: of the taxonomy,
	// and of those of the index that never change.
	Files map[string]File `json:"files,omitempty"`
	// Deleted are what the engine says of its files, by name, as of the end of
	// the run: digests of which of their records no longer count.
	Deleted map[string]string `json:"deleted,omitempty"`
}

// File is what a manifest knows of a file.
type File struct {
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

const (
	indexName    = "index"
	taxonomyName = "taxonomy"
	manifestName = "manifest.json"
)

// Index returns the folder of the engine.
func (g Generation) Index() string { return filepath.Join(g.path, indexName) }

// Place returns where the folder of the engine is within the data directory.
func (g Generation) Place() string { return path.Join(generationsName, g.Name, indexName) }

// Taxonomy returns the copy of the taxonomy.
func (g Generation) Taxonomy() fs.FS { return os.DirFS(filepath.Join(g.path, taxonomyName)) }

// CurrentTaxonomy returns the taxonomy that the index in a data directory was
// made with, false when there is no index. It needs no lock.
func CurrentTaxonomy(path string) (files fs.FS, ok bool, err error) {
	g, ok, err := (&Dir{path: path}).Current()
	if err != nil || !ok {
		return nil, false, err
	}
	return g.Taxonomy(), true, nil
}

// SaveTaxonomy copies the files of a taxonomy into the generation.
func (g Generation) SaveTaxonomy(files fs.FS) error {
	folder := filepath.Join(g.path, taxonomyName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("keeping the taxonomy: %w", err)
	}
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("keeping the taxonomy: %w", err)
		}
		if err := WriteFile(filepath.Join(folder, name), data); err != nil {
			return err
		}
	}
	return nil
}

// Manifest returns what was written by SaveManifest; false when there is none
// yet.
func (g Generation) Manifest() (m Manifest, ok bool, err error) {
	ok, err = readJSON(filepath.Join(g.path, manifestName), &m)
	return m, ok, err
}

// SaveManifest writes the manifest with checksums of the taxonomy and of the
// named files in the index's folder, which must never change. Checksums that
// the manifest has already are kept.
func (g Generation) SaveManifest(m Manifest, segments ...string) error {
	former, _, err := g.Manifest()
	if err != nil {
		former = Manifest{} // damaged: all checksums are taken anew
	}
	if m.Files, err = g.checksums(former.Files, segments); err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	return writeJSON(filepath.Join(g.path, manifestName), m)
}

// NoteDeleted writes anew which records of its files the engine takes as deleted.
func (g Generation) NoteDeleted(deleted map[string]string) error {
	m, ok, err := g.Manifest()
	if err != nil || !ok {
		return err
	}
	m.Deleted = deleted
	return writeJSON(filepath.Join(g.path, manifestName), m)
}

// checksums returns the checksums of the taxonomy and of some files of the
// index.
func (g Generation) checksums(known map[string]File, segments []string) (map[string]File, error) {
	files := map[string]File{}
	for _, name := range segments {
		name = path.Join(indexName, name)
		sum, ok := known[name]
		if info, err := os.Stat(g.file(name)); !ok || err != nil || info.Size() != sum.Size {
			if sum, err = checksum(g.file(name)); errors.Is(err, fs.ErrNotExist) {
				continue // merged into another just now
			} else if err != nil {
				return nil, err
			}
		}
		files[name] = sum
	}
	entries, err := os.ReadDir(filepath.Join(g.path, taxonomyName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		name := path.Join(taxonomyName, e.Name())
		if files[name], err = checksum(g.file(name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// file returns where a file of the manifest is.
func (g Generation) file(name string) string {
	return filepath.Join(g.path, filepath.FromSlash(name))
}

// checksum reads a file.
func checksum(name string) (File, error) {
	f, err := os.Open(name)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return File{n, hex.EncodeToString(h.Sum(nil))}, err
}

// Size returns the number of bytes that the generation takes on disk.
func (g Generation) Size() (int64, error) {
	var size int64
	err := filepath.WalkDir(g.path, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a merge removed it just now
		}
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// Current returns the generation that answers; false when there is none yet. It
// is the one that the pointer names. When the pointer is lost, it is the newest
// that was finished, which is what its manifest tells.
func (d *Dir) Current() (g Generation, ok bool, err error) {
	file := filepath.Join(d.path, currentName)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return d.newest()
	}
	if err != nil {
		return Generation{}, false, fmt.Errorf("reading the pointer to the current generation: %w", err)
	}
	name := strings.TrimSpace(string(data))
	if _, err := strconv.ParseUint(name, 10, 64); err != nil {
		return Generation{}, false, fmt.Errorf("%s: %w: %.40q is no generation; restore a backup, or index with --rebuild", file, ErrDamaged, data)
	}
	g = d.generation(name)
	if _, err := os.Stat(g.path); err != nil {
		return Generation{}, false, fmt.Errorf("%s: %w: generation %s is gone; restore a backup, or index with --rebuild", d.path, ErrDamaged, name)
	}
	return g, true, nil
}

// newest returns the generation with the highest number that has a manifest.
func (d *Dir) newest() (newest Generation, ok bool, err error) {
	entries, err := os.ReadDir(filepath.Join(d.path, generationsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return newest, false, fmt.Errorf("reading the generations: %w", err)
	}
	last := uint64(0)
	for _, e := range entries {
		n, err := strconv.ParseUint(e.Name(), 10, 64)
		if err != nil || n < last {
			continue
		}
		g := d.generation(e.Name())
		if _, err := os.Stat(filepath.Join(g.path, manifestName)); err == nil {
			newest, last, ok = g, n, true
		}
	}
	return newest, ok, nil
}

func (d *Dir) generation(name string) Generation {
	return Generation{Name: name, path: filepath.Join(d.path, generationsName, name)}
}

// NewGeneration makes an empty generation beside the current one. It counts
// only once it is committed.
func (d *Dir) NewGeneration() (Generation, error) {
	if err := d.Here(); err != nil {
		return Generation{}, err
	}
	parent := filepath.Join(d.path, generationsName)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return Generation{}, fmt.Errorf("making a generation: %w", err)
	}
	entries, err := os.ReadDir(parent)
	if err != nil {
		return Generation{}, fmt.Errorf("making a generation: %w", err)
	}
	last := uint64(0)
	for _, e := range entries {
		if n, err := strconv.ParseUint(e.Name(), 10, 64); err == nil {
			last = max(last, n)
		}
	}
	g := d.generation(fmt.Sprintf("%04d", last+1))
	if err := os.Mkdir(g.path, 0o700); err != nil {
		return Generation{}, fmt.Errorf("making a generation: %w", err)
	}
	return g, SyncFolder(parent)
}

// Commit makes a generation the current one, for good.
func (d *Dir) Commit(g Generation) error {
	if err := d.Here(); err != nil {
		return err
	}
	if err := SyncFolder(g.path); err != nil {
		return err
	}
	return WriteFile(filepath.Join(d.path, currentName), []byte(g.Name+"\n"))
}

// Remove deletes a generation that is not the current one.
func (d *Dir) Remove(g Generation) error {
	if err := d.Here(); err != nil {
		return err
	}
	if current, ok, err := d.Current(); err != nil {
		return err
	} else if ok && current.Name == g.Name {
		return fmt.Errorf("generation %s is the current one", g.Name)
	}
	if err := os.RemoveAll(g.path); err != nil {
		return fmt.Errorf("removing generation %s: %w", g.Name, err)
	}
	return nil
}

func writeJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return WriteFile(path, append(data, '\n'))
}

// readJSON decodes a file; false when it is not there.
func readJSON(path string, into any) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w: %w; restore a backup, or delete the file and index again", path, ErrDamaged, err)
	}
	return true, nil
}
