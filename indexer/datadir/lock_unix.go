//go:build unix

package datadir

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// takeLock locks a file for as long as it is open. The lock is the system's,
// so that it goes with its process; the file says who has it.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		var who [32]byte
		n, _ := f.ReadAt(who[:], 0)
		f.Close()
		return nil, fmt.Errorf("%w by process %s; stop it, or wait until it is done", ErrLocked, strings.TrimSpace(string(who[:n])))
	case err != nil:
		f.Close()
		return nil, fmt.Errorf("locking: %w", err)
	}
	if !stillAt(f, path) {
		f.Close()
		return nil, fmt.Errorf("%w by a process that gives it up just now; try again", ErrLocked)
	}
	err = errors.Join(f.Truncate(0), writeAt(f, fmt.Sprintf("%d\n", os.Getpid())))
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("writing the lock: %w", err)
	}
	return f, nil
}

// stillAt reports whether a path leads to an open file: a process that made a
// directory in vain removes the lock with it.
func stillAt(f *os.File, path string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(path)
	return err == nil && os.SameFile(opened, now)
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}
