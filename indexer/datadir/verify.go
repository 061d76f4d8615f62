package datadir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Check is what verifying a data directory found.
type Check struct {
	Generation string   `json:"generation"` // content id of the current one, as answers name it
	Folder     string   `json:"folder"`     // where it is, "generations/0003"
	Manifest   Manifest `json:"-"`
	Files      int      `json:"files"` // that were compared
	Bytes      int64    `json:"bytes"` // that were read
	// Damage is what is wrong, file by file.
	Damage []Damage `json:"damage"`
	// Merged is how many files of the manifest the engine has merged into
	// others since it was written.
	Merged int `json:"merged,omitempty"`
}

// Damage is a file that is not as it should be.
type Damage struct {
	Path string `json:"path"` // relative to the data directory
	What string `json:"what"`
}

// Err returns what is damaged as one error that wraps ErrDamaged, or nil.
func (c Check) Err() error {
	if len(c.Damage) == 0 {
		return nil
	}
	var list []string
	for _, d := range c.Damage {
		list = append(list, d.Path+": "+d.What)
	}
	return fmt.Errorf("%w: %s; restore a backup, or run rapport index --rebuild", ErrDamaged, strings.Join(list, "; "))
}

// Verify compares the files of the current generation with its manifest: those
// of the index by their size, which takes some milliseconds, or in full by
// reading them all. The few small ones besides are always read.
// It needs no lock and may run beside the owner. What the index itself says of
// its content, such as the number of documents, is for the engine to check; a
// file that the engine has merged into another is no damage here.
func Verify(ctx context.Context, folder string, full bool) (Check, error) {
	c := Check{Damage: []Damage{}}
	d := &Dir{path: folder}
	if err := d.checkFormat(); err != nil {
		return c, err
	}
	g, ok, err := d.Current()
	if err != nil {
		c.find(currentName, err.Error())
		return c, nil
	}
	if !ok {
		return c, nil
	}
	at := filepath.ToSlash(filepath.Join(generationsName, g.Name))
	c.Folder = at
	if c.Manifest, ok, err = g.Manifest(); err != nil || !ok {
		what := "it is missing"
		if err != nil {
			what = err.Error()
		}
		c.find(at+"/"+manifestName, what)
		return c, nil
	}
	c.Generation = c.Manifest.ID
	for _, name := range slices.Sorted(maps.Keys(c.Manifest.Files)) {
		if err := ctx.Err(); err != nil {
			return c, err
		}
		c.compare(g, at, name, full)
	}
	var ledger any
	if _, err := d.LoadLedger(&ledger); err != nil {
		c.find(ledgerName, err.Error())
	}
	return c, nil
}

// CountMerged counts files of the index that merges have made since the manifest
// was written, and that are not in it. The engine has read them and compared
// them with the checksums that they hold.
func (c *Check) CountMerged(g Generation, names []string) {
	for _, name := range names {
		name = path.Join(indexName, name)
		if _, ok := c.Manifest.Files[name]; ok {
			continue
		}
		if info, err := os.Stat(g.file(name)); err == nil { // else a merge removed it just now
			c.Files++
			c.Bytes += info.Size()
		}
	}
}

// compare compares one file with the manifest.
func (c *Check) compare(g Generation, at, name string, full bool) {
	want, place, engines := c.Manifest.Files[name], at+"/"+name, strings.HasPrefix(name, indexName+"/")
	info, err := os.Stat(g.file(name))
	switch {
	case errors.Is(err, fs.ErrNotExist) && engines:
		c.Merged++
		return
	case errors.Is(err, fs.ErrNotExist):
		c.find(place, "it is missing")
		return
	case err != nil:
		c.find(place, err.Error())
		return
	}
	c.Files++
	if info.Size() != want.Size {
		c.find(place, fmt.Sprintf("it has %d bytes and should have %d", info.Size(), want.Size))
		return
	}
	if engines && !full {
		return
	}
	got, err := checksum(g.file(name))
	c.Bytes += got.Size
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.Merged++
	case err != nil:
		c.find(place, err.Error())
	case got != want:
		c.find(place, "its bytes have changed")
	}
}

func (c *Check) find(path, what string) { c.Damage = append(c.Damage, Damage{path, what}) }
