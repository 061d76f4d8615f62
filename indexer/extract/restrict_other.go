//go:build !linux

package extract

import "os/exec"

// limitWorker does nothing on systems other than Linux.
func limitWorker() error { return nil }

// Unconfined says what a worker could do on this system that it should not be
// able to.
func Unconfined() []string {
	return []string{"use the network, change files, start programs (confinement needs Linux)"}
}

// startRestricted starts a process. Systems other than Linux have no
// restrictions here but those that the pool itself enforces.
func startRestricted(cmd *exec.Cmd) error { return cmd.Start() }

// ownGroup changes nothing: a process ends by itself there, what it started
// may stay.
func ownGroup(*exec.Cmd) {}

// limitFiles changes nothing: the size of a result is seen at its end.
func limitFiles(int, int64) {}
