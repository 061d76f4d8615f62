package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/search/bench"
)

// keptName is the file in the folder of --keep that says what is kept there.
const keptName = "bench.json"

// keptBench is what a run leaves for later ones: what was indexed, and what
// that cost. It is written when all is indexed.
type keptBench struct {
	Indexed indexed      `json:"indexed"`
	Report  bench.Report `json:"report"`
}

// indexed says what a run indexes.
type indexed struct {
	Docs   int    `json:"docs"`
	Words  int    `json:"words"`
	Seed   uint64 `json:"seed"`
	Source string `json:"source,omitempty"`
	Facts  int    `json:"facts"`
}

// folder returns the place for the indexes and what removes it.
func (c *benchCmd) folder() (dir string, remove func(), err error) {
	if c.Keep != "" {
		return c.Keep, func() {}, os.MkdirAll(c.Keep, 0o700)
	}
	dir, err = os.MkdirTemp("", "rapport-bench-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

func (c *benchCmd) indexed() indexed {
	return indexed{Docs: c.Docs, Words: c.Words, Seed: c.Seed, Source: c.Source, Facts: c.Facts}
}

// keep notes what was indexed.
func (b *benchmark) keep(context.Context) error {
	if b.cmd.Keep == "" {
		return nil
	}
	data, err := json.Marshal(keptBench{b.cmd.indexed(), b.report})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.dir, keptName), data, 0o600)
}

// kept reports whether the folder holds an index of what this run would
// index, and takes over what making it cost.
func (b *benchmark) kept() (bool, error) {
	if b.cmd.Keep == "" {
		return false, nil
	}
	data, err := os.ReadFile(filepath.Join(b.dir, keptName))
	if errors.Is(err, fs.ErrNotExist) {
		if entries, err := os.ReadDir(b.dir); err != nil || len(entries) > 0 {
			return false, errors.Join(err, fmt.Errorf("%s holds something else, or an index that was not finished: empty it, or name another folder", b.dir))
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var kept keptBench
	if err := json.Unmarshal(data, &kept); err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Join(b.dir, keptName), err)
	}
	if want := b.cmd.indexed(); kept.Indexed != want {
		return false, fmt.Errorf("%s holds %s, and %s was asked for: name another folder", b.dir, kept.Indexed, want)
	}
	kept.Report.Machine, kept.Report.Searches = b.report.Machine, b.report.Searches
	b.report = kept.Report
	return true, nil
}

// String says what is indexed, in the words of the flags.
func (k indexed) String() string {
	if k.Source != "" {
		return fmt.Sprintf("--source %s --facts %d", k.Source, k.Facts)
	}
	return fmt.Sprintf("--docs %d --words %d --seed %d --facts %d", k.Docs, k.Words, k.Seed, k.Facts)
}
