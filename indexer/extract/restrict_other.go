//go:build !linux

package extract

import "os/exec"

// limitWorker does nothing on systems other than Linux.
func limitWorker() error { return nil }

// startRestricted starts a process. Systems other than Linux have no
// restrictions here but those that the pool itself enforces.
func startRestricted(cmd *exec.Cmd) error { return cmd.Start() }
