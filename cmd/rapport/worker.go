package main

import (
	"fmt"
	"os"
	"path/filepath"

	"rapport/indexer/extract"
)

// workerCmd is the hidden verb of the processes that read files.
type workerCmd struct{}

// Run reads what it is sent until its input ends.
func (c *workerCmd) Run(std *streams) error {
	return extract.ServeWorker(std.in, std.out)
}

// newPool returns the processes that read files: this program, as workers. The
// compiled PDF reader is kept from run to run in the user's cache folder or,
// where there is none to write to, as for a user without a home, in the first of
// the others. All may be deleted at any time.
func newPool(p programs, others ...string) (*extract.Pool, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program for its workers: %w", err)
	}
	var caches []string
	if folder, err := os.UserCacheDir(); err == nil {
		caches = append(caches, filepath.Join(folder, "rapport"))
	}
	return extract.NewPool(extract.PoolOptions{Options: p.options(), Command: []string{program, "worker"}, Caches: append(caches, others...)}), nil
}
