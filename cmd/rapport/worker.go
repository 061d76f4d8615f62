package main

import (
	"fmt"
	"os"
	"path/filepath"

	"rapport/indexer/extract"
)

// workerCmd is the hidden verb of the processes that read files.
type workerCmd struct {
	Cache string `arg:"" help:"Folder of compiled readers."`
}

// Run reads what it is sent until its input ends.
func (c *workerCmd) Run(std *streams) error {
	return extract.ServeWorker(std.in, std.out, c.Cache)
}

// newPool returns the processes that read files: this program, as workers.
func newPool(p programs) (*extract.Pool, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program for its workers: %w", err)
	}
	cache := readerCache()
	return extract.NewPool(extract.PoolOptions{Options: p.options(), Command: []string{program, "worker", cache}, Cache: cache}), nil
}

// readerCache returns a folder that keeps the compiled PDF reader from run to
// run. It may be deleted at any time.
func readerCache() string {
	if folder, err := os.UserCacheDir(); err == nil {
		return filepath.Join(folder, "rapport")
	}
	return filepath.Join(os.TempDir(), "rapport-cache")
}
