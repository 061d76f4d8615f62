package datadir

import (
	"errors"
	"fmt"
)

// ErrNoSpace means that the disk is too full for what was asked.
var ErrNoSpace = errors.New("not enough room on the disk")

// rebuildFactor is how many times the size of the present index a rebuild may
// take at its height: the new index, and segments of it that are being merged
// into others.
const rebuildFactor = 2

// Need is the room that a rebuild needs beside the present generation.
type Need struct {
	Bytes int64 `json:"bytes"` // an estimate, 0 when there is no generation
	Free  int64 `json:"free"`  // to this process, on the disk of the data directory
}

// RebuildNeed estimates what a new generation beside the current one needs. It
// returns ErrNoSpace, with the numbers, when there is less.
func (d *Dir) RebuildNeed() (Need, error) {
	free, err := freeBytes(d.path)
	if err != nil {
		return Need{}, fmt.Errorf("asking for the room on the disk of %s: %w", d.path, err)
	}
	need := Need{Free: free}
	g, ok, err := d.Current()
	if err != nil || !ok {
		return need, err
	}
	size, err := g.Size()
	if err != nil {
		return need, err
	}
	need.Bytes = size * rebuildFactor
	if need.Bytes > need.Free {
		return need, fmt.Errorf("%w: a rebuild may take %d MiB beside the present index, and %s has %d MiB left; make room, or put the data directory elsewhere",
			ErrNoSpace, need.Bytes>>20, d.path, need.Free>>20)
	}
	return need, nil
}
