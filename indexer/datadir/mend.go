package datadir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Mend writes the file FORMAT again when it is damaged or lost, so that the
// directory can be opened and its index rebuilt. A folder that has never been a
// data directory, and one of another format, stay as they are.
func Mend(path string) error {
	if !hasGenerations(path) {
		return fmt.Errorf("%s: %w: it holds no generations", path, ErrForeign)
	}
	lock, err := takeLock(filepath.Join(path, lockName))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer lock.Close()
	d := &Dir{path: path}
	if err := d.checkFormat(); err == nil || errors.Is(err, ErrFormat) {
		return err
	}
	return d.writeFormat()
}

// hasGenerations reports whether there is a folder of generations, which a
// data directory has from its first index on.
func hasGenerations(path string) bool {
	info, err := os.Stat(filepath.Join(path, generationsName))
	return err == nil && info.IsDir()
}

func (d *Dir) writeFormat() error {
	return WriteFile(filepath.Join(d.path, formatName), []byte(formatLine+strconv.Itoa(Format)+"\n"))
}
