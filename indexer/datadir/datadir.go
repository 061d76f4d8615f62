// Package datadir keeps the data directory: the generations of the index, the
// pointer to the current one, the lock of its one owner, and what is
// remembered between runs. It knows folders and files and no engine.
// docs/data-directory.md describes the layout and what is promised.
package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rapport/corpus"
)

// Format is the version of the layout. A directory of another version is
// refused.
const Format = 1

// The names in a data directory.
const (
	formatName      = "FORMAT"
	lockName        = "lock"
	socketName      = "control.sock"
	currentName     = "current"
	generationsName = "generations"
	ledgerName      = "ledger.json"
	reportsName     = "reports.jsonl"
	cacheName       = "cache"
)

// formatLine begins the file FORMAT; the version follows.
const formatLine = "rapport data directory "

// Errors of a data directory, wrapped with what to do.
var (
	// ErrLocked means that another process owns the directory.
	ErrLocked = errors.New("the data directory is in use")
	// ErrFormat means that the directory has another layout.
	ErrFormat = errors.New("the data directory has another layout")
	// ErrForeign means that a folder with other things in it is no data
	// directory.
	ErrForeign = errors.New("the folder is not a data directory")
	// ErrMoved means that the directory was moved, removed or replaced.
	ErrMoved = errors.New("the data directory is not where it was")
	// ErrDamaged means that a file of the directory cannot be understood.
	ErrDamaged = errors.New("the data directory is damaged")
)

// Dir is a data directory that this process owns.
type Dir struct {
	path string
	lock *os.File
	held fs.FileInfo // of lock
	made bool        // by this process: the folder
	new  bool        // by this process: what is in it
}

// Exists reports whether there is a data directory with a generation in it, be
// it a damaged one.
func Exists(path string) bool {
	_, ok, err := (&Dir{path: path}).Current()
	return ok || err != nil
}

// Socket returns where the owner of the data directory listens for other
// processes of the machine. A path too long for a socket's address is
// replaced by one in the folder for temporary files.
func Socket(path string) string {
	socket := filepath.Join(path, socketName)
	if len(socket) < maxSocket {
		return socket
	}
	return filepath.Join(os.TempDir(), "rapport-"+shortDigest(path)+".sock")
}

// maxSocket is the length of the longest address of a Unix socket in bytes,
// with room for a final zero, on the system that allows least.
const maxSocket = 104

// Open takes the data directory, and makes it when it does not exist. It
// returns ErrLocked at once when another process owns it. What an interrupted
// rebuild left over is removed.
func Open(path string) (*Dir, error) {
	_, missing := os.Stat(path)
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("making the data directory: %w", err)
	}
	if err := checkForeign(path); err != nil {
		return nil, err
	}
	lock, err := takeLock(filepath.Join(path, lockName))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	d := &Dir{path: path, lock: lock, made: errors.Is(missing, fs.ErrNotExist)}
	if d.held, err = lock.Stat(); err == nil {
		err = d.prepare()
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// checkForeign refuses a folder that holds other things, so that a wrong
// --data does not fill somebody's folder.
func checkForeign(path string) error {
	if _, err := os.Stat(filepath.Join(path, formatName)); err == nil {
		return nil
	}
	if hasGenerations(path) {
		return fmt.Errorf("%s: %w: its file %s is missing; restore a backup, or run rapport index --rebuild", path, ErrDamaged, formatName)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("reading the data directory: %w", err)
	}
	for _, e := range entries {
		made := e.Name() == lockName || e.Name() == corpus.IgnoreFile || // by an Open that was interrupted
			strings.HasPrefix(e.Name(), "."+formatName+".") || strings.HasPrefix(e.Name(), "."+corpus.IgnoreFile+".")
		if !made {
			return fmt.Errorf("%s: %w: it holds %q; give an empty or new folder with --data", path, ErrForeign, e.Name())
		}
	}
	return nil
}

// prepare checks the format, or writes it, and clears what is left over.
func (d *Dir) prepare() error {
	file := filepath.Join(d.path, formatName)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return d.found()
	}
	if err := d.checkFormat(); err != nil {
		return err
	}
	return d.clear()
}

// checkFormat refuses a directory that has another layout.
func (d *Dir) checkFormat() error {
	file := filepath.Join(d.path, formatName)
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the data directory: %w", err)
	}
	text, ours := strings.CutPrefix(strings.TrimSpace(string(data)), formatLine)
	version, err := strconv.Atoi(text)
	switch {
	case !ours || err != nil:
		return fmt.Errorf("%s: %w: it says %.40q; restore a backup, or run rapport index --rebuild", file, ErrDamaged, data)
	case version > Format:
		return fmt.Errorf("%s: %w: version %d, and this program knows %d; use a newer program", d.path, ErrFormat, version, Format)
	case version < Format:
		return fmt.Errorf("%s: %w: version %d, and this program writes %d; index into a new directory", d.path, ErrFormat, version, Format)
	}
	return nil
}

// clear removes what interrupted work left over: generations that were not
// finished, or were replaced while somebody still read them, and files that
// were not yet renamed.
func (d *Dir) clear() error {
	current, ok, err := d.Current()
	if err != nil {
		return nil // damaged: remove nothing that could mend it
	}
	if err := clearTemporary(d.path); err != nil {
		return err
	}
	if ok {
		if err := clearTemporary(current.path); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(filepath.Join(d.path, generationsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the generations: %w", err)
	}
	for _, e := range entries {
		if ok && e.Name() == current.Name {
			continue
		}
		if err := os.RemoveAll(filepath.Join(d.path, generationsName, e.Name())); err != nil {
			return fmt.Errorf("removing a left over generation: %w", err)
		}
	}
	return nil
}

// Here returns ErrMoved, wrapped, when the directory is not where it was opened:
// what would be written by its path could go into another one.
func (d *Dir) Here() error {
	if now, err := os.Stat(filepath.Join(d.path, lockName)); err != nil || !os.SameFile(now, d.held) {
		return fmt.Errorf("%s: %w: put it back, or end this process and start one where it is now", d.path, ErrMoved)
	}
	return nil
}

// Path returns the data directory.
func (d *Dir) Path() string { return d.path }

// Cache returns a folder of the directory for what can be made again at any
// time. It need not exist.
func (d *Dir) Cache() string { return filepath.Join(d.path, cacheName) }

// Close lets the directory go. The system does the same when a process ends
// in whatever way. A directory that was made and got no generation is removed.
func (d *Dir) Close() error {
	if d.lock == nil {
		return nil
	}
	if d.new && !Exists(d.path) {
		d.unmake()
	}
	err := d.lock.Close()
	d.lock = nil
	return err
}

// found makes a new data directory. A source that holds the directory must not
// read it as documents, so it names all of itself to be ignored.
func (d *Dir) found() error {
	if err := WriteFile(filepath.Join(d.path, corpus.IgnoreFile), []byte("*\n")); err != nil {
		return err
	}
	d.new = true
	return d.writeFormat()
}

// unmake removes a directory in which there is nothing. What cannot be removed
// is there for the next process.
func (d *Dir) unmake() {
	_ = os.RemoveAll(d.Cache())
	for _, name := range []string{generationsName, formatName, corpus.IgnoreFile, lockName} {
		_ = os.Remove(filepath.Join(d.path, name))
	}
	if d.made {
		_ = os.Remove(d.path)
	}
}
